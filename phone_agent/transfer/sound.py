"""A track of the agent's own, beside that of the conversation: for the music, and for what only staff may hear."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from livekit import rtc
from livekit.agents import tts

QUEUE_MS = 200
"""What is not heard any more once it is stopped should be little."""


class Sound:
    def __init__(self, source: rtc.AudioSource, sid: str) -> None:
        self._source = source
        self.sid = sid

    @classmethod
    @asynccontextmanager
    async def open(cls, room: rtc.Room, name: str, rate: int) -> AsyncIterator[Sound]:
        source = rtc.AudioSource(rate, 1, queue_size_ms=QUEUE_MS)
        track = rtc.LocalAudioTrack.create_audio_track(name, source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE, dtx=False)
        publication = await room.local_participant.publish_track(track, options)
        try:
            yield cls(source, publication.sid)
        finally:
            if room.isconnected():
                await room.local_participant.unpublish_track(publication.sid)
            await source.aclose()

    async def play(self, frames: Iterator[rtc.AudioFrame]) -> None:
        """As fast as it is heard."""
        for frame in frames:
            await self._source.capture_frame(frame)

    async def say(self, voice: tts.TTS[Any], words: str) -> None:
        """Returns when the last word was heard; nothing more is heard of it when it is cancelled."""
        try:
            async with voice.synthesize(words) as speech:
                async for spoken in speech:
                    await self._source.capture_frame(spoken.frame)
            await self._source.wait_for_playout()
        except asyncio.CancelledError:
            self._source.clear_queue()
            raise
