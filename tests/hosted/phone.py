"""A caller's telephone without a network: speech goes in in real time, and when what is heard is taken down."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from livekit import rtc
from livekit.agents import io

from tests.voice.telephone import frames, silence, spoken


class Microphone(io.AudioInput):
    """Silence, until something is said."""

    def __init__(self) -> None:
        super().__init__(label="microphone")
        self._waiting: asyncio.Queue[rtc.AudioFrame] = asyncio.Queue()
        self._quiet = frames(silence(0.05))[0]
        self._next = 0.0

    async def say(self, text: str) -> float:
        """When the last word ended."""
        for frame in frames(spoken(text)):
            self._waiting.put_nowait(frame)
        while not self._waiting.empty():
            await asyncio.sleep(0.02)
        return time.monotonic()

    async def __anext__(self) -> rtc.AudioFrame:
        now = time.monotonic()
        self._next = max(self._next + 0.05, now - 0.5)
        await asyncio.sleep(max(self._next - now, 0))
        return self._waiting.get_nowait() if not self._waiting.empty() else self._quiet


@dataclass
class Sound:
    begins: float
    ends: float


class Earpiece(io.AudioOutput):
    """Plays in real time; `heard` is when something was audible."""

    def __init__(self) -> None:
        super().__init__(label="earpiece", capabilities=io.AudioOutputCapabilities(pause=False))
        self.heard: list[Sound] = []
        self._is_playing = False
        self._began = 0.0
        self._ending: asyncio.TimerHandle | None = None

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)
        now = time.monotonic()
        if not self._is_playing:
            self._is_playing, self._began = True, now
            self.heard.append(Sound(now, now))
            self.on_playback_started(created_at=time.time())
        elif now > self.heard[-1].ends + 0.05:
            self.heard.append(Sound(now, now))
        self.heard[-1].ends += frame.duration

    def flush(self) -> None:
        super().flush()
        if self._is_playing:
            wait = max(self.heard[-1].ends - time.monotonic(), 0)
            self._ending = asyncio.get_running_loop().call_later(wait, self._end, False)

    def clear_buffer(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        if self._is_playing:
            self.heard[-1].ends = min(self.heard[-1].ends, time.monotonic())
        self._end(True)

    def _end(self, interrupted: bool) -> None:
        if self._is_playing:
            self._is_playing = False
            self.on_playback_finished(playback_position=time.monotonic() - self._began, interrupted=interrupted)

    def silence_after(self, moment: float) -> float:
        """From there to the next sound."""
        return min((max(sound.begins - moment, 0) for sound in self.heard if sound.ends > moment), default=99.0)

    async def until_answered(self, moment: float) -> None:
        """Something was heard after that, and it has ended."""
        async with asyncio.timeout(15):
            while not any(sound.ends > moment for sound in self.heard):
                await asyncio.sleep(0.05)
        await self.until_quiet()

    async def until_quiet(self, seconds: float = 0.8) -> None:
        async with asyncio.timeout(30):
            while self._is_playing or not self.heard or time.monotonic() < self.heard[-1].ends + seconds:
                await asyncio.sleep(0.05)
