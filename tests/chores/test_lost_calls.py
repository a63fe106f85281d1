"""What the worker does about calls whose job was killed."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from phone_agent.agent import build_server
from phone_agent.callers.lost_carts import LOST_FOR
from phone_agent.chores.lost_calls import LONGEST_GAP, LOST_AFTER, LostCalls
from phone_agent.chores.privacy import DailyPurge
from phone_agent.chores.rounds import tell_if_failed
from phone_agent.order_pad.bookkeeping import Bookkeeping
from phone_agent.ordering.cart import Cart
from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from phone_agent.store.records import CallRecord
from phone_agent.store.sqlite import SqliteStore
from tests.agents.test_broken_store import nobody_can_write
from tests.builders import NOON, a_call

REPO = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, prepared: Path) -> Path:
    """With a store that has the demo menu."""
    shutil.copy(prepared, tmp_path / "orders.sqlite3")
    return tmp_path


def settings_of(folder: Path) -> Settings:
    return Settings.from_env({"PHONE_AGENT_DATABASE": str(folder / "orders.sqlite3")})


async def a_call_of_a_killed_job(settings: Settings) -> CallRecord:
    store = await open_store(settings)
    record = await a_call(store)
    await store.close()
    return record


async def newest_call(settings: Settings) -> CallRecord:
    store = await open_store(settings)
    (record,) = await store.find_calls(limit=1)
    await store.close()
    return record


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await holds():
            await asyncio.sleep(0.02)


async def test_a_lost_call_is_closed_when_the_worker_starts(folder: Path) -> None:
    settings = settings_of(folder)
    record = await a_call_of_a_killed_job(settings)
    lost_calls = LostCalls(settings)

    async def is_closed() -> bool:
        return (await newest_call(settings)).outcome is not None

    lost_calls.watch()
    await until(is_closed)
    await lost_calls.stop()

    assert replace(await newest_call(settings), ended_at=None) == replace(record, outcome="failed", reason="lost")


async def test_a_call_that_is_lost_later_is_closed_later(folder: Path) -> None:
    settings = settings_of(folder)
    now = NOON + LOST_AFTER
    record = await a_call_of_a_killed_job(settings)
    lost_calls = LostCalls(settings, every_s=0.02, clock=lambda: now)

    async def is_closed() -> bool:
        return (await newest_call(settings)).ended_at == NOON

    lost_calls.watch()
    await asyncio.sleep(0.3)
    before = await newest_call(settings)
    now += LONGEST_GAP
    await until(is_closed)
    await lost_calls.stop()

    assert before == record


async def test_an_unreachable_store_is_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = settings_of(tmp_path)
    in_the_way = tmp_path / "orders.sqlite3"
    in_the_way.mkdir()
    lost_calls = LostCalls(settings, every_s=0.02)

    async def is_warned() -> bool:
        return any(entry.levelno == logging.WARNING for entry in caplog.records)

    async def is_closed() -> bool:
        return (await newest_call(settings)).outcome == "failed"

    lost_calls.watch()
    await until(is_warned)
    in_the_way.rmdir()
    await a_call_of_a_killed_job(settings)
    await until(is_closed)
    await lost_calls.stop()


async def test_the_worker_looks_for_lost_calls_when_it_is_registered(folder: Path) -> None:
    settings = settings_of(folder)
    await a_call_of_a_killed_job(settings)

    async def is_closed() -> bool:
        return (await newest_call(settings)).outcome == "failed"

    build_server(settings).emit("worker_registered", "a worker", None)
    await until(is_closed)


async def test_a_call_that_runs_stays_alive_and_one_that_hangs_is_lost(folder: Path) -> None:
    store = await open_store(settings_of(folder))
    running, killed = await a_call(store), await a_call(store)
    books = Bookkeeping(store, running.id)

    books.stay_alive(lambda: NOON + LOST_AFTER, every_s=0.01)
    await asyncio.sleep(0.2)
    closed = await store.close_lost_calls(silent_since=NOON + timedelta(seconds=1))
    await books.close("abandoned", "hang-up", NOON + LOST_AFTER)

    ended = {call.id: call.reason for call in await store.find_calls()}
    await store.close()
    assert (closed, ended) == (1, {running.id: "hang-up", killed.id: "lost"})


async def test_a_store_that_cannot_be_told_is_told_again(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = await SqliteStore.open(folder / "orders.sqlite3", longest_wait_s=0.02)
    record = await a_call(store)
    books = Bookkeeping(store, record.id)

    with nobody_can_write(folder):
        books.stay_alive(lambda: NOON + LOST_AFTER, every_s=0.01)
        await asyncio.sleep(0.3)
    await asyncio.sleep(0.3)
    closed = await store.close_lost_calls(silent_since=NOON + LOST_AFTER)
    await books.close("abandoned", "hang-up", NOON + LOST_AFTER)
    await store.close()

    assert [entry.levelname for entry in caplog.records if "call runs" in entry.message]
    assert closed == 0


class Clock:
    """Stands still until it is set, and counts who looks at it."""

    def __init__(self) -> None:
        self.now = NOON
        self.looks = 0

    def __call__(self) -> datetime:
        self.looks += 1
        return self.now


async def test_right_after_a_pause_of_the_machine_no_call_is_taken_for_lost(folder: Path) -> None:
    settings = settings_of(folder)
    record = await a_call_of_a_killed_job(settings)
    clock = Clock()
    lost_calls = LostCalls(settings, every_s=0.4, clock=clock)
    store = await open_store(settings)

    async def next_look_at(now: datetime) -> str | None:
        """Why the call has ended, if it has."""
        clock.now, looks = now, clock.looks

        async def has_looked() -> bool:
            return clock.looks > looks

        await until(has_looked)
        await asyncio.sleep(0.1)
        return (await newest_call(settings)).reason

    lost_calls.watch()
    first = await next_look_at(NOON)
    after_the_pause = await next_look_at(NOON + LOST_AFTER + timedelta(seconds=1))
    await store.note_alive(record.id, now=clock.now)
    alive = await next_look_at(clock.now + LONGEST_GAP)
    silent = [await next_look_at(clock.now + LONGEST_GAP) for _ in range(2)]
    await lost_calls.stop()
    await store.close()

    assert (first, after_the_pause, alive, silent) == (None, None, None, [None, "lost"])


async def test_a_menu_file_that_is_gone_does_not_end_the_looking(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_of(tmp_path).model_copy(update={"menu": str(tmp_path / "menu.json")})
    lost_calls, purging = LostCalls(settings, every_s=0.02), DailyPurge(settings, every_s=0.02)
    lost_calls.watch()
    purging.watch()

    async def both_are_warned() -> bool:
        return len({entry.name for entry in caplog.records if entry.levelno == logging.WARNING}) == 2

    await until(both_are_warned)
    await asyncio.to_thread(shutil.copy, REPO / "menus" / "food_court.json", tmp_path / "menu.json")
    await a_call_of_a_killed_job(settings)

    async def is_closed() -> bool:
        return (await newest_call(settings)).outcome == "failed"

    await until(is_closed)
    await lost_calls.stop()
    await purging.stop()


async def test_a_task_of_the_worker_that_ends_says_so(caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        raise OverflowError("a date too far away")

    task = asyncio.create_task(fails())
    task.add_done_callback(tell_if_failed)
    await asyncio.wait((task,))
    await asyncio.sleep(0)

    assert [entry.levelname for entry in caplog.records] == ["ERROR"]


async def test_a_lost_cart_is_abandoned_when_it_is_not_offered_any_more(folder: Path) -> None:
    settings = settings_of(folder)
    store = await open_store(settings)
    record = await a_call(store, "+14075550161")
    cart = await store.save_cart(Cart("10000000-0000-4000-8000-00000000000a"), call_id=record.id)
    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=NOON)
    lost_calls = LostCalls(settings, every_s=0.02, clock=lambda: NOON + LOST_FOR + timedelta(seconds=1))

    async def is_abandoned() -> bool:
        return await store.find_cart(record.id) is None

    before = await store.find_cart(record.id)
    lost_calls.watch()
    await until(is_abandoned)
    await lost_calls.stop()
    await store.close()

    assert before == cart
