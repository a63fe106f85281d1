"""LiveKit's server: whether it answers, takes the key, and has the time that this machine has."""

from __future__ import annotations

import asyncio
import socket
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
import jwt

from phone_agent.doctor.findings import REFUSALS, Finding, Ward, fine, odd, wrong
from phone_agent.settings import Settings

MOST_SKEW_S, ODD_SKEW_S = 60, 10
"""A token is good from the second in which it was made: a clock that is ahead makes tokens of the future."""
TOKEN_LIFE = timedelta(minutes=10)
UP = "start LiveKit's server (here: `make up`), or correct LIVEKIT_URL"
SET_THE_CLOCK = "set this machine's clock: `timedatectl set-ntp true`"


async def check_address(ward: Ward) -> list[Finding]:
    """LIVEKIT_URL has an address, and a port that is open."""
    url = urlsplit(ward.settings.livekit_url)
    port = url.port or (443 if url.scheme in ("wss", "https") else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(ward.host, port, type=socket.SOCK_STREAM)
    except OSError:
        return [wrong(f"LIVEKIT_URL: the name {ward.host} has no address.", "correct LIVEKIT_URL")]
    try:
        _, writer = await asyncio.open_connection(ward.host, port)
    except OSError as error:
        return [wrong(f"Nothing listens at {ward.host}:{port} ({type(error).__name__}).", UP)]
    writer.close()
    return [fine(f"{ward.host}:{port} is open ({found[0][4][0]})")]


async def check_key(ward: Ward) -> list[Finding]:
    try:
        async with aiohttp.ClientSession() as session:
            skew = await _skew_s(session, ward)
            status, words = await _list_rooms(session, ward)
    except (aiohttp.ClientError, OSError) as error:
        return [wrong(f"LiveKit's server at {ward.settings.livekit_url} does not answer ({type(error).__name__}).", UP)]
    clock = _about_the_clock(skew)
    if status in REFUSALS and abs(skew) <= MOST_SKEW_S:
        said = f"LiveKit's server refuses the key {ward.settings.livekit_api_key!r} or its secret ({words})."
        return [clock, wrong(said, "correct LIVEKIT_API_KEY and LIVEKIT_API_SECRET")]
    if status in REFUSALS:
        return [clock]
    if status != 200:
        said = f"LiveKit's server takes the key but fails ({status}: {words}): it may have lost its Redis."
        return [clock, wrong(said, "start Redis, and look into LiveKit's log")]
    return [clock, fine(f"LiveKit's server takes the key {ward.settings.livekit_api_key!r}")]


async def _skew_s(session: aiohttp.ClientSession, ward: Ward) -> float:
    """How far this machine's clock is ahead of the server's."""
    async with session.get(ward.settings.livekit_http_url) as answer:
        told = answer.headers.get("Date")
    return (ward.clock() - parsedate_to_datetime(told)).total_seconds() if told else 0.0


async def _list_rooms(session: aiohttp.ClientSession, ward: Ward) -> tuple[int, str]:
    url = f"{ward.settings.livekit_http_url}/twirp/livekit.RoomService/ListRooms"
    headers = {"Authorization": f"Bearer {_token(ward.settings, ward.clock())}"}
    async with session.post(url, json={}, headers=headers) as answer:
        return answer.status, _message_in(await answer.text())


def _message_in(body: str) -> str:
    return body.partition('"msg":"')[2].partition('"')[0] or body.strip()[:80]


def _token(settings: Settings, now: datetime) -> str:
    """Made here and not by the SDK, so that it is as old as the clock that is examined."""
    claims = {"iss": settings.livekit_api_key, "sub": "doctor", "nbf": now, "exp": now + TOKEN_LIFE,
              "video": {"roomList": True}}  # fmt: skip
    return jwt.encode(claims, settings.livekit_api_secret, algorithm="HS256")


def _about_the_clock(skew: float) -> Finding:
    where = "ahead of" if skew > 0 else "behind"
    said = f"This machine's clock is {abs(skew):.0f} s {where} the server's"
    if abs(skew) > MOST_SKEW_S:
        return wrong(f"{said}: tokens that it makes are refused.", SET_THE_CLOCK)
    if abs(skew) > ODD_SKEW_S:
        return odd(f"{said}.", SET_THE_CLOCK)
    return fine("the clock agrees with the server's")
