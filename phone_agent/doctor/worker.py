"""Whether a worker is registered under the name that callers' rule asks for, and has room for a call."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from secrets import token_hex
from typing import Any

import aiohttp
from livekit import api

from phone_agent.clients.livekit import FAILURES
from phone_agent.doctor.findings import Finding, Ward, fine, odd, wrong
from phone_agent.doctor.livekit_api import about, api_of
from phone_agent.worker.checkup import CHECKUP

TAKEN_WITHIN_S, LOOK_EVERY_S = 6.0, 0.25
HEALTH_S = 2.0
FULL = 0.99
START = "`uv run phone-agent start` (or `make up`)"
TAKEN = (api.JobStatus.JS_RUNNING, api.JobStatus.JS_SUCCESS)


async def check_worker(ward: Ward) -> list[Finding]:
    """A job that is no call is offered under the agent's name; the worker takes it or nobody does."""
    try:
        async with api_of(ward) as livekit:
            is_taken, health = await asyncio.gather(_is_taken(livekit, ward), _health_of(ward))
    except FAILURES as error:
        return about(error)
    name = ward.settings.agent_name
    if is_taken:
        return [fine(f"a worker takes jobs as {name!r}")]
    if health is None:
        return [wrong(f"No worker takes jobs as {name!r}: callers hear ringing, then busy.", START)]
    if health.get("agent_name") != name:
        said = (
            f"The worker is registered as {health.get('agent_name')!r}, but calls ask for {name!r}: nobody joins them."
        )
        return [wrong(said, f"set LIVEKIT_AGENT_NAME alike for the worker and here, then start it again: {START}")]
    if float(health.get("worker_load", 0)) >= FULL:
        calls = int(health.get("active_jobs", 0))
        said = f"The worker is full (calls in progress: {calls}): the next caller hears ringing, then busy."
        return [wrong(said, "raise PHONE_AGENT_MAX_CALLS, or start another worker")]
    said = "The worker runs, but LiveKit's server gives it no jobs: it is draining, warming up, or at another server."
    return [wrong(said, "`grep 'registered worker' .run/logs/agent.log`; compare the worker's LIVEKIT_URL")]


async def check_health(ward: Ward) -> list[Finding]:
    """The worker's health port, or whoever else has it."""
    if ward.health is None:
        return [odd("The worker's health port is not known.", "set PHONE_AGENT_HEALTH_PORT")]
    host, port = ward.health
    health = await _health_of(ward)
    if health is not None:
        calls = int(health.get("active_jobs", 0))
        return [fine(f"the worker answers at {host}:{port}; calls in progress: {calls}", calls=calls)]
    with suppress(OSError):
        _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), HEALTH_S)
        writer.close()
        said = f"{host}:{port} is taken by another program: a worker cannot answer health checks there."
        return [wrong(said, "set PHONE_AGENT_HEALTH_PORT to another port")]
    return [odd(f"No worker of this machine answers at {host}:{port}.", START)]


async def _is_taken(livekit: api.LiveKitAPI, ward: Ward) -> bool:
    room = f"{ward.settings.room_prefix}_doctor_{token_hex(4)}"
    dispatch = await livekit.agent_dispatch.create_dispatch(
        api.CreateAgentDispatchRequest(agent_name=ward.settings.agent_name, room=room, metadata=CHECKUP)
    )
    try:
        async with asyncio.timeout(TAKEN_WITHIN_S):
            while not await _has_been_taken(livekit, dispatch.id, room):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(LOOK_EVERY_S)
        return True
    except TimeoutError:
        return False
    finally:
        with suppress(*FAILURES):
            await livekit.room.delete_room(api.DeleteRoomRequest(room=room))


async def _has_been_taken(livekit: api.LiveKitAPI, dispatch_id: str, room: str) -> bool:
    found = await livekit.agent_dispatch.list_dispatch(room_name=room)
    jobs = [job for dispatch in found if dispatch.id == dispatch_id for job in dispatch.state.jobs]
    return any(job.state.status in TAKEN for job in jobs)


async def _health_of(ward: Ward) -> Mapping[str, Any] | None:
    if ward.health is None:
        return None
    url = f"http://{ward.health[0]}:{ward.health[1]}/worker"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=HEALTH_S)) as session,
            session.get(url) as answer,
        ):
            told = await answer.json(content_type=None)
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return None
    return told if isinstance(told, dict) and "agent_name" in told else None
