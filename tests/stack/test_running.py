"""What an operator does to a line that is in use: Redis comes back empty, and the worker is told to stop."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from livekit import api
from livekit.protocol.sip import ListSIPDispatchRuleRequest, ListSIPInboundTrunkRequest
from typer.testing import CliRunner

from phone_agent.cli import app
from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.rehearsal.script import Listen, Press, Say
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack, ServerFailedError, health
from phone_agent.store.backup import back_up
from phone_agent.store.open import open_store
from phone_agent.store.sqlite import SqliteStore
from phone_agent.switchboard import open_switchboard
from phone_agent.telephony.watch import LOOK_EVERY_SECONDS, TrunkWatch
from tests.stack.calls import Line, lines_of, when_closed

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

BACK_WITHIN_SECONDS = 4 * LOOK_EVERY_SECONDS
NUMBER, DRAINED = "+14075550161", "+14075550162"
ENDS_WITHIN_SECONDS = 40.0


def restart_redis_empty(stack: LocalStack) -> None:
    program, config = shutil.which("redis-server"), stack.run_dir / "config" / "redis.conf"
    assert program is not None
    stack.end("redis")
    stack.run("redis", [program, str(config)], ready=lambda: health.redis_answers(stack.redis_port))


async def trunks_of(stack: LocalStack) -> list[api.SIPInboundTrunkInfo]:
    async with api.LiveKitAPI(stack.livekit_url, stack.api_key, stack.api_secret) as livekit:
        return list((await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())).items)


@pytest.fixture(scope="module")
def own_line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Servers that nobody else misses."""
    folder: Path = tmp_path_factory.mktemp("running")
    database = folder / "orders.sqlite3"
    with open_switchboard(folder / "run", {**os.environ, "PHONE_AGENT_DATABASE": str(database)}) as stack:
        yield Line(stack, database)


async def test_the_next_call_after_redis_came_back_empty_is_answered(own_line: Line) -> None:
    (before,) = await trunks_of(own_line.stack)
    await asyncio.to_thread(restart_redis_empty, own_line.stack)
    after = await _until_there(own_line.stack)
    async with await SimulatedCaller.open(None, from_number=NUMBER) as caller:
        await caller.ring(own_line.stack.sip_uri)
        await caller.listen()
        await caller.hang_up()
    store = await SqliteStore.open(own_line.database)
    calls = [call for call in await store.find_calls() if call.caller_number == NUMBER]
    await store.close()

    assert after.sip_trunk_id != before.sip_trunk_id
    assert sorted(after.numbers) == sorted(before.numbers)
    assert len(calls) == 1


def test_a_store_is_not_put_back_under_a_worker(
    own_line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHONE_AGENT_DATABASE", str(own_line.database))
    back_up(own_line.database, tmp_path / "copy.sqlite3")
    refused = CliRunner().invoke(app, ["restore", str(tmp_path / "copy.sqlite3"), "--yes"])

    assert "A worker is at work" in str(refused.exception)


async def test_a_call_goes_on_to_its_order_after_the_worker_was_told_to_stop(own_line: Line) -> None:
    """The last test of this line: afterwards it has no worker."""
    worker = psutil.Process(own_line.stack.pids["agent"])
    store = await SqliteStore.open(own_line.database)
    since = datetime.now(UTC)
    async with await SimulatedCaller.open(None, from_number=DRAINED) as caller:
        await caller.ring(own_line.stack.sip_uri)
        await caller.perform((Say("i would like a caesar salad"),))
        worker.send_signal(signal.SIGTERM)
        await caller.perform((Say("check out please"), Press("1"), Listen(3.0)))
        was_there = worker.is_running()
        await caller.hang_up()
        done = await when_closed(store, since, DRAINED, [])
    await store.close()
    status = await asyncio.to_thread(_exit_status, own_line.stack)

    assert was_there
    assert [lines_of(order) for order in done.orders] == [[(1, "Caesar Salad")]]
    assert status == 0


def _exit_status(stack: LocalStack) -> int | None:
    """Of the agent, once its last call is over."""
    give_up_at = time.monotonic() + ENDS_WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        try:
            stack.check()
        except ServerFailedError as error:
            return 0 if "ended with status 0" in str(error) else 1
        time.sleep(0.2)
    return None


async def _until_there(stack: LocalStack) -> api.SIPInboundTrunkInfo:
    async with asyncio.timeout(BACK_WITHIN_SECONDS):
        while True:
            try:
                if found := await trunks_of(stack):
                    return found[0]
            except api.ServerError:
                pass
            await asyncio.sleep(0.5)


async def test_what_others_have_made_is_not_touched(tmp_path: Path, stack: LocalStack) -> None:
    before = await trunks_of(stack)
    watch = TrunkWatch(
        Settings.from_env({**stack.livekit_env, "TWILIO_PHONE_NUMBER": "+14075558888",
                           "PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3")}),
        every_s=0.2,
    )  # fmt: skip
    watch.watch()
    await asyncio.sleep(1)
    await watch.stop()

    assert before
    assert await trunks_of(stack) == before


async def test_workers_that_see_an_empty_server_at_once_make_one_trunk(tmp_path: Path) -> None:
    with LocalStack.start(tmp_path / "run") as stack:
        settings = Settings.from_env({**stack.livekit_env, "PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3")})
        await (await open_store(settings)).close()
        watches = [TrunkWatch(settings, every_s=0.5) for _ in range(4)]
        for watch in watches:
            watch.watch()
        await asyncio.sleep(4)
        for watch in watches:
            await watch.stop()
        trunks = await trunks_of(stack)
        async with api.LiveKitAPI(stack.livekit_url, stack.api_key, stack.api_secret) as livekit:
            rules = (await livekit.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())).items

    assert [len(trunks), len(rules)] == [1, 1]
    assert list(rules[0].trunk_ids) == [trunks[0].sip_trunk_id]


async def test_a_worker_that_is_told_not_to_leaves_an_empty_server_alone(tmp_path: Path) -> None:
    with LocalStack.start(tmp_path) as stack:
        watch = TrunkWatch(
            Settings.from_env({**stack.livekit_env, "PHONE_AGENT_PROVISION_AGAIN": "false"}), every_s=0.1
        )
        watch.watch()
        await asyncio.sleep(1)
        await watch.stop()

        assert await trunks_of(stack) == []
