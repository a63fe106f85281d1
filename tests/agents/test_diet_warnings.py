"""A dish that does not suit the caller's diet is named at every door through which it gets into the order."""

from __future__ import annotations

from datetime import timedelta

from phone_agent.store.protocol import Store
from phone_agent.store.seed import DEMO_PHONE
from tests.agents.callers import NEW, talking

SALMON = "The Grilled Salmon is not marked as vegetarian."


async def test_a_dish_in_the_place_of_another_is_warned_about(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("I'm vegetarian")
        await talk.say("a caesar salad")
        changed = await talk.say("change it to a grilled salmon")
        more = await talk.say("make it two")

    assert changed == f"{SALMON} Changed to 1 Grilled Salmon. Anything else?"
    assert more == "Changed to 2 Grilled Salmon. Anything else?"


async def test_a_diet_told_after_the_dishes_names_those_that_do_not_suit(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a grilled salmon")
        one = await talk.say("I'm vegetarian")

    assert one.startswith(f"{SALMON} Okay, I'll look out for that.")


async def test_an_order_that_starts_over_is_warned_about(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("I'm vegetarian")
        await talk.say("a pad thai mild")
        await talk.say("a grilled salmon")
        started = await talk.say("yes")

    assert started == f"{SALMON} Added 1 Grilled Salmon. Anything else?"


async def test_what_is_ordered_again_is_warned_about(store: Store) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        talk.call.known.dietary_tags = ("halal-certified",)
        again = await talk.say("same as last time")

    assert "not marked as halal-certified. " in again


async def test_a_lost_order_is_warned_about_before_it_is_read_back(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a grilled salmon")
    async with talking(store, NEW, timedelta(minutes=5)) as talk:
        talk.call.known.dietary_tags = ("vegetarian",)
        read_back = await talk.say("yes")

        assert read_back.startswith(f"{SALMON} You have 1 Grilled Salmon")
        assert talk.call.has_open_quote


async def test_a_dish_by_keypad_is_warned_about(store: Store) -> None:
    async with talking(store, NEW) as talk:
        talk.call.known.dietary_tags = ("halal-certified",)
        for key in ("9", "1", "1", "1"):
            said = await talk.press(key)
            talk.pause()

    assert "is not marked as halal-certified. Added 1" in said


async def test_the_other_half_of_a_pizza_is_warned_about_too(store: Store) -> None:
    async with talking(store, NEW) as talk:
        talk.call.known.dietary_tags = ("vegetarian",)
        said = await talk.say("a large pizza half margherita half pepperoni")

    assert "The Pepperoni Pizza is not marked as vegetarian." in said
    assert "Margherita Pizza is not marked" not in said
