"""What callers say of an order that is placed: cancelling, changing, and asking where it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from phone_agent.callers.pin import hashed
from phone_agent.store.protocol import Store
from phone_agent.store.seed import DEMO_PHONE
from tests.agents.callers import NEW, newest_order, order_a_salad, talking

CANCEL = [
    "cancel my order",
    "I want to cancel my order",
    "I'd like to cancel my order please",
    "please cancel the order",
]
WHERE = ["is it ready yet", "when will it be ready", "how long for my order", "has my order been delivered",
         "I'm calling about my order", "how long will it take"]  # fmt: skip


@pytest.mark.parametrize("words", [*CANCEL, "cancel it"])
async def test_an_order_of_this_call_is_cancelled_in_plain_words(store: Store, words: str) -> None:
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
        said = await talk.say(words)
        order = await newest_order(talk)

    assert "is cancelled" in said
    assert order.status == "cancelled"


@pytest.mark.parametrize("words", CANCEL)
async def test_who_calls_back_to_cancel_is_asked_for_the_pin(store: Store, words: str) -> None:
    await store.save_pin(DEMO_PHONE, hashed("2468"))
    async with talking(store, DEMO_PHONE) as talk:
        await order_a_salad(talk)
    async with talking(store, DEMO_PHONE) as talk:
        said = await talk.say(words)
        order = await newest_order(talk)

    assert "I need your PIN" in said
    assert order.status == "confirmed"


async def test_without_a_pin_the_restaurant_is_named_at_once(store: Store) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        await order_a_salad(talk)
    async with talking(store, DEMO_PHONE) as talk:
        said = await talk.say("cancel my order")
        pin = await talk.say("my pin")

    assert "Please call Harbor House at" in said
    assert "PIN. Say" not in said
    assert "There is no PIN for this number" in pin


async def test_a_placed_order_is_not_changed_and_that_is_said(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
        said = await talk.say("I want to change my order")
        removed = await talk.say("remove the caesar salad")

    assert "can't change an order that is placed" in said
    assert "already placed" in removed


async def test_cancelling_with_a_cart_empties_the_cart_only(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
        await talk.say("a grilled salmon")
        await talk.say("cancel my order")
        order = await newest_order(talk)

        assert talk.call.cart.is_empty
        assert order.status == "confirmed"


@pytest.mark.parametrize("words", WHERE)
async def test_who_calls_back_hears_where_the_order_is(store: Store, words: str) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        await order_a_salad(talk)
    async with talking(store, DEMO_PHONE) as talk:
        said = await talk.say(words)

    assert "Your order from Harbor House is in the kitchen" in said


async def test_hours_after_an_order_how_long_is_asked_of_the_next_one(store: Store) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        await order_a_salad(talk)
    async with talking(store, DEMO_PHONE, timedelta(hours=3)) as talk:
        said = await talk.say("how long will it take")

    assert "Your order from" not in said
