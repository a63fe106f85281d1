"""What a call leaves behind: a clean log, no job, and nothing that a stranger in the room could have done."""

from __future__ import annotations

import asyncio
import json
import os
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from livekit import api, rtc

from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.rehearsal.script import Listen, Say
from phone_agent.stack.ports import free_port
from phone_agent.store.sqlite import SqliteStore
from phone_agent.switchboard import open_switchboard
from tests.stack.calls import Line, when_closed

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

JOB_END_SECONDS = 10.0


async def room_of(line: Line, number: str) -> str:
    store = await SqliteStore.open(line.database)
    try:
        return next(call.room for call in await store.find_calls() if call.caller_number == number)
    finally:
        await store.close()


async def press_as_a_stranger(line: Line, room_name: str) -> None:
    grants = api.VideoGrants(room_join=True, room=room_name, can_publish=True, can_publish_data=True)
    token = api.AccessToken(line.stack.api_key, line.stack.api_secret).with_identity("stranger").with_grants(grants)
    room = rtc.Room()
    await room.connect(line.stack.livekit_url, token.to_jwt())
    for _ in range(3):
        await room.local_participant.publish_dtmf(code=1, digit="1")
        await asyncio.sleep(0.4)
    await room.disconnect()


async def test_a_second_partys_digit_does_nothing(line: Line) -> None:
    number = "+14075550131"
    store = await SqliteStore.open(line.database)
    since = datetime.now(UTC)
    async with await SimulatedCaller.open(None, from_number=number) as caller:
        await caller.ring(line.stack.sip_uri)
        await caller.perform((Say("i would like a caesar salad and a grilled salmon"), Say("check out please")))
        (quoted,) = [call for call in await store.find_calls() if call.caller_number == number]
        cart = await store.find_cart(quoted.id)
        await press_as_a_stranger(line, await room_of(line, number))
        await caller.hang_up()
        done = await when_closed(store, since, number, [])
    await store.close()

    assert cart is not None
    assert not cart.is_empty
    assert done.orders == ()
    assert done.call is not None
    assert done.call.outcome == "abandoned"


async def test_a_hang_up_ends_the_job_and_leaves_nothing_running(line: Line) -> None:
    worker = psutil.Process(line.stack.pids["agent"])
    async with await SimulatedCaller.open(None, from_number="+14075550132") as caller:
        await caller.ring(line.stack.sip_uri)
        await caller.listen()
        during = await room_of(line, "+14075550132")
        await caller.hang_up()
    jobs = pids_that_logged(line, during) - {worker.pid}
    deadline = time.monotonic() + JOB_END_SECONDS
    while (during in await rooms(line) or still_running(jobs)) and time.monotonic() < deadline:
        await asyncio.sleep(0.1)

    assert during not in await rooms(line)
    assert jobs
    assert not still_running(jobs)
    assert worker.is_running()


def pids_that_logged(line: Line, room: str) -> set[int]:
    entries = map(json.loads, line.stack.log_path("agent").read_text(errors="replace").splitlines())
    return {entry["pid"] for entry in entries if entry.get("room") == room}


def still_running(pids: set[int]) -> list[int]:
    """Also where it is a zombie that nobody has waited for."""
    return [pid for pid in pids if psutil.pid_exists(pid)]


async def rooms(line: Line) -> list[str]:
    async with api.LiveKitAPI(line.stack.livekit_url, line.stack.api_key, line.stack.api_secret) as livekit:
        return [room.name for room in (await livekit.room.list_rooms(api.ListRoomsRequest())).rooms]


async def test_no_callers_number_stands_in_a_rooms_name(line: Line) -> None:
    async with await SimulatedCaller.open(None, from_number="+14075550133") as caller:
        await caller.ring(line.stack.sip_uri)
        await caller.listen()
        name = await room_of(line, "+14075550133")
        await caller.hang_up()

    assert "4075550133" not in name
    assert name.startswith("food-ordering_")


async def test_a_withheld_number_is_a_guest_with_a_profile_of_its_own(line: Line) -> None:
    store = await SqliteStore.open(line.database)
    since = datetime.now(UTC)
    async with await SimulatedCaller.open(None, from_number=None) as caller:
        await caller.ring(line.stack.sip_uri)
        await caller.perform((Listen(1.0),))
        await caller.hang_up()
        done = await when_closed(store, since, None, [])
    assert done.call is not None
    guest = await store.load_profile(done.call.profile_id)
    await store.close()

    assert guest.is_guest
    assert guest.phone is None


@pytest.fixture
def without_a_store(tmp_path: Path) -> Iterator[Line]:
    """The database's path is a folder: no store can be opened there."""
    database = tmp_path / "orders.sqlite3"
    database.mkdir()
    with open_switchboard(tmp_path / "run", {**os.environ, "PHONE_AGENT_DATABASE": str(database)}) as stack:
        yield Line(stack, database)


async def test_a_store_that_cannot_be_opened_is_spoken_and_the_call_ends(without_a_store: Line) -> None:
    async with await SimulatedCaller.open(None, from_number="+14075550134") as caller:
        await caller.ring(without_a_store.stack.sip_uri)
        heard = await caller.listen()
        await asyncio.wait((caller.phone.closed,), timeout=10)

        assert heard
        assert heard[-1].finished - heard[0].started > 2.0
        assert caller.has_hung_up


def test_the_workers_own_health_address_answers(tmp_path: Path) -> None:
    port = free_port()
    env = {**os.environ, "PHONE_AGENT_DATABASE": str(tmp_path / "o.sqlite3"), "PHONE_AGENT_HEALTH_PORT": str(port)}
    with (
        open_switchboard(tmp_path / "run", env),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as health,
        urllib.request.urlopen(f"http://127.0.0.1:{port}/worker", timeout=5) as worker,
    ):
        assert health.status == 200
        assert json.load(worker)["agent_name"] == "food-concierge-native"
