"""Who wants to be called when the order is ready: asked for at any time of a call, and nothing of the order changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.sentences_ready import ReadySentence
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.store.ready_calls import Pace
from tests.agents.callers import NEW, newest_order, order_a_salad, talking

ASKED = "call me when it's ready"


@asynccontextmanager
async def can_be_rung(
    store: Store, number: str | None = NEW, later: timedelta = timedelta(0)
) -> AsyncIterator[TextCall]:
    async with talking(store, number, later) as talk:
        talk.call.can_be_rung = lambda at, timezone: True
        yield talk


async def is_due(talk: TextCall) -> bool:
    """Once the kitchen says that it is ready."""
    store, order = talk.call.store, await newest_order(talk)
    now = utc_now()
    await store.change_order_status(order.id, "preparing", who="staff", now=now)
    await store.change_order_status(order.id, "ready", who="staff", now=now)
    pace = Pace(now, now, now - timedelta(hours=1))
    return order.id in [call.order_id for call in await store.find_due_ready_calls(pace)]


async def test_it_is_asked_for_before_anything_is_in_the_cart(store: Store) -> None:
    async with can_be_rung(store) as talk:
        answer = await talk.say(ASKED)
        await order_a_salad(talk)

        assert answer == ReadySentence.WILL_RING.words()
        assert await is_due(talk)


async def test_asked_for_in_one_breath_with_a_dish(store: Store) -> None:
    async with can_be_rung(store) as talk:
        await talk.say("a caesar salad and call me when it's ready")
        await talk.say("check out")
        await talk.press("1")

        assert await is_due(talk)


async def test_asked_for_after_the_read_back_it_leaves_the_quote_open(store: Store) -> None:
    async with can_be_rung(store) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.say(ASKED)
        is_open = talk.call.has_open_quote
        await talk.press("1")

        assert is_open
        assert await is_due(talk)


async def test_asked_for_after_the_order_was_placed(store: Store) -> None:
    async with can_be_rung(store) as talk:
        await order_a_salad(talk)
        await talk.say(ASKED)

        assert await is_due(talk)


async def test_asked_for_in_a_later_call_from_the_same_number(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await order_a_salad(talk)
    async with can_be_rung(store, later=timedelta(minutes=5)) as talk:
        answer = await talk.say(ASKED)

        assert answer == ReadySentence.WILL_RING.words()
        assert await is_due(talk)


async def test_who_takes_it_back_is_not_called(store: Store) -> None:
    async with can_be_rung(store) as talk:
        await talk.say("a caesar salad")
        await talk.say(ASKED)
        answer = await talk.say("please don't call me")
        await talk.say("check out")
        await talk.press("1")

        assert answer == ReadySentence.WILL_NOT_RING.words()
        assert not await is_due(talk)


async def test_a_withheld_number_and_one_that_cannot_be_rung_then_are_told_so(store: Store) -> None:
    async with can_be_rung(store, None) as talk:
        withheld = await talk.say(ASKED)
    async with talking(store, NEW) as talk:
        not_then = await talk.say(ASKED)
        await order_a_salad(talk)

        assert withheld == ReadySentence.CANNOT_RING_WITHHELD.words()
        assert not_then == ReadySentence.CANNOT_RING.words()
        assert not await is_due(talk)
