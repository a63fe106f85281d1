"""A call that no agent can take ends by itself, soon, with a status the phone understands."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

import pytest
from livekit import api

from phone_agent.stack import LocalStack

pytestmark = pytest.mark.stack

SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\n"


def invite(number: str, sip_port: int, own_port: int) -> bytes:
    token = uuid4().hex
    head = (
        f"INVITE sip:{number}@127.0.0.1:{sip_port} SIP/2.0",
        f"Via: SIP/2.0/UDP 127.0.0.1:{own_port};branch=z9hG4bK{token}",
        f"From: <sip:+14075550142@127.0.0.1>;tag={token[:8]}",
        f"To: <sip:{number}@127.0.0.1:{sip_port}>",
        f"Call-ID: {token}@127.0.0.1",
        "CSeq: 1 INVITE",
        f"Contact: <sip:+14075550142@127.0.0.1:{own_port}>",
        "Max-Forwards: 70",
        "Content-Type: application/sdp",
        f"Content-Length: {len(SDP)}",
    )
    return ("\r\n".join(head) + "\r\n\r\n" + SDP).encode()


def ring(number: str, sip_port: int, patience_s: float = 20) -> tuple[list[int], float]:
    """The statuses that came, the final one last, and the seconds that it took."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        phone.bind(("127.0.0.1", 0))
        phone.settimeout(patience_s)
        began = time.monotonic()
        phone.sendto(invite(number, sip_port, phone.getsockname()[1]), ("127.0.0.1", sip_port))
        statuses = [0]
        with suppress(TimeoutError):
            while statuses[-1] < 200:
                statuses.append(int(phone.recv(8192).split()[1]))
        return statuses, time.monotonic() - began


async def rooms(stack: LocalStack) -> list[str]:
    async with api.LiveKitAPI(stack.livekit_url, stack.api_key, stack.api_secret) as livekit:
        return [room.name for room in (await livekit.room.list_rooms(api.ListRoomsRequest())).rooms]


@dataclass(frozen=True)
class Unanswered:
    statuses: list[int]
    seconds: float
    new_rooms: list[str]


@pytest.fixture(scope="module")
def unanswered(stack: LocalStack) -> Unanswered:
    async def ring_and_look() -> Unanswered:
        before = await rooms(stack)
        ringing = asyncio.create_task(asyncio.to_thread(ring, "+14075550100", stack.sip_port))
        await asyncio.sleep(2)
        new = [name for name in await rooms(stack) if name not in before]
        return Unanswered(*await ringing, new)

    return asyncio.run(ring_and_look())


def test_an_unanswered_call_ends_within_ten_seconds(unanswered: Unanswered) -> None:
    assert 180 in unanswered.statuses
    assert unanswered.statuses[-1] == 486
    assert unanswered.seconds < 10


def test_no_number_of_the_caller_stands_in_the_name_of_the_room(unanswered: Unanswered) -> None:
    (room,) = unanswered.new_rooms

    assert room.startswith("food-ordering_+14075550100_")
    assert "4075550142" not in room


async def test_a_number_that_is_not_ours_reaches_no_room(stack: LocalStack) -> None:
    before = await rooms(stack)
    statuses, _ = await asyncio.to_thread(ring, "+14075559999", stack.sip_port, patience_s=2)

    assert statuses[-1] < 200 or statuses[-1] >= 400
    assert await rooms(stack) == before
