"""Whether a telephone is still in a room, as LiveKit's own API says it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from livekit import api

from phone_agent.phone_line.caller_leg import has_phone_leg

Who = api.ParticipantInfo
PHONE = Who(identity="phone", kind=Who.Kind.SIP, state=Who.State.ACTIVE)
AGENT = Who(identity="agent", kind=Who.Kind.AGENT, state=Who.State.ACTIVE)
HUNG_UP = Who(kind=Who.Kind.SIP, state=Who.State.ACTIVE, attributes={"sip.callStatus": "hangup"})
LEFT = Who(kind=Who.Kind.SIP, state=Who.State.DISCONNECTED)


@asynccontextmanager
async def livekit_saying(answer: web.Response, after_s: float = 0.0) -> AsyncIterator[api.LiveKitAPI]:
    async def list_participants(request: web.Request) -> web.Response:
        await asyncio.sleep(after_s)
        return answer

    app = web.Application()
    app.router.add_post("/twirp/livekit.RoomService/ListParticipants", list_participants)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with api.LiveKitAPI(f"http://127.0.0.1:{runner.addresses[0][1]}", "devkey", "s" * 32) as livekit:
        yield livekit
    await runner.cleanup()


def who_is_there(*participants: api.ParticipantInfo) -> web.Response:
    said = api.ListParticipantsResponse(participants=participants).SerializeToString()
    return web.Response(body=said, content_type="application/protobuf")


@pytest.mark.parametrize(
    ("there", "has_phone"),
    [([PHONE, AGENT], True), ([AGENT], False), ([], False), ([AGENT, HUNG_UP], False), ([LEFT], False)],
)
async def test_a_phone_is_there_while_it_is_connected(there: list[api.ParticipantInfo], has_phone: bool) -> None:
    async with livekit_saying(who_is_there(*there)) as livekit:
        assert await has_phone_leg(livekit, "room") is has_phone


@pytest.mark.parametrize(
    ("status", "code", "has_phone"),
    [(404, "not_found", False), (401, "unauthenticated", None), (500, "internal", None)],
)
async def test_a_room_that_is_unknown_has_no_phone_and_other_refusals_say_nothing(
    status: int, code: str, has_phone: bool | None
) -> None:
    async with livekit_saying(web.json_response({"code": code, "msg": "no"}, status=status)) as livekit:
        assert await has_phone_leg(livekit, "room") is has_phone


async def test_a_livekit_that_does_not_answer_is_not_waited_for() -> None:
    async with livekit_saying(web.Response(), after_s=30) as livekit:
        async with asyncio.timeout(5):
            assert await has_phone_leg(livekit, "room") is None
