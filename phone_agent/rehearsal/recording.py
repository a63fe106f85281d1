"""What the phone sent and heard, read while the call runs and placed on one clock."""

import asyncio
import os
import time
from bisect import bisect_right
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from phone_agent.rehearsal.sound import PIECE_BYTES, PIECE_S, PIECE_SAMPLES, RATE, Samples, as_samples, write_wav

WAV_HEADER_BYTES = 44
POLL_S = 0.01
PATIENCE_S = 5.0
CATCH_UP_PIECES = 25
WOBBLE_S = 0.02


class NoSoundError(Exception):
    """The softphone records nothing."""


@dataclass(frozen=True)
class Piece:
    """20 ms of sound; `at` is when its first sample left the mouth or reached the ear, on time.monotonic()."""

    at: float
    pcm: bytes


class Track:
    """One direction of a call.

    baresip appends 20 ms at a time to a file. The time of a piece is the file's time of writing, not the time of
    reading, so that a busy event loop does not spoil the clock.
    """

    def __init__(self, file: BinaryIO, *, is_mouth: bool) -> None:
        self.pcm = bytearray()
        self._file = file
        self._file.seek(WAV_HEADER_BYTES)
        self._rest = b""
        self._times: list[float] = []
        # A live mouth speaks a packet before it is sent; an ear hears it after it came.
        self._lead = PIECE_S if is_mouth else 0.0

    @property
    def samples(self) -> int:
        return len(self.pcm) // 2

    def read(self) -> list[Piece]:
        written = os.fstat(self._file.fileno()).st_mtime_ns / 1e9 + time.monotonic() - time.time()
        data = self._rest + self._file.read()
        whole = len(data) - len(data) % PIECE_BYTES
        self._rest = data[whole:]
        pcms = [data[start : start + PIECE_BYTES] for start in range(0, whole, PIECE_BYTES)]
        pieces = [self._piece(pcm, written - (len(pcms) - 1 - n) * PIECE_S) for n, pcm in enumerate(pcms)]
        self.pcm += data[:whole]
        return pieces

    def _piece(self, pcm: bytes, written: float) -> Piece:
        at = max(written - self._lead, self._times[-1] if self._times else 0.0)
        self._times.append(at)
        return Piece(at, pcm)

    def time_of(self, sample: int) -> float:
        piece = min(sample // PIECE_SAMPLES, len(self._times) - 1)
        return self._times[piece] + (sample - piece * PIECE_SAMPLES) / RATE

    def sample_at(self, moment: float) -> int:
        """The first sample that is not earlier than this moment."""
        piece = bisect_right(self._times, moment) - 1
        if piece < 0:
            return 0
        within = min(PIECE_SAMPLES, max(0, round((moment - self._times[piece]) * RATE)))
        return piece * PIECE_SAMPLES + within

    def placed(self, start: float) -> Samples:
        """The whole track on a time line that begins at `start`; a late burst is played in time, a gap is silence."""
        if not self._times:
            return np.zeros(0, dtype=np.int16)
        places = self._places(start)
        line = np.zeros(places[-1] + PIECE_SAMPLES, dtype=np.int16)
        for n, place in enumerate(places):
            if place >= 0:
                line[place : place + PIECE_SAMPLES] = as_samples(self.pcm)[n * PIECE_SAMPLES : (n + 1) * PIECE_SAMPLES]
        return line

    def _places(self, start: float) -> list[int]:
        regular = np.arange(len(self._times)) * PIECE_S
        lateness = np.array(self._times) - regular
        shift = lateness[0]
        places = []
        for n, due in enumerate(regular):
            steady = lateness[n : n + CATCH_UP_PIECES].min()
            shift = steady if abs(steady - shift) > WOBBLE_S else shift
            places.append(round((due + shift - start) * RATE))
        return places

    def close(self) -> None:
        self._file.close()


class Recording:
    def __init__(self, sent: Track, heard: Track) -> None:
        self.sent = sent
        self.heard = heard
        self._listeners: list[asyncio.Queue[Piece | None]] = []
        self._grown = asyncio.Event()
        self._task = asyncio.create_task(self._follow())
        self._is_over = False

    @classmethod
    async def open(cls, home: Path) -> "Recording":
        sent, heard = [await _wait_for(home, f"dump-*-{half}.wav") for half in ("enc", "dec")]
        return cls(Track(sent, is_mouth=True), Track(heard, is_mouth=False))

    async def pieces(self) -> AsyncIterator[Piece]:
        """What is heard from now on, as it comes, until the call is over."""
        queue: asyncio.Queue[Piece | None] = asyncio.Queue()
        self._listeners.append(queue)
        if self._is_over:
            queue.put_nowait(None)
        try:
            while (piece := await queue.get()) is not None:
                yield piece
        finally:
            self._listeners.remove(queue)

    def read(self) -> None:
        heard = self.heard.read()
        for piece in heard:
            for queue in self._listeners:
                queue.put_nowait(piece)
        if self.sent.read() or heard:
            self._grown.set()

    async def grown(self) -> None:
        """Waits until more has been sent or heard."""
        self._grown.clear()
        await self._grown.wait()

    def wake(self) -> None:
        self._grown.set()

    def save(self, path: Path) -> None:
        """One stereo WAV: the caller is left, the agent right."""
        start = min(track.time_of(0) for track in (self.sent, self.heard) if track.samples)
        left, right = self.sent.placed(start), self.heard.placed(start)
        both = np.zeros((max(len(left), len(right)), 2), dtype="<i2")
        both[: len(left), 0] = left
        both[: len(right), 1] = right
        write_wav(path, both.tobytes(), channels=2)

    async def close(self) -> None:
        """Reads what is left and ends the listeners; the sound stays."""
        if self._is_over:
            return
        self._is_over = True
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self.read()
        for queue in self._listeners:
            queue.put_nowait(None)
        self._grown.set()
        self.sent.close()
        self.heard.close()

    async def _follow(self) -> None:
        while True:
            self.read()
            await asyncio.sleep(POLL_S)


async def _wait_for(home: Path, pattern: str) -> BinaryIO:
    for _ in range(round(PATIENCE_S / POLL_S)):
        if file := _open_first(home, pattern):
            return file
        await asyncio.sleep(POLL_S)
    raise NoSoundError(f"the softphone made no {pattern} in {home}")


def _open_first(home: Path, pattern: str) -> BinaryIO | None:
    return next((path.open("rb", buffering=0) for path in home.glob(pattern)), None)
