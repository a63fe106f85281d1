"""Messages for the restaurant: kept once, newest first, and gone with what else is kept of their caller."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from phone_agent.store.records import Message, TranscriptLine
from tests.builders import NOON, a_call

PHONE, OTHER = "+14075550171", "+14075550172"


async def a_message(
    store: Store, menu: Menu, phone: str, words: str = "please call back", *, has_transcript: bool = True
) -> Message:
    call = await a_call(store, phone)
    if has_transcript:
        await store.add_transcript(call.id, [TranscriptLine(NOON, "agent", "Hello")])
    message = Message(str(uuid4()), call.id, menu.restaurants[0].id, phone, "Maria", words, NOON)
    await store.save_message(message)
    return message


async def test_a_message_is_found_as_it_was_left_and_saved_once(store: Store, menu: Menu) -> None:
    message = await a_message(store, menu, PHONE, "the soup was cold; it's 5 o'clock, 'really'")
    await store.save_message(message)

    assert list(await store.find_messages()) == [message]


async def test_the_newest_message_comes_first(store: Store, menu: Menu) -> None:
    first = await a_message(store, menu, PHONE)
    later = replace(first, id=str(uuid4()), words="again", taken_at=NOON + timedelta(minutes=1), restaurant_id=None)
    await store.save_message(later)

    assert list(await store.find_messages()) == [later, first]
    assert list(await store.find_messages(limit=1)) == [later]


@pytest.mark.parametrize("has_transcript", [True, False])
async def test_who_is_forgotten_leaves_no_message(store: Store, menu: Menu, has_transcript: bool) -> None:
    await a_message(store, menu, PHONE, has_transcript=has_transcript)
    kept = await a_message(store, menu, OTHER)
    await store.forget(PHONE, now=NOON)

    assert list(await store.find_messages()) == [kept]


async def test_a_message_that_was_left_after_forgetting_goes_with_the_next_time(store: Store, menu: Menu) -> None:
    message = await a_message(store, menu, PHONE)
    await store.forget(PHONE, now=NOON)
    await store.save_message(message)
    await store.forget(PHONE, now=NOON)

    assert not await store.find_messages()


@pytest.mark.parametrize("has_transcript", [True, False])
async def test_old_messages_are_purged_with_their_transcripts(store: Store, menu: Menu, has_transcript: bool) -> None:
    await a_message(store, menu, PHONE, has_transcript=has_transcript)

    await store.purge(NOON - timedelta(days=1), now=NOON)
    assert len(await store.find_messages()) == 1
    await store.purge(NOON + timedelta(days=1), now=NOON + timedelta(days=1))
    assert not await store.find_messages()
