"""What the agent says in a telephone call, in writing, for a rehearsal's witness and for nobody else in the room."""

from __future__ import annotations

import asyncio
import logging

from livekit import rtc
from livekit.agents.voice.io import TextOutput
from livekit.rtc.data_stream import StreamError

logger = logging.getLogger(__name__)

WITNESS = "witness"
"""No page has this identity: the server that makes the tokens chooses theirs."""
TOPIC = "lk.transcription"


class ForTheWitness(TextOutput):
    """LiveKit's own transcript goes to everybody in the room, second screens among them."""

    def __init__(self, room: rtc.Room) -> None:
        super().__init__(label="witness", next_in_chain=None)
        self._room = room
        self._words: list[str] = []
        self._sending: set[asyncio.Task[None]] = set()

    async def capture_text(self, text: str) -> None:
        self._words.append(text)

    def flush(self) -> None:
        said, self._words = "".join(self._words), []
        if said.strip() and self._room.isconnected():
            task = asyncio.create_task(self._send(said))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _send(self, said: str) -> None:
        try:
            await self._room.local_participant.send_text(said, destination_identities=[WITNESS], topic=TOPIC)
        except (RuntimeError, StreamError, rtc.ConnectError) as error:
            logger.info("what was said could not be written down", extra={"error": type(error).__name__})
