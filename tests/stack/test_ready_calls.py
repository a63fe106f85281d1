"""Callers whose order is ready are rung on real phones: a person, a busy one, nobody, a voicemail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from bench.hearing import LOUD_ENOUGH
from phone_agent.ordering.cart import Cart
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences_ready import ReadySentence
from phone_agent.ordering.wishes import Wishes
from phone_agent.rehearsal.caller import SimulatedCaller, ears_grammar
from phone_agent.rehearsal.ears import Recogniser
from phone_agent.rehearsal.softphone import Softphone
from phone_agent.rehearsal.sound import loud_samples, read_wav, silence
from phone_agent.rehearsal.speech_of_caller import speak
from phone_agent.store.ready_calls import Rung
from phone_agent.store.sqlite import SqliteStore
from tests.builders import NOON, a_line, a_quote, item_named
from tests.stack.house import RETRY_SECONDS, House
from tests.stack.staff import Unwilling, heard_between, tone

pytestmark = [pytest.mark.stack, pytest.mark.timeout(120)]

RUNG_WITHIN = 15.0
NO_MORE_S = RETRY_SECONDS + 3.0
"""By then a further call would have come."""
GREETING = "You have reached Maria. I can't come to the phone now. Please leave a message after the tone."
NEWS, WAY = "is ready to be picked up", "is at"


@pytest.fixture
async def store(house: House) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(house.line.database)
    yield opened
    await opened.close()


async def ready_order(store: SqliteStore, number: str) -> Order:
    """Whose caller has asked to be called."""
    menu = await store.load_menu()
    cart = Cart(str(uuid4())).add(a_line(item_named(menu, "Caesar Salad")))
    quote = await a_quote(store, menu, cart, number=number)
    await store.save_wishes(Wishes(ready_call="en"), cart_id=quote.cart_id)
    order = await store.place_order(quote, confirmed_by="keypad", now=NOON)
    for status in ("preparing", "ready"):
        order = await store.change_order_status(order.id, status, who="staff", now=datetime.now(UTC))
    return order


async def outcomes(store: SqliteStore, order: Order) -> list[str]:
    return [attempt.outcome for attempt in await store.find_ready_calls(order.id)]


async def until_settled(store: SqliteStore, order: Order, tries: int) -> list[str]:
    async with asyncio.timeout(RUNG_WITHIN):
        while len(found := [one for one in await outcomes(store, order) if one]) < tries:
            await asyncio.sleep(0.1)
    return found


@asynccontextmanager
async def who_is_rung(store: SqliteStore, port: int, number: str) -> AsyncIterator[SimulatedCaller]:
    grammar = ears_grammar(await store.load_menu(), "Rivera Household", "Orlando, FL", (), ReadySentence)
    phone = await Softphone.open(port, number, answers=True)
    async with SimulatedCaller(phone, await Recogniser.open(grammar), "rms", lambda _: None) as caller:
        yield caller


async def test_who_answers_hears_it_again_with_1_and_the_address_with_2_and_is_not_called_again(
    house: House, store: SqliteStore, tmp_path: Path
) -> None:
    number = "+14075550161"
    async with who_is_rung(store, house.staff_port, number) as caller:
        order = await ready_order(store, number)
        await caller.be_rung(RUNG_WITHIN)
        await caller.say("hello")
        await caller.listen()
        for key in "12":
            await caller.press(key)
            await caller.listen()
        await caller.listen()
        await asyncio.wait_for(asyncio.shield(caller.phone.closed), 5)
        heard = " ".join(caller.heard)
    async with Unwilling.open(house.staff_port, tmp_path, [number], ["is busy"]) as later:
        await asyncio.sleep(NO_MORE_S)

    assert heard.count(NEWS) == 2, heard
    assert heard.count(WAY) == 1, heard
    assert heard.count("press one to hear that again") == 3, heard
    assert "goodbye" in heard, heard
    assert await outcomes(store, order) == [Rung.ANSWERED]
    assert later.called == []


async def test_who_is_busy_is_rung_twice_and_no_more(house: House, store: SqliteStore, tmp_path: Path) -> None:
    number = "+14075550162"
    async with Unwilling.open(house.staff_port, tmp_path, [number], ["is busy"] * 3) as phone:
        order = await ready_order(store, number)
        found = await until_settled(store, order, 2)
        await asyncio.sleep(NO_MORE_S)

    assert found == [Rung.BUSY] * 2
    assert len(phone.called) == 2


async def test_who_never_answers_is_rung_twice_and_no_more(house: House, store: SqliteStore, tmp_path: Path) -> None:
    number = "+14075550163"
    async with Unwilling.open(house.staff_port, tmp_path, [number], ["lets it ring"] * 3) as phone:
        order = await ready_order(store, number)
        found = await until_settled(store, order, 2)
        await asyncio.sleep(NO_MORE_S)

    assert found == [Rung.NO_ANSWER] * 2
    assert len(phone.called) == 2


async def test_who_has_been_handed_the_order_meanwhile_is_not_rung_again(
    house: House, store: SqliteStore, tmp_path: Path
) -> None:
    number = "+14075550164"
    async with Unwilling.open(house.staff_port, tmp_path, [number], ["is busy"] * 2) as phone:
        order = await ready_order(store, number)
        await until_settled(store, order, 1)
        await store.change_order_status(order.id, "picked_up", who="staff", now=datetime.now(UTC))
        await asyncio.sleep(NO_MORE_S)

    assert len(phone.called) == 1


async def test_a_voicemail_has_the_message_once_after_its_beep_and_is_not_called_again(
    house: House, store: SqliteStore, tmp_path: Path
) -> None:
    number = "+14075550165"
    greeting = read_wav(await speak(GREETING, "awb")) + silence(0.5) + tone(1000, 0.5)
    async with who_is_rung(store, house.staff_port, number) as machine:
        order = await ready_order(store, number)
        await machine.be_rung(RUNG_WITHIN)
        greeted = await machine.phone.play(greeting)
        during = loud_samples(heard_between(machine.phone, greeted.started, greeted.finished))
        await machine.listen()
        await asyncio.wait_for(asyncio.shield(machine.phone.closed), 5)
        heard = machine.heard
    async with Unwilling.open(house.staff_port, tmp_path, [number], ["is busy"]) as later:
        await asyncio.sleep(NO_MORE_S)

    assert " ".join(heard).count("is ready") == 1, heard
    assert "press" not in " ".join(heard), heard
    assert len(during) < LOUD_ENOUGH
    assert await outcomes(store, order) == [Rung.VOICEMAIL]
    assert later.called == []
