"""Calls of known and unknown numbers, in writing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.order import Order
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.pipeline import in_writing

NEW = "+14075550171"


def until_clock(hour: int, zone: str) -> timedelta:
    """To the next time that a clock there strikes this hour: what "at seven" means depends on when it is said."""
    here = datetime.now(ZoneInfo(zone))
    struck = datetime.combine(here.date(), time(hour), here.tzinfo)
    return (struck if struck > here else struck + timedelta(days=1)) - here


async def a_call(store: Store, number: str | None, later: timedelta = timedelta(0)) -> Call:
    profile = await store.find_profile(number) if number else None
    arrival = Arrival(room="test", channel="phone", caller_number=number)
    return await open_call(arrival, profile, store, await store.load_menu(), clock=lambda: utc_now() + later)


@asynccontextmanager
async def talking(store: Store, number: str | None, later: timedelta = timedelta(0)) -> AsyncIterator[TextCall]:
    call = await a_call(store, number, later)
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        yield talk


async def order_a_salad(talk: TextCall) -> None:
    await talk.say("a caesar salad")
    await talk.say("check out")
    await talk.press("1")


async def newest_order(talk: TextCall) -> Order:
    return (await talk.call.store.find_orders(limit=1))[0]


def names_in(call: Call) -> list[str]:
    return [line.item.name for line in call.cart.lines]
