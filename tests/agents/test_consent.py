"""What is kept of a caller, and what is not: each thing after a yes of its own."""

from __future__ import annotations

import pytest

from phone_agent.counter.naming import take_name
from phone_agent.counter.tastes import take_tastes
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.store.seed import DEMO_PHONE
from tests.agents.callers import NEW, a_call, newest_order, talking

CARD = "4111 1111 1111 1111"


async def order_a_salad(talk: TextCall) -> str:
    await talk.say("a caesar salad")
    await talk.say("check out")
    return await talk.say("yes")


async def test_a_diet_that_was_not_to_be_kept_is_not_kept_with_the_name(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("I'm vegetarian")
        await talk.say("no")
        await order_a_salad(talk)
        await talk.say("Maria")
        await talk.say("yes")

    profile = await store.find_profile(NEW)
    assert profile is not None
    assert (profile.household_name, profile.dietary_tags) == ("Maria", ())


async def test_only_the_diet_that_was_asked_about_is_kept(store: Store) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        before = talk.call.profile.dietary_tags
        await talk.say("I'm vegan")
        await talk.say("no")
        await talk.say("I'm vegetarian")
        await talk.say("yes")

        assert {"vegan", "vegetarian"} <= set(talk.call.known.dietary_tags)
    profile = await store.find_profile(DEMO_PHONE)
    assert profile is not None
    assert profile.dietary_tags == tuple(dict.fromkeys([*before, "vegetarian"]))


async def test_a_no_to_being_remembered_is_not_undone_by_a_diet(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
        await talk.say("Maria")
        await talk.say("no thanks")
        said = await talk.say("I'm vegetarian, remember that")
        await talk.say("yes")

    assert "remember" not in said
    assert await store.find_profile(NEW) is None


async def test_a_yes_about_the_diet_keeps_the_number_and_no_name(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("my name is Maria")
        asked = await talk.say("I'm vegetarian")
        await talk.say("yes")

    assert "with your phone number" in asked
    profile = await store.find_profile(NEW)
    assert profile is not None
    assert (profile.household_name, profile.dietary_tags) == (None, ("vegetarian",))


async def test_after_a_yes_about_the_diet_the_name_is_still_asked_for(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("I'm vegetarian")
        await talk.say("yes")
        placed = await order_a_salad(talk)
        offered = await talk.say("Maria")
        await talk.say("yes")

    assert "May I have a name" in placed
    assert "Shall I remember you" in offered
    profile = await store.find_profile(NEW)
    assert profile is not None
    assert (profile.household_name, profile.dietary_tags) == ("Maria", ("vegetarian",))


async def test_tastes_are_taken_as_the_menu_spells_them_and_nothing_else(store: Store) -> None:
    call = await a_call(store, NEW)
    await take_tastes(call, ["Vegetarian", CARD], ["thai", f"my card is {CARD}"])

    assert call.known.dietary_tags == ("vegetarian",)
    assert call.known.favorite_cuisines == ("Thai",)
    assert "Nothing here" in await take_tastes(call, [], [CARD])


async def test_a_number_is_no_name(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
        call = talk.call
        asked = await take_name(call, CARD)
        order = await newest_order(talk)

    assert "May I have a name" in asked
    assert (call.known.name, order.customer_name) == ("", "")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("my name's Bob", "Bob"),
        ("this is Rose", "Rose"),
        ("Basil", "Basil"),
        ("Smith for pickup", "Smith"),
        ("yes, it's O'Neill", "O'Neill"),
        ("José", "José"),
        ("Jean-Luc Picard", "Jean-Luc Picard"),
        ("no name", ""),
        ("yes that's right", ""),
    ],
)
async def test_a_name_is_heard_where_it_was_asked_for(store: Store, said: str, name: str) -> None:
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
        heard = await talk.say(said)
        order = await newest_order(talk)

    assert order.customer_name == name, heard
    assert ("Shall I remember you" in heard) is bool(name)


async def test_who_answers_with_a_dish_is_asked_once_more_whether_to_be_remembered(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
        await talk.say("a grilled salmon")
        await talk.say("check out")
        again = await talk.say("yes")

    assert "May I have a name" not in again
    assert "Shall I remember you" in again


async def test_who_gives_no_name_is_left_in_peace(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
        await talk.say("no thanks")
        again = await order_a_salad(talk)

    assert "name" not in again
    assert "remember" not in again
