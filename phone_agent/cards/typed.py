"""What a caller types: a turn of the conversation like any other."""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from collections.abc import Callable

from livekit.agents import AgentSession, room_io

from phone_agent import line
from phone_agent.call import Call

logger = logging.getLogger(__name__)

LONGEST_TEXT = 500
MOST_BYTES = 8_000
MOST_WAITING = 6
"""With the one that is being answered."""
LISTENING_SECONDS = 2.0


class Typed:
    """LiveKit drops text that comes while something is said that no speech cuts; here it waits, and stays in order."""

    def __init__(self, session: line.Session, on_text: Callable[[], None]) -> None:
        self._session = session
        self._on_text = on_text
        self._turn = asyncio.Lock()
        self._waiting = 0

    @property
    def options(self) -> room_io.TextInputOptions:
        return room_io.TextInputOptions(text_input_cb=self._take)

    async def _take(self, _: AgentSession[Call], event: room_io.TextInputEvent) -> None:
        if event.info is not None and (event.info.size or 0) > MOST_BYTES:
            logger.warning("a text that no caller types was dropped")
            return
        await self.take(event.text)

    async def take(self, typed: str) -> None:
        text = clean(typed)
        if not text:
            return
        if self._waiting >= MOST_WAITING:
            logger.warning("a caller types faster than anybody can answer; a text was dropped")
            return
        self._on_text()
        self._waiting += 1
        try:
            async with self._turn:
                await heard_by_anybody(self._session)
                await line.answer(self._session, text)
        finally:
            self._waiting -= 1


async def heard_by_anybody(session: line.Session) -> None:
    """Without a hold on what is waited for: a task that is cancelled while it waits for it cancels it for all."""
    listening = line.listener(session)
    if listening is not None:
        await asyncio.wait([listening])


def clean(text: str) -> str:
    """In one line, without what cannot be seen."""
    seen = (" " if c.isspace() else c for c in text if c.isspace() or not unicodedata.category(c).startswith("C"))
    return " ".join("".join(seen).split())[:LONGEST_TEXT]


class Unheard:
    """LiveKit says nothing before somebody listens: to whoever plays no sound it speaks all the same, for the text."""

    def __init__(self, session: line.Session, seconds: float = LISTENING_SECONDS) -> None:
        self._session = session
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None

    def watch(self) -> None:
        self._task = asyncio.create_task(self._wait())
        self._session.on("close", lambda _: self._stop())

    async def _wait(self) -> None:
        await asyncio.wait([asyncio.create_task(heard_by_anybody(self._session))], timeout=self._seconds)
        listening = line.listener(self._session)
        if listening is not None and not listening.done():
            listening.set_result(None)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
