from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.wishes import NO_WISHES
from phone_agent.store.protocol import Store
from phone_agent.store.records import LostCart, TranscriptLine
from tests.builders import NOON, a_call, a_cart, a_quote

LATER = NOON + timedelta(minutes=2)
TONIGHT = NOON + timedelta(hours=8)


async def test_a_running_call_is_recorded_without_an_outcome(store: Store) -> None:
    record = await a_call(store, "+14075550199")

    assert list(await store.find_calls()) == [record]
    assert record.outcome is None


async def test_a_closed_call_says_when_how_and_why(store: Store) -> None:
    record = await a_call(store)

    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=LATER)

    assert list(await store.find_calls()) == [replace(record, ended_at=LATER, outcome="abandoned", reason="hang-up")]


async def test_the_first_close_counts(store: Store) -> None:
    record = await a_call(store)
    await store.close_call(record.id, outcome="ordered", reason="goodbye", now=LATER)

    await store.close_call(record.id, outcome="failed", reason="error", now=LATER + timedelta(minutes=1))

    assert list(await store.find_calls()) == [replace(record, ended_at=LATER, outcome="ordered", reason="goodbye")]


async def test_calls_are_found_newest_first(store: Store) -> None:
    first = await a_call(store)
    later = replace(first, id=str(uuid4()), started_at=LATER)
    await store.open_call(later)

    assert list(await store.find_calls()) == [later, first]
    assert list(await store.find_calls(limit=1)) == [later]


async def test_both_sides_of_a_call_are_kept_in_order(store: Store, menu: Menu) -> None:
    record, other = await a_call(store), await a_call(store)
    said = [
        TranscriptLine(NOON, "agent", "Hi, what would you like?"),
        TranscriptLine(NOON, "caller", "zwei Cheesecakes, por favor — “bitte”"),
        TranscriptLine(LATER, "keypad", "1"),
    ]
    await store.add_transcript(record.id, said[:2])
    await store.add_transcript(other.id, [TranscriptLine(NOON, "caller", "wrong number")])
    await store.add_transcript(record.id, said[2:])

    assert list(await store.load_transcript(record.id)) == said


async def test_a_line_that_is_sent_again_is_kept_once(store: Store) -> None:
    record = await a_call(store)
    said = [TranscriptLine(NOON, "caller", "hello"), TranscriptLine(NOON, "caller", "hello")]

    await store.add_transcript(record.id, said)
    await store.add_transcript(record.id, said)

    assert list(await store.load_transcript(record.id)) == said


async def test_noting_nothing_is_no_error(store: Store) -> None:
    record = await a_call(store)

    await store.add_transcript(record.id, [])

    assert not await store.load_transcript(record.id)


async def test_closing_one_call_leaves_the_other_cart_alone(store: Store, menu: Menu) -> None:
    gone, staying = await a_call(store), await a_call(store)
    cart = await store.save_cart(a_cart(menu), call_id=staying.id)

    await store.close_call(gone.id, outcome="abandoned", reason="hang-up", now=LATER)

    changed = await store.save_cart(replace(cart, lines=cart.lines[:1]), call_id=staying.id)
    assert await store.find_cart(staying.id) == changed


async def test_a_call_whose_job_was_killed_is_closed_as_lost(store: Store) -> None:
    lost = await a_call(store)
    running = replace(lost, id=str(uuid4()), started_at=LATER)
    await store.open_call(running)

    closed = await store.close_lost_calls(silent_since=LATER)

    assert closed == 1
    assert list(await store.find_calls()) == [
        running,
        replace(lost, ended_at=NOON, outcome="failed", reason="lost"),
    ]


async def test_a_lost_call_that_brought_an_order_stays_ordered(store: Store, menu: Menu) -> None:
    await store.place_order(await a_quote(store, menu), confirmed_by="keypad", now=NOON)

    await store.close_lost_calls(silent_since=LATER)

    assert [(call.outcome, call.reason) for call in await store.find_calls()] == [("ordered", "lost")]


async def test_a_closed_call_is_not_lost(store: Store) -> None:
    record = await a_call(store)
    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=LATER)

    closed = await store.close_lost_calls(silent_since=TONIGHT)

    assert closed == 0
    assert list(await store.find_calls()) == [replace(record, ended_at=LATER, outcome="abandoned", reason="hang-up")]


async def test_a_call_that_was_seen_since_is_not_lost(store: Store) -> None:
    record = await a_call(store)
    await store.note_alive(record.id, now=LATER)

    assert await store.close_lost_calls(silent_since=LATER) == 0
    assert await store.close_lost_calls(silent_since=LATER + timedelta(seconds=1)) == 1


async def test_what_a_call_says_of_its_own_end_counts_more_than_lost(store: Store, menu: Menu) -> None:
    record = await a_call(store, "+14075550199")
    cart = await store.save_cart(a_cart(menu), call_id=record.id)
    await store.close_lost_calls(silent_since=LATER)

    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=TONIGHT)

    ended = replace(record, ended_at=TONIGHT, outcome="abandoned", reason="hang-up")
    assert list(await store.find_calls()) == [ended]
    assert await store.find_cart(record.id) == cart


async def test_the_cart_of_a_lost_call_is_kept_and_found_by_its_number(store: Store, menu: Menu) -> None:
    record = await a_call(store, "+14075550199")
    cart = await store.save_cart(a_cart(menu), call_id=record.id)

    await store.close_lost_calls(silent_since=LATER)

    assert await store.find_cart(record.id) == cart
    assert await store.find_orphaned_cart("+14075550199", NOON) == LostCart(cart, NO_WISHES)
