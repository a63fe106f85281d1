"""Who is on the telephone asks for a screen; who has one hears shorter lists."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from phone_agent.agents.order import OrderAgent
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.store.records import Channel
from phone_agent.voice.offline.pipeline import in_writing

ASKED = "can I see it on my phone"


@asynccontextmanager
async def talking_by(store: Store, channel: Channel, *, address: str = "") -> AsyncIterator[TextCall]:
    call = await open_call(Arrival(room="test", channel=channel), None, store, await store.load_menu())
    call.page_address = address
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        yield talk


async def test_a_caller_hears_address_and_code_and_the_same_ones_again(store: Store) -> None:
    async with talking_by(store, "phone", address="https://food.example") as talk:
        said = await talk.say(ASKED)
        again = await talk.say(ASKED)
        code = "".join(re.findall(r"\d", said))
        found = await store.find_call_by_screen_code(code)

    assert "food.example" in said
    assert again == said
    assert re.search(r"code \d \d \d \d, \d \d \d \d\b", said)
    assert len(code) == 8
    assert found == talk.call.record


async def test_where_no_page_is_reached_from_outside_it_is_said(store: Store) -> None:
    async with talking_by(store, "phone") as talk:
        said = await talk.say(ASKED)

    assert "can't show it on a screen" in said
    assert talk.call.screen_code == ""


async def test_who_is_on_a_page_already_is_told_so(store: Store) -> None:
    async with talking_by(store, "page", address="https://food.example") as talk:
        said = await talk.say(ASKED)

    assert "on your screen already" in said


async def test_a_screen_makes_lists_shorter_and_leaves_the_read_back(store: Store) -> None:
    said: dict[Channel, list[str]] = {}
    channels: tuple[Channel, ...] = ("phone", "page")
    for channel in channels:
        async with talking_by(store, channel) as talk:
            said[channel] = [
                await talk.say(words)
                for words in ("i want cheesecake", "a caesar salad", "what's in my order", "check out")
            ]

    on_phone, on_page = said["phone"], said["page"]
    assert "$" in on_phone[0]
    assert "on your screen" in on_page[0]
    assert "$" not in on_page[0]
    assert "on your screen: $8.99" in on_page[2]
    assert on_page[3] == on_phone[3]


async def test_the_second_one_is_the_second_on_the_screen(store: Store) -> None:
    async with talking_by(store, "page") as talk:
        await talk.say("i want cheesecake")
        second = talk.call.shown[1]
        await talk.say("the second one please")

    asked = [question.request.item_name for question in talk.call.open_questions]
    assert [line.item.name for line in talk.call.cart.lines] + asked == [second.name]
