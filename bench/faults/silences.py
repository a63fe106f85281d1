"""How long the caller hears nothing while it is the agent's turn, from the softphone's recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.hearing import first_sound
from phone_agent.rehearsal.recording import Track
from phone_agent.rehearsal.sound import RATE, loud_samples

BREATH_S = 0.3
"""What lies closer together is one sound."""


@dataclass(frozen=True)
class Owed:
    """The agent's turn: from what the caller did to the caller's next act, or to the end of the call."""

    what: str
    since: float
    until: float


@dataclass(frozen=True)
class Silence:
    what: str
    seconds: float


def silences(track: Track, turns: Sequence[Owed]) -> Iterator[Silence]:
    """Up to the agent's first sound, and wherever it breaks off and then goes on.

    What follows its last sound is the caller's turn. A turn without any sound is silent as a whole.
    """
    for turn in turns:
        first = first_sound(track, turn.since, turn.until)
        if first is None:
            yield Silence(f"{turn.what}: nothing", turn.until - turn.since)
            continue
        yield Silence(f"{turn.what}: first sound", max(first - turn.since, 0.0))
        for ended, began in _pauses(track, first, turn.until):
            yield Silence(f"{turn.what}: between two sounds", began - ended)


def _pauses(track: Track, since: float, until: float) -> Iterator[tuple[float, float]]:
    """From where the sound broke off to where it began again."""
    moment: float | None = since
    while moment is not None:
        start, end = track.sample_at(moment), min(track.sample_at(until), track.samples)
        loud = loud_samples(track.pcm[2 * start : 2 * end])
        gaps = np.flatnonzero(np.diff(loud) > BREATH_S * RATE)
        if not len(gaps):
            return
        ended = track.time_of(start + int(loud[gaps[0]]))
        moment = first_sound(track, ended + BREATH_S, until)
        if moment is not None:
            yield ended, moment
