"""The call's transcript: both sides, written in the background and in order."""

from __future__ import annotations

import asyncio
import logging

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.store.protocol import Store
from phone_agent.store.records import TranscriptLine

logger = logging.getLogger(__name__)


class Transcript:
    def __init__(self, store: Store, call_id: str) -> None:
        self._store = store
        self._call_id = call_id
        self._unwritten: list[TranscriptLine] = []
        self._writing: asyncio.Task[None] | None = None

    def add(self, line: TranscriptLine) -> None:
        self._unwritten.append(line)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def finish(self) -> None:
        if self._writing is not None:
            await self._writing
        await self._write()

    async def _write(self) -> None:
        while self._unwritten:
            lines = tuple(self._unwritten)
            try:
                await self._store.add_transcript(self._call_id, lines)
            except StoreUnavailable:
                logger.warning("the transcript could not be written; it is tried again with the next line")
                return
            del self._unwritten[: len(lines)]
