"""People of the restaurant for the tests: a phone that is registered nowhere, and tones that tell who is heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from phone_agent.rehearsal.baresip import SILENCE_S, Baresip, Event, Identity
from phone_agent.rehearsal.softphone import RTP_PORTS, Softphone
from phone_agent.rehearsal.sound import RATE, as_samples, write_wav

STAFF_TONE, CALLER_TONE = 2600, 3100
"""Hz; far above every note of the music and most of speech."""
LOUD = 8000
Sound = npt.NDArray[np.float64]
Habit = Literal["lets it ring", "is busy", "answers and says nothing", "answers and presses 2"]
BEFORE_KEY_SECONDS = 1.0


def tone(pitch: int, seconds: float) -> bytes:
    at = np.arange(int(seconds * RATE)) / RATE
    return (LOUD * np.sin(2 * np.pi * pitch * at)).astype(np.int16).tobytes()


def loudness_of(pitch: int, pcm: bytes) -> float:
    """The loudest 100 ms of that tone, in the tone's own amplitude."""
    return float(_by_tenths(pitch, pcm).max(initial=0.0))


def seconds_of(pitch: int, pcm: bytes, louder_than: float) -> float:
    """How long that tone is heard, in steps of 0.1 s."""
    return 0.1 * int((_by_tenths(pitch, pcm) > louder_than).sum())


def _by_tenths(pitch: int, pcm: bytes) -> Sound:
    sound = as_samples(pcm).astype(float)
    piece = RATE // 10
    pieces = sound[: len(sound) // piece * piece].reshape(-1, piece)
    wave = np.exp(-2j * np.pi * pitch * np.arange(piece) / RATE) * np.hanning(piece)
    return np.asarray(np.abs(pieces @ wave) * 2 / np.hanning(piece).sum(), dtype=np.float64)


def likeness(one: bytes, other: bytes) -> float:
    """How much of one sound is in the other, at any delay: 1 is the same, 0 nothing."""
    a, b = (as_samples(pcm).astype(float) for pcm in (one, other))
    size = len(a) + len(b)
    matched = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)
    return float(np.abs(matched).max() / np.sqrt((a @ a) * (b @ b)))


def speak_from_the_first_packet(phone: Softphone, pitch: int) -> None:
    """The tone takes the place of the silence that a phone sends by itself."""
    write_wav(phone.home / "silence.wav", tone(pitch, SILENCE_S))


def heard_between(phone: Softphone, start: float, end: float) -> bytes:
    """On time.monotonic()."""
    phone.recording.read()
    track = phone.recording.heard
    return bytes(track.pcm[2 * track.sample_at(start) : 2 * track.sample_at(end)])


class Unwilling:
    """A phone where nobody takes a caller, in one way after another."""

    def __init__(self, habits: Sequence[Habit]) -> None:
        self.called: list[str] = []
        """Who called, once per call."""
        self.closed = asyncio.Event()
        """No call rings here any more."""
        self._habits = list(habits)
        self._phone: Baresip | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def open(
        cls, port: int, home: Path, numbers: Sequence[str], habits: Sequence[Habit]
    ) -> AsyncIterator[Unwilling]:
        staff = cls(habits)
        staff._phone = await Baresip.open(
            home, Identity(numbers[0], also=tuple(numbers[1:])), port, RTP_PORTS, staff._on_event
        )
        try:
            yield staff
        finally:
            await staff._phone.close()

    def _on_event(self, event: Event) -> None:
        if event["type"] == "CALL_CLOSED":
            self.closed.set()
        if event["type"] != "CALL_INCOMING" or self._phone is None:
            return
        self.closed.clear()
        self.called.append(event.get("peeruri", ""))
        self._tasks.add(asyncio.create_task(self._behave(self._phone, self._habits.pop(0))))

    async def _behave(self, phone: Baresip, habit: Habit) -> None:
        if habit == "is busy":
            await phone.command("hangup")
        elif habit != "lets it ring":
            await phone.command("accept")
        if habit == "answers and presses 2":
            await asyncio.sleep(BEFORE_KEY_SECONDS)
            await phone.command("sndcode", "2")

    async def until_over(self, calls: int, seconds: float) -> None:
        """So many calls came, and the last of them is over."""
        async with asyncio.timeout(seconds):
            await self.until_called(calls)
            await self.closed.wait()

    async def until_called(self, times: int) -> None:
        async with asyncio.timeout(30):
            while len(self.called) < times:
                await asyncio.sleep(0.02)
