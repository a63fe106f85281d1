"""Redis is killed and comes back with nothing: the worker makes trunk and rule again, and the next call is answered."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path

import pytest
from livekit import api
from livekit.protocol.sip import ListSIPInboundTrunkRequest

from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack, health
from phone_agent.store.sqlite import SqliteStore
from phone_agent.switchboard import open_switchboard
from phone_agent.telephony.watch import LOOK_EVERY_SECONDS, TrunkWatch

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

BACK_WITHIN_SECONDS = 4 * LOOK_EVERY_SECONDS
NUMBER = "+14075550161"


def restart_redis_empty(stack: LocalStack) -> None:
    program, config = shutil.which("redis-server"), stack.run_dir / "config" / "redis.conf"
    assert program is not None
    stack.end("redis")
    stack.run("redis", [program, str(config)], ready=lambda: health.redis_answers(stack.redis_port))


async def trunks_of(stack: LocalStack) -> list[api.SIPInboundTrunkInfo]:
    async with api.LiveKitAPI(stack.livekit_url, stack.api_key, stack.api_secret) as livekit:
        return list((await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())).items)


async def ring_and_listen(stack: LocalStack, database: Path) -> bool:
    async with await SimulatedCaller.open(None, from_number=NUMBER) as caller:
        await caller.ring(stack.sip_uri)
        await caller.listen()
        await caller.hang_up()
    store = await SqliteStore.open(database)
    calls = [call for call in await store.find_calls() if call.caller_number == NUMBER]
    await store.close()
    return len(calls) == 1


def test_the_next_call_after_redis_came_back_empty_is_answered(tmp_path: Path) -> None:
    database = tmp_path / "orders.sqlite3"
    with open_switchboard(tmp_path / "run", {**os.environ, "PHONE_AGENT_DATABASE": str(database)}) as stack:
        (before,) = asyncio.run(trunks_of(stack))
        restart_redis_empty(stack)
        after = asyncio.run(_until_there(stack))
        answered = asyncio.run(ring_and_listen(stack, database))

    assert after.sip_trunk_id != before.sip_trunk_id
    assert sorted(after.numbers) == sorted(before.numbers)
    assert answered


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
