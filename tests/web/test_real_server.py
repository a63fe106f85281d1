"""Tokens at the real livekit-server, whose events reach the web server that runs beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import psutil
import pytest
from livekit import api, rtc
from livekit.rtc.participant import PublishTrackError

from phone_agent.callers.page_visit import PageVisit
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack, running
from phone_agent.stack.configs import new_secret
from phone_agent.web.tokens import Ticket, caller_ticket, screen_ticket
from tests.web.conftest import claims_of

pytestmark = [pytest.mark.stack, pytest.mark.timeout(120)]
REFUSED_WITHIN_S = 3


def settings_of(stack: LocalStack, **other: str) -> Settings:
    return Settings.from_env({**stack.livekit_env, **other})


def ticket_of(stack: LocalStack, **other: str) -> Ticket:
    return caller_ticket(settings_of(stack, **other), PageVisit(name="Ana"))


@asynccontextmanager
async def joined(stack: LocalStack, token: str) -> AsyncIterator[rtc.Room]:
    room = rtc.Room()
    await room.connect(stack.livekit_url, token)
    try:
        yield room
    finally:
        await room.disconnect()


async def metrics_of(stack: LocalStack) -> str:
    async with httpx.AsyncClient(base_url=str(stack.web_url)) as client:
        return (await client.get("/metrics")).text


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.02)


async def is_published(room: rtc.Room, track: rtc.LocalTrack, source: rtc.TrackSource.ValueType) -> bool:
    """The server does not answer what it does not allow."""
    try:
        async with asyncio.timeout(REFUSED_WITHIN_S):
            await room.local_participant.publish_track(track, rtc.TrackPublishOptions(source=source))
    except (TimeoutError, PublishTrackError):
        return False
    return True


def sound() -> rtc.LocalAudioTrack:
    return rtc.LocalAudioTrack.create_audio_track("sound", rtc.AudioSource(48_000, 1))


async def test_a_page_joins_its_room_with_the_agent_sent_for(served: LocalStack) -> None:
    async with httpx.AsyncClient(base_url=str(served.web_url)) as client:
        given = (await client.post("/token", json={"participant_name": "Ana"})).json()
    async with (
        joined(served, given["token"]),
        api.LiveKitAPI(served.livekit_url, served.api_key, served.api_secret) as livekit,
    ):
        sent_for = await livekit.agent_dispatch.list_dispatch(given["room_name"])
        (person,) = (
            await livekit.room.list_participants(api.ListParticipantsRequest(room=given["room_name"]))
        ).participants

    assert given["server_url"] == served.livekit_url
    assert [(one.agent_name, one.metadata) for one in sent_for] == [
        ("food-concierge-native", '{"name":"Ana","restaurant":null}')
    ]
    assert (person.identity, person.name) == (claims_of(given["token"], served.api_secret)["sub"], "Ana")


async def test_a_caller_may_speak_and_not_film_nor_say_who_it_is(served: LocalStack) -> None:
    ticket = ticket_of(served)
    film = rtc.LocalVideoTrack.create_video_track("film", rtc.VideoSource(16, 16))
    async with (
        joined(served, ticket.token) as room,
        api.LiveKitAPI(served.livekit_url, served.api_key, served.api_secret) as livekit,
    ):
        speaks = await is_published(room, sound(), rtc.TrackSource.SOURCE_MICROPHONE)
        films = await is_published(room, film, rtc.TrackSource.SOURCE_CAMERA)
        await room.local_participant.set_metadata("a manager")
        (person,) = (await livekit.room.list_participants(api.ListParticipantsRequest(room=ticket.room))).participants

    assert (speaks, films) == (True, False)
    assert person.metadata == ""
    assert [track.source for track in person.tracks] == [api.TrackSource.MICROPHONE]


async def test_a_screen_reads_and_answers_and_neither_speaks_nor_hears(served: LocalStack) -> None:
    ticket = ticket_of(served)
    beside = screen_ticket(settings_of(served), ticket.room)
    read: list[bytes] = []

    async def answer(question: rtc.RpcInvocationData) -> str:
        return f"yes to {question.payload}"

    async with joined(served, ticket.token) as phone, joined(served, beside.token) as screen:
        screen.on("data_received", lambda packet: read.append(packet.data))

        screen.local_participant.register_rpc_method("ask", answer)
        assert await is_published(phone, sound(), rtc.TrackSource.SOURCE_MICROPHONE)
        await until(lambda: beside.identity in phone.remote_participants)
        await phone.local_participant.publish_data(b"card")
        answered = await phone.local_participant.perform_rpc(
            destination_identity=beside.identity, method="ask", payload="one"
        )
        await until(lambda: bool(read))
        heard = [
            track
            for person in screen.remote_participants.values()
            for track in person.track_publications.values()
            if track.subscribed
        ]
        speaks = await is_published(screen, sound(), rtc.TrackSource.SOURCE_MICROPHONE)

    assert (read, answered) == ([b"card"], "yes to one")
    assert (heard, speaks) == ([], False)


def forged(stack: LocalStack) -> str:
    return ticket_of(stack, LIVEKIT_API_SECRET=new_secret()).token


def expired(stack: LocalStack) -> str:
    room = api.VideoGrants(room_join=True, room="food-ordering_ABC12345")
    token = api.AccessToken(stack.api_key, stack.api_secret).with_identity("customer_a1b2c3d4").with_grants(room)
    return token.with_ttl(timedelta(minutes=-2)).to_jwt()


def changed(stack: LocalStack) -> str:
    """The rights of one token under the signature of another."""
    one, other = ticket_of(stack).token.split("."), ticket_of(stack).token.split(".")
    return ".".join((one[0], one[1], other[2]))


@pytest.mark.parametrize("made", [forged, expired, changed])
async def test_a_token_that_is_not_good_opens_no_room(served: LocalStack, made: Callable[[LocalStack], str]) -> None:
    async with httpx.AsyncClient() as client:
        address = served.livekit_url.replace("ws", "http", 1)
        answers = [
            await client.get(f"{address}/rtc/validate", params={"access_token": token})
            for token in (made(served), ticket_of(served).token)
        ]

    assert [answer.status_code for answer in answers] == [401, 200]


async def test_a_callers_token_opens_no_other_room_and_no_door_of_the_server(served: LocalStack) -> None:
    mine, other = ticket_of(served), ticket_of(served)
    address = served.livekit_url.replace("ws", "http", 1)
    async with (
        joined(served, other.token),
        httpx.AsyncClient(headers={"Authorization": f"Bearer {mine.token}"}) as client,
    ):
        asked = {"room": other.room}
        answers = [
            await client.post(f"{address}/twirp/livekit.RoomService/{method}", json=body)
            for method, body in (
                ("ListRooms", {}),
                ("ListParticipants", asked),
                ("DeleteRoom", asked),
                ("CreateRoom", {"name": "mine"}),
            )
        ]
        async with joined(served, mine.token) as room:
            alone = (room.name, len(room.remote_participants))

    assert [answer.status_code for answer in answers] == [401] * 4
    assert alone == (mine.room, 0)


async def test_the_servers_events_reach_the_web_server(served: LocalStack) -> None:
    async with joined(served, ticket_of(served).token):
        async with asyncio.timeout(5):
            while 'phone_agent_participants_joined_total{kind="standard"}' not in await metrics_of(served):
                await asyncio.sleep(0.05)
    counted = await metrics_of(served)

    assert 'phone_agent_livekit_events_total{event="room_started"}' in counted
    assert 'reason="signature"' not in counted


async def test_the_web_server_is_small_well_and_named_for_programs(served: LocalStack) -> None:
    async with httpx.AsyncClient(base_url=str(served.web_url)) as client:
        health = await client.get("/healthz")
    found = running(served.run_dir)

    assert (health.status_code, health.json()["status"]) == (200, "ok")
    assert found is not None
    assert found.web_url == served.web_url
    assert psutil.Process(served.pids["web"]).memory_info().rss < 160e6
