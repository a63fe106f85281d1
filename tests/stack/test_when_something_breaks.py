"""Calls in which something breaks: the store, the bridge's goodbye, or a phone that sends no sound for a while."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.rehearsal.script import Listen, Press, Say
from phone_agent.store.records import CallRecord
from phone_agent.store.sqlite import SqliteStore
from phone_agent.switchboard import open_switchboard
from tests.stack.calls import Line, lines_of, when_closed

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

SALAD = Say("i would like a caesar salad")
NO_PACKETS_SECONDS = 8.0
LOST_WITHIN_SECONDS = 10.0
"""LiveKit's server takes 20 s."""
GOODBYE_WITHIN_SECONDS = 15.0


@contextmanager
def frozen(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def own_line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Servers and logs of its own, which no other test misses or reads."""
    folder: Path = tmp_path_factory.mktemp("breaks")
    database = folder / "orders.sqlite3"
    with open_switchboard(folder / "run", {**os.environ, "PHONE_AGENT_DATABASE": str(database)}) as stack:
        yield Line(stack, database)


async def call_from(store: SqliteStore, number: str) -> CallRecord:
    return next(call for call in await store.find_calls() if call.caller_number == number)


async def test_a_phone_that_sends_nothing_for_a_while_stays_in_the_call(line: Line) -> None:
    number = "+14075550151"
    store = await SqliteStore.open(line.database)
    async with await SimulatedCaller.open(None, from_number=number) as caller:
        await caller.ring(line.stack.sip_uri)
        await caller.listen()
        (phone,) = [child for child in psutil.Process().children() if child.name() == "baresip"]
        with frozen(phone.pid):
            await asyncio.sleep(NO_PACKETS_SECONDS)
        await caller.perform((SALAD,))
        call = await call_from(store, number)
        cart = await store.find_cart(call.id)
        hung_up = caller.has_hung_up
        await caller.hang_up()
    await store.close()

    assert not hung_up
    assert call.ended_at is None
    assert cart is not None
    assert [dish.item.name for dish in cart.lines] == ["Caesar Salad"]


async def test_a_store_that_breaks_in_mid_call_is_spoken_and_the_agent_hangs_up(own_line: Line) -> None:
    number = "+14075550153"
    store = await SqliteStore.open(own_line.database)
    since = datetime.now(UTC)
    other = sqlite3.connect(own_line.database, isolation_level=None)
    async with await SimulatedCaller.open(None, from_number=number) as caller:
        await caller.ring(own_line.stack.sip_uri)
        await caller.listen()
        # Nobody else can write as long as this lasts.
        other.execute("BEGIN IMMEDIATE")
        await caller.perform((SALAD,))
        still_there = not caller.has_hung_up
        await caller.perform((SALAD,))
        await asyncio.wait((caller.phone.closed,), timeout=GOODBYE_WITHIN_SECONDS)
        hung_up = caller.has_hung_up
        other.execute("ROLLBACK")
        done = await when_closed(store, since, number, [])
    other.close()
    assert done.call is not None
    cart = await store.find_cart(done.call.id)
    await store.close()

    assert still_there
    assert hung_up
    assert done.orders == ()
    assert cart is None
    assert (done.call.outcome, done.call.reason) == ("failed", "store_unavailable")


async def test_a_leg_whose_goodbye_was_lost_ends_its_call_soon(own_line: Line) -> None:
    number = "+14075550152"
    store = await SqliteStore.open(own_line.database)
    async with await SimulatedCaller.open(None, from_number=number) as caller:
        await caller.ring(own_line.stack.sip_uri)
        await caller.listen()
        with frozen(own_line.stack.pids["livekit-sip"]):
            lost_at = time.monotonic()
            while (await call_from(store, number)).ended_at is None:
                assert time.monotonic() - lost_at < 2 * LOST_WITHIN_SECONDS, "the call was never missed"
                await asyncio.sleep(0.1)
            seconds = time.monotonic() - lost_at
    await store.close()

    assert seconds < LOST_WITHIN_SECONDS


def job_in_a_call(agent_pid: int) -> psutil.Process:
    """The only one of the agent's processes that sends and receives sound."""
    (job,) = [child for child in psutil.Process(agent_pid).children(recursive=True) if child.net_connections("udp")]
    return job


async def test_who_was_cut_off_by_a_killed_job_goes_on_where_it_was(own_line: Line) -> None:
    number = "+14075550154"
    store = await SqliteStore.open(own_line.database)
    async with await SimulatedCaller.open(None, from_number=number) as caller:
        await caller.ring(own_line.stack.sip_uri)
        await caller.perform((SALAD,))
        cut_off = await call_from(store, number)
        job_in_a_call(own_line.stack.pids["agent"]).kill()
        await caller.hang_up()
    async with await SimulatedCaller.open(None, from_number=number) as caller:
        since = datetime.now(UTC)
        await caller.ring(own_line.stack.sip_uri)
        await caller.perform((Say("yes please"), Press("1"), Listen(3.0)))
        await caller.hang_up()
        done = await when_closed(store, since, number, [])
    calls = {call.id: (call.outcome, call.reason) for call in await store.find_calls()}
    await store.close()

    assert [lines_of(order) for order in done.orders] == [[(1, "Caesar Salad")]]
    assert calls[cut_off.id] == ("failed", "lost")
