"""The call that says that an order is ready: to a person, who may press keys, or once to a machine after its beep."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Protocol

from livekit.agents import APIError, tts

from phone_agent.outbound.answering import SILENT_ANSWER_S, Heard
from phone_agent.store.ready_calls import Rung

logger = logging.getLogger(__name__)

GONE, SAID, STILL = "gone", "said", "still"
LONGEST_S = 150.0
"""However many keys are pressed."""


@dataclass(frozen=True)
class Patience:
    without_sound_s: float = SILENT_ANSWER_S + 2.0
    """A line that carries nothing at all: whoever is there is spoken to."""
    machine_s: float = 60.0
    """No greeting is longer; then nothing takes a message down."""
    key_s: float = 6.0
    """For a key, after the last word."""


@dataclass(frozen=True)
class Words:
    news: str
    keys: str
    way: str
    goodbye: str
    message: str
    """For a machine."""


class Mouth(Protocol):
    async def say(self, voice: tts.TTS[Any], words: str) -> None:
        """Returns when the last word was heard; nothing more is heard of it when it is cancelled."""


class ReadyTalk:
    def __init__(self, mouth: Mouth, voice: tts.TTS[Any], words: Words, patience: Patience = Patience()) -> None:
        self._patience = patience
        self._mouth = mouth
        self._voice = voice
        self._words = words
        self._events: asyncio.Queue[Heard | str] = asyncio.Queue()
        self._saying: asyncio.Task[None] | None = None
        self._last_said = ""
        self._is_person = False
        """For certain: a key was pressed."""
        self._judged: Heard | None = None

    def note(self, event: Heard | str) -> None:
        """A key, what was heard, or GONE."""
        self._events.put_nowait(event)

    async def hold(self) -> Rung:
        """Until the goodbye, the end of the message or the hang-up."""
        try:
            async with asyncio.timeout(LONGEST_S):
                while True:
                    outcome = await self._go_on(await self._next())
                    if outcome is not None:
                        return outcome
        except TimeoutError:
            return self._cut_off()
        finally:
            await self._stop()

    async def _next(self) -> Heard | str:
        try:
            async with asyncio.timeout(self._longest_wait()):
                return await self._events.get()
        except TimeoutError:
            return STILL

    def _longest_wait(self) -> float | None:
        if self._saying is not None:
            return None
        if self._judged is Heard.MACHINE:
            return self._patience.machine_s
        return self._patience.key_s if self._judged else self._patience.without_sound_s

    async def _go_on(self, event: Heard | str) -> Rung | None:
        """What comes of it; None: the call goes on."""
        if event == GONE:
            return self._cut_off()
        if isinstance(event, Heard):
            await self._judge(event)
        elif event == SAID:
            return self._said()
        elif event == STILL:
            return await self._wait_no_longer()
        else:
            await self._press(event)
        return None

    def _said(self) -> Rung | None:
        """What was cut short meanwhile counts no more."""
        if self._saying is None or not self._saying.done():
            return None
        self._saying = None
        return Rung.VOICEMAIL if self._judged is Heard.RECORDING else None

    async def _judge(self, heard: Heard) -> None:
        """Who presses keys is a person, whatever there is to be heard."""
        if self._is_person:
            return
        self._judged = heard
        if heard is Heard.PERSON:
            await self._say(f"{self._words.news} {self._words.keys}")
        elif heard is Heard.MACHINE:
            await self._stop()
        else:
            await self._say(self._words.message)

    async def _press(self, key: str) -> None:
        self._is_person, self._judged = True, Heard.PERSON
        if key == "2":
            await self._say(f"{self._words.way} {self._words.keys}")
        elif key == "*" and self._last_said:
            await self._say(self._last_said)
        else:
            await self._say(f"{self._words.news} {self._words.keys}")

    async def _wait_no_longer(self) -> Rung | None:
        if self._judged is None:
            await self._judge(Heard.PERSON)
            return None
        if self._judged is Heard.PERSON:
            await self._say(self._words.goodbye)
            await self._finish()
        return self._cut_off()

    def _cut_off(self) -> Rung:
        """A person who hangs up has answered; a machine has no message before its last word."""
        return Rung.ANSWERED if self._judged in (None, Heard.PERSON) else Rung.NO_MESSAGE

    async def _say(self, words: str) -> None:
        await self._stop()
        self._last_said = words
        self._saying = asyncio.create_task(self._speak(words))

    async def _speak(self, words: str) -> None:
        """A voice that fails leaves the keys, and the goodbye."""
        try:
            await self._mouth.say(self._voice, words)
        except APIError as error:
            logger.warning("the caller could not be spoken to", extra={"error": type(error).__name__})
        self.note(SAID)

    async def _finish(self) -> None:
        if self._saying is not None:
            await self._saying

    async def _stop(self) -> None:
        saying, self._saying = self._saying, None
        if saying is not None:
            saying.cancel()
            await asyncio.gather(saying, return_exceptions=True)
