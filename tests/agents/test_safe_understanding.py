"""What callers say beside their order changes it by nothing that they did not mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.rehearsal.text import TextCall
from tests.agents.test_confirmation import read_back
from tests.agents.test_what_users_say import cart_of, orders_of


@pytest.mark.parametrize("no", ["cancel", "cancel my order", "start over", "remove it", "stop", "no thanks, blargh"])
async def test_after_any_no_to_the_read_back_nothing_can_be_placed(talk: TextCall, no: str) -> None:
    await read_back(talk)
    await talk.say(no)
    was_open = talk.call.has_open_quote
    await talk.press("1")
    await talk.say("yes")

    assert not was_open
    assert await orders_of(talk.call) == []
    assert len(cart_of(talk.call)) == 2


@pytest.mark.parametrize(
    "words",
    [
        "yes and",
        "yes but",
        "one",
        "press one",
        "i will take it",
        "take it",
        "keep it",
        "thanks",
        "that's it",
        "nothing else",
        "how long will it take",
        "can I pick it up at six",
        "what was the total",
        "do i have to pay now",
        "are you a robot",
    ],
)
async def test_what_is_no_clear_answer_leaves_cart_and_quote_as_they_are(talk: TextCall, words: str) -> None:
    await read_back(talk)
    quote, lines = talk.call.quote, talk.call.cart.lines
    answer = await talk.say(words)
    nothing_yet = await orders_of(talk.call)
    await talk.say("yes")

    assert "didn't catch" not in answer
    assert nothing_yet == []
    assert talk.call.cart.lines in (lines, ())
    (order,) = await orders_of(talk.call)
    assert quote is not None
    assert order.lines == quote.lines


@pytest.mark.parametrize(
    "words",
    [
        "when will it be ready",
        "how soon can I have it",
        "i will take it to go",
        "leave it as it is",
        "can I get that for here",
        "how many calories does it have",
        "can you tell me more about it",
        "can I pick it up at six",
        "how big is it",
        "what does it come with",
    ],
)
async def test_a_sentence_with_it_changes_no_line(talk: TextCall, words: str) -> None:
    await talk.say("a caesar salad")
    lines = talk.call.cart.lines
    await talk.say(words)

    assert talk.call.cart.lines == lines


@pytest.mark.parametrize("words", ["i don't want anything else", "no more", "that's it", "nothing else"])
async def test_enough_is_checked_out_and_nothing_is_removed(talk: TextCall, words: str) -> None:
    await talk.say("a caesar salad")
    answer = await talk.say(words)

    assert "ready in about 25 minutes" in answer
    assert cart_of(talk.call) == [(1, "Caesar Salad")]


async def test_the_total_of_the_read_back_is_said_with_its_tax(talk: TextCall) -> None:
    await talk.say("a caesar salad")
    await talk.say("checkout")

    assert "With $0.58 tax the total is $9.57." in await talk.say("what was the total")


async def test_the_dish_of_another_restaurant_is_named_and_the_first_one_taken(talk: TextCall) -> None:
    answer = await talk.say("a caesar salad and a vanilla cheesecake")
    cart = cart_of(talk.call)
    later = await talk.say("a vanilla cheesecake")

    assert answer.startswith("Added 1 Caesar Salad. One order")
    assert "Vanilla Cheesecake from Cheesecake Corner" in answer
    assert cart == cart_of(talk.call) == [(1, "Caesar Salad")]
    assert later.endswith("Shall I start over with Vanilla Cheesecake from Cheesecake Corner?")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("a caesar salad with pineapple", "doesn't come with that; you can have croutons"),
        ("a caesar salad with extra bacon", "doesn't come with that; you can have croutons"),
        ("a caesar salad and a bicycle", "I don't have the other one on the menu"),
    ],
)
async def test_what_could_not_be_taken_is_said_after_what_was(talk: TextCall, words: str, named: str) -> None:
    answer = await talk.say(words)

    assert answer.startswith("Added 1 Caesar Salad. ")
    assert named in answer
    assert "Anything else" not in answer
    assert cart_of(talk.call) == [(1, "Caesar Salad")]


async def test_two_questions_are_never_asked_at_once(talk: TextCall) -> None:
    await talk.say("a green curry and a pad thai")
    answer = await talk.say("mild")

    assert answer == (
        "Added 1 Green Curry, mild. What spice level would you like for the Pad Thai: mild, medium, or hot?"
    )


@pytest.mark.parametrize(
    ("asked", "dish"),
    [("is the apple pie vegan", "Apple Pie"), ("twenty five churros", "Churros"), ("do you have lemonade", "Mint")],
)
async def test_the_agents_own_question_takes_its_plain_answer(talk: TextCall, asked: str, dish: str) -> None:
    await talk.say(asked)
    await talk.say("ten" if "churros" in asked else "yes")

    (line,) = cart_of(talk.call)
    assert line[1].startswith(dish)


async def test_a_person_is_the_restaurants_number_where_one_is_known(talk: TextCall) -> None:
    unknown = await talk.press("0")
    await talk.say("a caesar salad")
    told = await talk.say("can I talk to a person")
    talk.pause()
    keyed = await talk.press("0")

    assert "call the restaurant directly" in unknown
    assert "Harbor House at 407-555-0133" in told
    assert keyed == told


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("how long will it take", "the quickest needs about 20 minutes"),
        ("do i have to pay now", "You pay at the restaurant"),
        ("do you deliver", "Lotus Garden, Golden Oven, and Green Bowl deliver"),
        ("what time do you close", "Each restaurant has its own hours"),
        ("where is harbor house", "Harbor House is at 900 Orange Avenue"),
        ("are you a robot", "an automated assistant"),
        ("what thai restaurants are there in miami", "no restaurant there, only in Orlando"),
        ("what kind of food do you have", "7 restaurants, for example"),
        ("i have a peanut allergy", "nobody can promise that a dish is safe"),
        ("is the caesar salad vegan", "not marked as vegan"),
    ],
)
async def test_a_question_is_answered_plainly_and_starts_nothing(talk: TextCall, words: str, named: str) -> None:
    answer = await talk.say(words)

    assert named in answer
    assert (cart_of(talk.call), talk.call.quote) == ([], None)


async def test_restaurants_outside_the_delivery_area_are_not_offered(talk: TextCall) -> None:
    cakes, thai, *others = talk.call.menu.restaurants
    talk.call.menu = Menu((cakes, replace(thai, city="Tampa"), *others))
    here = await talk.say("find thai restaurants")
    there = await talk.say("find thai restaurants in tampa")

    assert "Lotus Garden" not in here
    assert "Lotus Garden" in there


async def test_an_allergy_names_the_dish_of_the_order_that_lists_it(talk: TextCall) -> None:
    await talk.say("a pad thai")
    await talk.say("mild")

    assert "The Pad Thai contains peanuts" in await talk.say("i have a peanut allergy")


async def test_the_other_restaurants_are_told_when_asked_again(talk: TextCall) -> None:
    first = await talk.say("what restaurants do you have")
    others = [await talk.say("what else") for _ in range(2)]

    assert "Cheesecake Corner, Lotus Garden, and Harbor House" in first
    assert "I also order from Golden Oven, Sunny Cantina, and Burger Barn." in others[0]
    assert "I also order from Green Bowl." in others[1]
