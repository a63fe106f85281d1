"""A silent witness in the call's room: takes down what the agent's own transcript says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import Self

from livekit import api, rtc
from livekit.protocol.models import ParticipantInfo

from phone_agent.phone_line.read_along import TOPIC, WITNESS

LOOKING_SECONDS = 0.2
ON_EVERY_ROOMS_END = "closed unexpectedly"
"""The SDK calls it an error when a room is deleted under it, which is how every call ends."""
TOKEN_LIFE = timedelta(hours=1)


def _is_news(record: logging.LogRecord) -> bool:
    return ON_EVERY_ROOMS_END not in record.getMessage()


class Witness:
    """Hidden, mute and deaf: it only reads."""

    def __init__(self, url: str, key: str, secret: str, on_said: Callable[[str], None]) -> None:
        self._url, self._key, self._secret = url, key, secret
        self._on_said = on_said
        self._room = rtc.Room()
        logging.getLogger("livekit").addFilter(_is_news)
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._room.disconnect()

    def watch_for(self, caller_number: str | None) -> None:
        """Joins the room of this caller as soon as there is one."""
        self._own(asyncio.create_task(self._join(caller_number)))

    async def _join(self, caller_number: str | None) -> None:
        async with api.LiveKitAPI(self._url, self._key, self._secret) as livekit:
            room = await self._room_of(livekit, caller_number)
        grants = api.VideoGrants(room_join=True, room=room, hidden=True, can_publish=False, can_publish_data=False)
        token = api.AccessToken(self._key, self._secret).with_identity(WITNESS).with_grants(grants)
        self._room.register_text_stream_handler(TOPIC, self._on_stream)
        await self._room.connect(self._url, token.with_ttl(TOKEN_LIFE).to_jwt(), rtc.RoomOptions(auto_subscribe=False))

    async def _room_of(self, livekit: api.LiveKitAPI, caller_number: str | None) -> str:
        while True:
            for room in (await livekit.room.list_rooms(api.ListRoomsRequest())).rooms:
                with suppress(api.TwirpError):
                    people = await livekit.room.list_participants(api.ListParticipantsRequest(room=room.name))
                    if any(_is_caller(person, caller_number) for person in people.participants):
                        return str(room.name)
            await asyncio.sleep(LOOKING_SECONDS)

    def _on_stream(self, reader: rtc.TextStreamReader, identity: str) -> None:
        self._own(asyncio.create_task(self._read(reader, identity)))

    async def _read(self, reader: rtc.TextStreamReader, identity: str) -> None:
        text = await reader.read_all()
        speaker = self._room.remote_participants.get(identity)
        if speaker is not None and speaker.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT and text.strip():
            self._on_said(text.strip())

    def _own(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _is_caller(person: ParticipantInfo, number: str | None) -> bool:
    return bool(person.kind == ParticipantInfo.Kind.SIP and person.attributes.get("sip.phoneNumber") == number)
