"""When the phone heard something: speech on the received track, found by its samples."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Protocol

import numpy as np

from phone_agent.rehearsal.recording import Track
from phone_agent.rehearsal.softphone import Spoken
from phone_agent.rehearsal.sound import RATE, loud_samples

LOUD_ENOUGH = 40
"""So many loud samples within SUSTAINED_S are speech; fewer are a click on the line."""
SUSTAINED_S = 0.1
LOOK_S = 0.01


class Heard(Protocol):
    @property
    def heard(self) -> Track: ...


class Line(Protocol):
    """A softphone, or a page in a browser."""

    closed: asyncio.Future[str]

    @property
    def recording(self) -> Heard: ...

    async def play(self, sound: Path | bytes) -> Spoken: ...

    async def hang_up(self) -> float: ...


def first_sound(track: Track, since: float, until: float | None = None) -> float | None:
    """When the first sample above -40 dBFS came after `since`, on the track's clock."""
    start = track.sample_at(since)
    end = track.samples if until is None else min(track.sample_at(until), track.samples)
    loud = loud_samples(track.pcm[2 * start : 2 * end])
    lasting = np.flatnonzero(loud[LOUD_ENOUGH - 1 :] - loud[: 1 - LOUD_ENOUGH] <= SUSTAINED_S * RATE)
    return track.time_of(start + int(loud[lasting[0]])) if len(lasting) else None


def is_quiet(track: Track, seconds: float) -> bool:
    """Nothing loud in the last so many seconds of what has been received."""
    wanted = round(seconds * RATE)
    return track.samples >= wanted and len(loud_samples(track.pcm[-2 * wanted :])) < LOUD_ENOUGH


async def until_sound(phone: Line, since: float, patience_s: float) -> float | None:
    """None where nothing was heard in time, or before the call ended."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline and not phone.closed.done():
        if (heard := first_sound(phone.recording.heard, since)) is not None:
            return heard
        await asyncio.sleep(LOOK_S)
    return None


async def until_quiet(phone: Line, seconds: float, patience_s: float) -> bool:
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline and not phone.closed.done():
        if is_quiet(phone.recording.heard, seconds):
            return True
        await asyncio.sleep(LOOK_S)
    return False
