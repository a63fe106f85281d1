"""Dishes of a part of the day, ordered for another one: judged by when the food is wanted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from phone_agent.agents.order import OrderAgent
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.test_what_users_say import cart_of
from tests.builders import NOON

NINE = NOON - timedelta(hours=3)


@asynccontextmanager
async def talking_at(store: Store, now: datetime) -> AsyncIterator[TextCall]:
    call = await open_call(
        Arrival(room="test", channel="phone"), None, store, await store.load_menu(), clock=lambda: now
    )
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        yield talk


async def test_breakfast_can_be_ordered_at_noon_for_tomorrow_morning(store: Store) -> None:
    async with talking_at(store, NOON) as talk:
        await talk.say("for pickup tomorrow at eight am")
        await talk.say("a spinach quiche")

        assert cart_of(talk.call) == [(1, "Spinach Quiche")]


async def test_breakfast_is_refused_for_the_evening(store: Store) -> None:
    async with talking_at(store, NINE) as talk:
        await talk.say("for pickup at six pm")
        answer = await talk.say("a spinach quiche")

        assert "Spinach Quiche is only served for breakfast" in answer
        assert talk.call.cart.is_empty


async def test_a_time_at_which_a_dish_is_not_served_is_told_at_once(store: Store) -> None:
    async with talking_at(store, NINE) as talk:
        await talk.say("a spinach quiche")
        told = await talk.say("for pickup at six pm")
        refused = await talk.say("checkout")
        kept = await talk.say("for pickup at ten am")

        assert "only served for breakfast, and your order is for today at 6:00 PM" in told
        assert refused == told
        assert kept == "Okay, for pickup today at 10:00 AM. Anything else?"
