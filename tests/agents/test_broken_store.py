"""A store that cannot be written in mid-call: spoken, nothing half-written, and the record is closed all the same."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.callers.pin import hashed
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.services.call_backs import offer_call_back
from phone_agent.store.protocol import Store
from phone_agent.store.sqlite import SqliteStore
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.callers import NEW, talking
from tests.agents.test_what_users_say import cart_of, orders_of

AGAIN = Sentence.STORE_UNAVAILABLE.words()


@pytest.fixture
async def impatient(tmp_path: Path, store: Store) -> AsyncIterator[Store]:
    """The same file, given up on at once."""
    opened = await SqliteStore.open(tmp_path / "orders.sqlite3", longest_wait_s=0.05)
    yield opened
    await opened.close()


@pytest.fixture
async def call(impatient: Store) -> Call:
    return await open_call(Arrival(room="test", channel="phone"), None, impatient, await impatient.load_menu())


@contextmanager
def nobody_can_write(tmp_path: Path) -> Iterator[None]:
    other = sqlite3.connect(tmp_path / "orders.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def is_over(talk: TextCall) -> bool:
    async with asyncio.timeout(5):
        while not talk.is_over:
            await asyncio.sleep(0.01)
    return True


async def test_the_second_failure_in_a_row_ends_the_call(talk: TextCall, call: Call, tmp_path: Path) -> None:
    with nobody_can_write(tmp_path):
        first = await talk.say("a caesar salad")
        still_there = not talk.is_over
        second = await talk.say("a caesar salad")

    assert (first, still_there) == (AGAIN, True)
    assert second == Sentence.STORE_UNAVAILABLE_GOODBYE.words()
    assert await is_over(talk)
    assert cart_of(call) == []
    assert await call.store.find_cart(call.record.id) is None


async def test_1_on_a_broken_store_can_be_pressed_once_more_and_places_once(
    talk: TextCall, call: Call, tmp_path: Path
) -> None:
    await talk.say("a caesar salad")
    await talk.say("checkout")
    with nobody_can_write(tmp_path):
        answer = await talk.press("1")
    talk.pause()
    await talk.press("1")

    assert answer == Sentence.PLACING_UNKNOWN.words()
    assert len(await orders_of(call)) == 1
    assert not talk.is_over


@pytest.mark.parametrize("answer", ["yes please", "1"])
async def test_a_message_that_could_not_be_kept_can_be_left_once_more(
    talk: TextCall, call: Call, tmp_path: Path, answer: str
) -> None:
    call.record = replace(call.record, caller_number=NEW)
    await offer_call_back(talk.session)
    await talk.press("")
    with nobody_can_write(tmp_path):
        failed = await (talk.press(answer) if answer.isdigit() else talk.say(answer))
    talk.pause()
    done = await talk.press("1")

    assert failed == AGAIN
    assert done == PersonSentence.CALL_BACK_WANTED.words()
    assert len(await call.store.find_messages()) == 1


async def test_a_second_yes_is_taken_once_the_store_is_back(talk: TextCall, call: Call, tmp_path: Path) -> None:
    call.record = replace(call.record, caller_number=NEW)
    await offer_call_back(talk.session)
    await talk.press("")
    with nobody_can_write(tmp_path):
        failed = await talk.say("yes please")
    done = await talk.say("yes")

    assert failed == AGAIN
    assert done == PersonSentence.CALL_BACK_WANTED.words()
    assert len(await call.store.find_messages()) == 1


async def test_a_yes_to_another_failure_calls_nobody_back(talk: TextCall, call: Call, tmp_path: Path) -> None:
    with nobody_can_write(tmp_path):
        failed = await talk.say("two caesar salads")
    await talk.say("yes")

    assert Sentence.STORE_UNAVAILABLE.words() in failed
    assert await call.store.find_messages() == []


async def test_a_message_on_a_broken_store_counts_as_its_failure(talk: TextCall, call: Call, tmp_path: Path) -> None:
    call.record = replace(call.record, caller_number=NEW)
    await offer_call_back(talk.session)
    await talk.press("")
    with nobody_can_write(tmp_path):
        await talk.press("1")
        talk.pause()
        last = await talk.press("1")

    assert last == Sentence.STORE_UNAVAILABLE_GOODBYE.words()


async def test_keys_alone_on_a_broken_store_end_the_call_too(talk: TextCall, call: Call, tmp_path: Path) -> None:
    await talk.press("9")
    talk.pause()
    for key in "121":
        await talk.press(key)
        talk.pause()
    with nobody_can_write(tmp_path):
        await talk.press("1")
        talk.pause()
        answer = await talk.press("1")

    assert answer == Sentence.STORE_UNAVAILABLE_GOODBYE.words()
    assert await is_over(talk)
    assert cart_of(call) == []


async def test_after_an_order_the_goodbye_does_not_deny_it(talk: TextCall, call: Call, tmp_path: Path) -> None:
    await talk.say("a caesar salad")
    await talk.say("checkout")
    await talk.press("1")
    with nobody_can_write(tmp_path):
        await talk.say("a vanilla cheesecake")
        answer = await talk.say("a vanilla cheesecake")

    assert answer == Sentence.STORE_UNAVAILABLE_AFTER_ORDER.words()
    assert len(await orders_of(call)) == 1


async def test_a_success_between_two_failures_goes_on(talk: TextCall, tmp_path: Path) -> None:
    with nobody_can_write(tmp_path):
        await talk.say("a caesar salad")
    await talk.say("a caesar salad")
    with nobody_can_write(tmp_path):
        answer = await talk.say("a grilled salmon")

    assert answer == AGAIN
    assert not talk.is_over


async def test_a_record_is_closed_when_the_store_can_be_written_again(call: Call, tmp_path: Path) -> None:
    with nobody_can_write(tmp_path):
        closing = asyncio.create_task(call.close())
        await asyncio.sleep(0.3)
    await closing

    (record, *_) = await call.store.find_calls()
    assert record.ended_at is not None


async def test_a_close_that_failed_can_be_tried_again(call: Call, tmp_path: Path) -> None:
    with nobody_can_write(tmp_path), pytest.raises(StoreUnavailable):
        await call.close()
    await call.close()

    (record, *_) = await call.store.find_calls()
    assert record.ended_at is not None


@pytest.fixture
async def talk(call: Call) -> AsyncIterator[TextCall]:
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as text_call:
        yield text_call


async def test_a_pin_that_could_not_be_compared_is_asked_for_again_and_costs_no_try(
    impatient: Store, tmp_path: Path
) -> None:
    await impatient.save_pin(NEW, hashed("2468"))
    async with talking(impatient, NEW) as talk:
        await talk.say("my pin")
        with nobody_can_write(tmp_path):
            failed = await talk.press("2468")
        await talk.say("my pin")
        proven = await talk.press("2468")

        assert failed.endswith(AGAIN)
        assert "that is right" in proven
