"""A spoken call with no servers and no recogniser: what the caller's voice does is scripted, the rest is real."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from livekit.agents import ConversationItemAddedEvent, llm

from bench.scripted import (
    END,
    GOES_ON,
    SILENCE_S,
    START,
    VAD_STEP_S,
    Loudspeaker,
    QuietRoom,
    ScriptedSTT,
    ScriptedVAD,
    Tones,
)
from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.line import Session
from phone_agent.ordering.selection import ItemRequest
from phone_agent.phone_line.session import open_session
from phone_agent.voice.offline.pipeline import in_writing
from phone_agent.voice.pipeline import Pipeline
from phone_agent.voice.turn_taking import offline_turn_handling


class SpokenCall:
    """`said`: what the agent has said, each with whether it was cut; `turns`: what it took as the caller's."""

    def __init__(self, call: Call, session: Session, hears: ScriptedSTT, notices: ScriptedVAD, voice: Tones) -> None:
        self.call = call
        self.spoken = voice.spoken
        self.session = session
        self.loudspeaker = Loudspeaker()
        self.said: list[tuple[str, bool]] = []
        self.turns: list[str] = []
        self._stt = hears
        self._vad = notices
        session.output.audio = self.loudspeaker
        session.input.audio = self.room = QuietRoom()
        session.on("conversation_item_added", self._on_item)

    def _on_item(self, event: ConversationItemAddedEvent) -> None:
        item = event.item
        if isinstance(item, llm.ChatMessage) and item.text_content:
            if item.role == "assistant":
                self.said.append((item.text_content.strip(), item.interrupted))
            elif item.role == "user":
                self.turns.append(item.text_content)

    @property
    def times_listened(self) -> int:
        return self._stt.streams

    def hear(self, words: str) -> None:
        """The last words of somebody whose voice has ended."""
        self._stt.hear(words)

    def heard_level(self) -> int:
        return self._stt.level

    async def voice(self, words: str, seconds: float = 0.6, *, words_after: float = 0.05) -> None:
        """The caller speaks for so long; the words, if there are any, come when that is known to be over."""
        self._vad.notice(START, 0.05)
        begun = time.monotonic()
        while (so_far := time.monotonic() - begun) < seconds:
            await asyncio.sleep(VAD_STEP_S)
            self._vad.notice(GOES_ON, so_far)
        if words:
            self._stt.hear(words, is_final=False)
        if words:
            asyncio.get_running_loop().call_later(SILENCE_S + words_after, self._stt.hear, words)
        await asyncio.sleep(SILENCE_S)
        self._vad.notice(END, seconds, SILENCE_S)
        await asyncio.sleep(max(words_after, 0) + 0.01)

    async def until_said(self, beginning: str) -> None:
        await until(lambda: any(words.startswith(beginning) for words, _ in self.said))

    async def until_saying(self, beginning: str) -> None:
        await until(lambda: self.call.last_said.startswith(beginning) and self.session.agent_state == "speaking")

    async def until_quiet(self) -> None:
        quiet_since = time.monotonic()
        async with asyncio.timeout(10):
            while time.monotonic() - quiet_since < 0.6:
                await asyncio.sleep(0.02)
                if self.session.current_speech is not None or self._stt.said.qsize():
                    quiet_since = time.monotonic()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def speaking(call: Call, model: llm.LLM[Any] | None = None) -> AsyncIterator[SpokenCall]:
    """With the greeting behind it."""
    hears, notices, voice = ScriptedSTT(), ScriptedVAD(), Tones()
    pipeline = Pipeline(model or in_writing(call).llm, hears, voice, notices, offline_turn_handling())
    session = open_session(call, pipeline)
    spoken = SpokenCall(call, session, hears, notices, voice)
    await session.start(OrderAgent(call), record=False)
    await spoken.until_quiet()
    spoken.said.clear()
    spoken.spoken.clear()
    try:
        yield spoken
    finally:
        with suppress(RuntimeError):
            await session.aclose()


async def with_a_salad(call: Call) -> None:
    await call.take([ItemRequest("caesar salad")])
