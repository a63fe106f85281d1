"""Who hears whom in a room with a caller and staff: nobody the other, until both want to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import chain, repeat

import aiohttp
from livekit import api, rtc
from livekit.rtc._proto.track_pb2 import ParticipantTrackPermission

logger = logging.getLogger(__name__)

AGAIN_AFTER_SECONDS = (0.05, 0.1, 0.2, 0.4)
THEN_EVERY_SECONDS = 1.0
"""livekit-sip subscribes to every track that it sees, and may do so after it was taken off one."""


class Ears:
    def __init__(self, room: rtc.Room, livekit: api.LiveKitAPI, caller: str, staff: str) -> None:
        self._room = room
        self._livekit = livekit
        self._caller = caller
        self._staff = staff
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def apart(self, only_staff_hear: str) -> AsyncIterator[None]:
        """Neither hears the other, and of the agent's tracks staff hear that one alone, which the caller does not."""
        allow(self._room, {self._caller: self._sids_but(only_staff_hear), self._staff: [only_staff_hear]})
        self._room.on("track_published", self._wake)
        self._room.on("participant_attributes_changed", self._wake)
        keeping = asyncio.create_task(self._keep_apart())
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            self._room.off("track_published", self._wake)
            self._room.off("participant_attributes_changed", self._wake)

    async def together(self) -> None:
        """They hear each other, and nothing of the agent."""
        allow(self._room, {})
        await self._set(hear_each_other=True)

    def _wake(self, *_: object) -> None:
        self._changed.set()

    async def _keep_apart(self) -> None:
        pauses = chain(AGAIN_AFTER_SECONDS, repeat(THEN_EVERY_SECONDS))
        while True:
            self._changed.clear()
            await self._set(hear_each_other=False)
            try:
                async with asyncio.timeout(next(pauses)):
                    await self._changed.wait()
                pauses = chain(AGAIN_AFTER_SECONDS, repeat(THEN_EVERY_SECONDS))
            except TimeoutError:
                pass

    async def _set(self, *, hear_each_other: bool) -> None:
        await asyncio.gather(
            self._subscribe(self._caller, self._staff, hear_each_other),
            self._subscribe(self._staff, self._caller, hear_each_other),
        )

    async def _subscribe(self, ear: str, mouth: str, is_heard: bool) -> None:
        people = self._room.remote_participants
        if ear not in people or mouth not in people:
            return
        request = api.UpdateSubscriptionsRequest(
            room=self._room.name, identity=ear, track_sids=list(people[mouth].track_publications), subscribe=is_heard
        )
        try:
            await self._livekit.room.update_subscriptions(request)
        except (api.ServerError, aiohttp.ClientError, TimeoutError) as error:
            logger.warning("LiveKit does not say who hears whom", extra={"error": str(error)})

    def _sids_but(self, hidden: str) -> list[str]:
        return [sid for sid in self._room.local_participant.track_publications if sid != hidden]


def allow(room: rtc.Room, hearers: dict[str, list[str]]) -> None:
    """Of the agent's tracks each hears these, and whoever is not named hears none."""
    room.local_participant.set_track_subscription_permissions(
        allow_all_participants=False,
        participant_permissions=[
            ParticipantTrackPermission(participant_identity=identity, allowed_track_sids=sids)
            for identity, sids in hearers.items()
        ],
    )


def allow_all(room: rtc.Room) -> None:
    room.local_participant.set_track_subscription_permissions(allow_all_participants=True)
