"""Allergies: the kitchen is told of each, however it is said, and no dish is ever said to be safe."""

from __future__ import annotations

import pytest

from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from tests.agents.test_terms_in_words import talking, the_order
from tests.agents.test_what_users_say import cart_of


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("i'm allergic to nuts", "nuts"),
        ("i'm lactose intolerant", "lactose"),
        ("i have celiac", "celiac"),
        ("tell the kitchen i have a peanut allergy", "peanut"),
        ("please make sure there are no nuts i'm allergic", "nuts"),
        ("is the caesar salad safe for someone with a nut allergy", "nut"),
        ("does it contain sesame i'm allergic", "sesame"),
    ],
)
async def test_an_allergy_reaches_the_kitchen_however_it_is_said(store: Store, said: str, note: str) -> None:
    order = await the_order(store, "a caesar salad", said)

    assert (order.allergy_note, order.order_note) == (note, "")


async def test_an_allergy_beside_a_dish_reaches_the_kitchen(store: Store) -> None:
    order = await the_order(store, "a pad thai mild without peanuts because i'm allergic")

    assert order.allergy_note == "peanuts"
    assert [option.label for option in order.lines[0].options] == ["mild", "no peanuts"]


async def test_an_allergy_is_told_where_the_dish_beside_it_is_refused(store: Store) -> None:
    async with talking(store) as talk:
        await talk.say("a caesar salad")
        await talk.say("a pad thai mild without peanuts because i'm allergic")

        assert cart_of(talk.call) == [(1, "Caesar Salad")]
        assert talk.call.wishes.allergy_note == "peanuts"


async def test_a_yes_with_an_allergy_places_nothing(talk: TextCall) -> None:
    await talk.say("a caesar salad")
    await talk.say("checkout")
    await talk.say("yes and i'm allergic to nuts")

    assert talk.call.order is None
    assert not talk.call.has_open_quote
    assert talk.call.wishes.allergy_note == "nuts"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("is the caesar salad nut free", "The Caesar Salad is marked as nut-free on the menu. For a serious allergy,"),
        ("does the green curry have nuts", "The Green Curry is marked as nut-free on the menu. For a serious allergy,"),
        ("is the caesar salad safe", "The Caesar Salad contains milk, eggs, fish, and wheat. For a serious allergy,"),
        ("is the caesar salad safe for a nut allergy", "The Caesar Salad contains milk, eggs, fish, and wheat."),
    ],
)
async def test_a_question_about_an_allergen_is_never_answered_with_a_yes(
    talk: TextCall, asked: str, answer: str
) -> None:
    said = await talk.say(asked)

    assert said.startswith(answer)
    assert "Yes" not in said
    assert "Shall I add it" not in said


async def test_a_diet_that_is_no_allergy_is_answered_plainly(talk: TextCall) -> None:
    assert await talk.say("is the green curry vegan") == "Yes, the Green Curry is vegan. Shall I add it?"


async def test_peanuts_count_as_nuts_in_the_dishes_of_the_order(talk: TextCall) -> None:
    await talk.say("a pad thai mild")
    answer = await talk.say("i have a nut allergy")

    assert answer.startswith("The Pad Thai contains peanuts, eggs, and soy. I'll tell the kitchen")


async def test_a_dish_that_lists_what_was_told_before_says_so(talk: TextCall) -> None:
    await talk.say("i have a nut allergy")
    added = await talk.say("a pad thai mild")
    other = await talk.say("a green curry mild")

    assert added == "The Pad Thai contains peanuts, eggs, and soy. Added 1 Pad Thai, mild. Anything else?"
    assert other == "Added 1 Green Curry, mild. Anything else?"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("remove the allergy note", ""),
        ("take the allergy note off", ""),
        ("please delete my allergies", ""),
        ("remove the peanut allergy", "sesame"),
        ("don't remove the allergy note", "peanuts and sesame"),
        ("no allergies", "peanuts and sesame"),
    ],
)
async def test_an_allergy_note_is_removed_only_where_that_is_said(talk: TextCall, said: str, left: str) -> None:
    await talk.say("a caesar salad")
    await talk.say("I'm allergic to peanuts and sesame")

    await talk.say(said)

    assert talk.call.wishes.allergy_note == left
    assert [line.item.name for line in talk.call.cart.lines] == ["Caesar Salad"]
