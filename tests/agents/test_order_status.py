"""Where an order is, asked by whoever was not remembered, for later too; and cancelling it twice or too late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from phone_agent.ordering.wishes import PICKUP
from phone_agent.store.protocol import Store
from tests.agents.callers import NEW, newest_order, talking

DUE = "Your order from Harbor House"


async def test_who_was_not_remembered_hears_where_the_order_is(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.press("1")
    async with talking(store, NEW, timedelta(minutes=10)) as talk:
        greeting = talk.said[0]
        status = await talk.say("where's my order")
    async with talking(store, "+14075550172") as other:
        of_another = await other.say("where's my order")

    assert greeting.endswith("What would you like?")
    assert status.startswith(f"{DUE} is in the kitchen")
    assert "no order of yours" in of_another


async def test_an_order_for_tomorrow_is_found_on_that_day(store: Store) -> None:
    tomorrow = datetime.now(UTC) + timedelta(hours=24)
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        fulfilment = type(PICKUP)("pickup", tomorrow)
        await talk.call.wish(lambda wishes: type(wishes)(fulfilment=fulfilment))
        await talk.say("check out")
        await talk.press("1")
        order = await newest_order(talk)
    async with talking(store, NEW, timedelta(hours=23)) as talk:
        status = await talk.say("where's my order")

    assert order.ready_at > order.placed_at + timedelta(hours=12)
    assert status.startswith(DUE)


async def test_a_cancelled_order_is_cancelled_and_not_begun(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.press("1")
        first = await talk.say("cancel the order i just placed")
        second = await talk.say("cancel the order i just placed")

    assert first.startswith("Okay, your order from Harbor House is cancelled.")
    assert second.startswith(f"{DUE} is cancelled")


async def test_a_kitchen_that_began_is_not_overtaken_by_the_caller(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.press("1")
        order = await newest_order(talk)
        await store.change_order_status(order.id, "preparing", who="Ana", now=datetime.now(UTC))
        said = await talk.say("cancel the order i just placed")
        order = await newest_order(talk)

    assert said.startswith("The kitchen has already begun")
    assert order.status == "preparing"
