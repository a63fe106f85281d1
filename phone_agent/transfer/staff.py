"""One person of the restaurant who is rung into the caller's room, asked for a key, and told who calls."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from livekit import api, rtc
from livekit.agents import APIError, tts

from phone_agent.order_pad.desk import Outcome
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.transfer.dialling import Leg, dial
from phone_agent.transfer.sound import Sound

logger = logging.getLogger(__name__)

ANSWERS: dict[str, Outcome] = {"1": Outcome.ACCEPTED, "2": Outcome.DECLINED}
GONE = "gone"
BETWEEN_QUESTIONS_SECONDS = 1.5


@dataclass(frozen=True)
class Patience:
    ringing_seconds: int
    key_seconds: float = 16.0
    """The question twice, and time to find the key."""


class Staff:
    def __init__(self, room: rtc.Room, livekit: api.LiveKitAPI, identity: str, patience: Patience) -> None:
        self._room = room
        self._livekit = livekit
        self.identity = identity
        self._patience = patience
        self._keys: asyncio.Queue[str] = asyncio.Queue()

    @contextmanager
    def at_the_phone(self) -> Iterator[None]:
        """Keys and hang-up are heard from before the first ring."""
        self._room.on("sip_dtmf_received", self._on_digit)
        self._room.on("participant_disconnected", self._on_left)
        try:
            yield
        finally:
            self._room.off("sip_dtmf_received", self._on_digit)
            self._room.off("participant_disconnected", self._on_left)

    async def dial(self, number: str, trunk: str) -> Outcome | None:
        """None: answered."""
        leg = Leg(self._room.name, self.identity, "staff", number, self._patience.ringing_seconds)
        return await dial(self._livekit, trunk, leg)

    async def settle(self, voice: tts.TTS[Any], sound: Sound, briefing: str) -> Outcome:
        """After the answer: a key is asked for again and again, and who has accepted hears who calls."""
        asking = asyncio.create_task(_ask(voice, sound))
        try:
            async with asyncio.timeout(self._patience.key_seconds):
                answer = await self._answer()
        except TimeoutError:
            return Outcome.VOICEMAIL
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        return await self._brief(voice, sound, briefing) if answer is Outcome.ACCEPTED else answer

    async def hang_up(self) -> None:
        request = api.RoomParticipantIdentity(room=self._room.name, identity=self.identity)
        try:
            await self._livekit.room.remove_participant(request)
        except api.ServerError as error:
            if error.code != api.ServerErrorCode.NOT_FOUND:
                _noted(Outcome.REFUSED, error)
        except (aiohttp.ClientError, TimeoutError) as error:
            _noted(Outcome.REFUSED, error)

    async def _answer(self) -> Outcome:
        while True:
            key = await self._keys.get()
            if key == GONE:
                return Outcome.HUNG_UP
            if key in ANSWERS:
                return ANSWERS[key]

    async def _brief(self, voice: tts.TTS[Any], sound: Sound, briefing: str) -> Outcome:
        """Any key cuts it short."""
        speaking = asyncio.create_task(_say(voice, sound, briefing))
        key = asyncio.create_task(self._keys.get())
        try:
            await asyncio.wait((speaking, key), return_when=asyncio.FIRST_COMPLETED)
            is_gone = key.done() and key.result() == GONE
            return Outcome.HUNG_UP if is_gone else Outcome.ACCEPTED
        finally:
            for task in (speaking, key):
                task.cancel()
            await asyncio.gather(speaking, key, return_exceptions=True)

    def _on_digit(self, event: rtc.SipDTMF) -> None:
        if event.participant is not None and event.participant.identity == self.identity:
            self._keys.put_nowait(event.digit)

    def _on_left(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity == self.identity:
            self._keys.put_nowait(GONE)


async def _ask(voice: tts.TTS[Any], sound: Sound) -> None:
    while True:
        await _say(voice, sound, PersonSentence.STAFF_ASKED.words())
        await asyncio.sleep(BETWEEN_QUESTIONS_SECONDS)


async def _say(voice: tts.TTS[Any], sound: Sound, words: str) -> None:
    """A voice that fails leaves staff without the words, and the keys still count."""
    try:
        await sound.say(voice, words)
    except APIError as error:
        logger.warning("staff could not be spoken to", extra={"error": type(error).__name__})


def _noted(outcome: Outcome, error: Exception) -> Outcome:
    logger.warning("staff were not reached", extra={"outcome": str(outcome), "error": str(error)})
    return outcome
