"""What a caller hears who waits: a few quiet chords, made here and repeated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import cycle

import numpy as np
from livekit import rtc

RATE = 16_000
FRAME = RATE // 50
NOTE_SECONDS = 0.4
LOUDNESS = 0.06
"""Of full scale, per note: well below speech."""
CHORDS = ((262, 330, 392, 494), (220, 262, 330, 392), (349, 440, 523, 659), (392, 494, 587, 698))
"""C, A minor, F and G with their sevenths, in the middle of a telephone's band."""


def frames() -> Iterator[rtc.AudioFrame]:
    """For ever, in pieces of 20 ms."""
    pieces = [piece.tobytes() for piece in _tune().reshape(-1, FRAME)]
    return (rtc.AudioFrame(piece, RATE, 1, FRAME) for piece in cycle(pieces))


@cache
def _tune() -> np.ndarray:
    """Each chord upwards and down again; a note rings on into the next ones."""
    notes = [pitch for chord in CHORDS for pitch in (*chord, *reversed(chord))]
    step = int(NOTE_SECONDS * RATE)
    ringing = np.arange(3 * step) / RATE
    tune = np.zeros(len(notes) * step)
    for at, pitch in enumerate(notes):
        note = np.sin(2 * np.pi * pitch * ringing) * np.exp(-3.5 * ringing) * np.minimum(1.0, ringing / 0.02)
        places = (at * step + np.arange(len(note))) % len(tune)
        tune[places] += note
    return (tune * LOUDNESS * np.iinfo(np.int16).max).astype(np.int16)
