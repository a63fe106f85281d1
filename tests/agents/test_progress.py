"""What the kitchen does with an order is told to a caller who is still there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.rehearsal.text import TextCall
from phone_agent.services.progress import Progress
from phone_agent.store.protocol import Store
from tests.agents.callers import NEW, newest_order, order_a_salad, talking

SOON = 0.02


async def until_said(talk: TextCall, words: str) -> None:
    async with asyncio.timeout(5):
        while not any(words in said for said in talk.said):
            await asyncio.sleep(SOON)


async def test_a_caller_who_stays_hears_that_the_order_is_ready(store: Store) -> None:
    told: list[Order] = []
    async with talking(store, NEW) as talk:
        Progress(talk.session, told.append, SOON).watch()
        await order_a_salad(talk)
        order = await newest_order(talk)
        for status in ("preparing", "ready"):
            await store.change_order_status(order.id, status, who="kitchen", now=utc_now())
        await until_said(talk, CallerSentence.ORDER_IS_READY.words(restaurant="Harbor House"))

    assert told[-1].status == "ready"
    assert talk.call.order is told[-1]


async def test_news_wait_until_a_read_back_is_answered(store: Store) -> None:
    told: list[Order] = []
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
        order = await newest_order(talk)
        await talk.say("a grilled salmon")
        await talk.say("check out")
        Progress(talk.session, told.append, SOON).watch()
        await store.change_order_status(order.id, "preparing", who="kitchen", now=utc_now())
        await asyncio.sleep(20 * SOON)
        before = [said for said in talk.said if "in the kitchen" in said]
        await talk.press("2")
        await until_said(talk, "in the kitchen")

    assert told
    assert before == []


async def test_the_order_is_followed_however_many_its_household_places_meanwhile(store: Store) -> None:
    """All callers of a demonstration's page are one household."""
    told: list[Order] = []
    async with talking(store, NEW) as talk:
        Progress(talk.session, told.append, SOON).watch()
        await order_a_salad(talk)
        order = await newest_order(talk)
        for n in range(1, 7):
            later = order.placed_at + timedelta(minutes=n)
            await store.import_order(replace(order, id=str(uuid4()), number=order.number + n, placed_at=later))
        await store.change_order_status(order.id, "preparing", who="kitchen", now=utc_now())
        await until_said(talk, "in the kitchen")

    assert [update.id for update in told] == [order.id]


async def test_what_the_caller_cancels_is_no_news(store: Store) -> None:
    told: list[Order] = []
    async with talking(store, NEW) as talk:
        Progress(talk.session, told.append, 10 * SOON).watch()
        await order_a_salad(talk)
        await talk.say("cancel the order I just placed")
        await asyncio.sleep(30 * SOON)

    assert told == []
