"""The beep of an answering machine: one steady pitch, found by Goertzel's measure at many pitches at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

RATE = 8000
PIECE = 160
"""Samples of 20 ms."""
WINDOW = 2 * PIECE
PITCHES = np.arange(380.0, 2200.0, 12.5)
"""Hz: a beep is never further from one of them than a quarter of what the window tells apart."""
WAVES = np.exp(-2j * np.pi * np.outer(np.arange(WINDOW) / RATE, PITCHES))
PURE = 0.8
"""The part of the sound's energy that is at one pitch; two tones of a key have half each."""
SAME_PITCH_HZ = 25.0
STEADY = 1.5
"""The loudest piece of a beep may be so many times as loud as its quietest one."""
QUIETEST = 250.0
SHORTEST_PIECES = 9
"""180 ms: no sound of speech holds its pitch and its loudness for that long."""

LOST_PIECES = 2
"""One packet that was lost takes the pitch from so many windows."""

Samples = npt.NDArray[np.float64]


class Beep:
    def __init__(self) -> None:
        self._before: Samples = np.zeros(PIECE)
        self._pitch = 0.0
        self._levels: list[float] = []
        self._lost = 0

    def hear(self, piece: Samples) -> bool:
        """Whether it beeps, and has for long enough."""
        window = np.concatenate((self._before, piece))
        self._before = piece
        pitch, level = pure_pitch(window)
        if not pitch:
            self._lost += 1
            self._levels = self._levels if self._lost <= LOST_PIECES else []
            return False
        goes_on = abs(pitch - self._pitch) <= SAME_PITCH_HZ
        self._pitch, self._lost = pitch, 0
        self._levels = [*(self._levels if goes_on else ()), level]
        if max(self._levels) > STEADY * min(self._levels):
            self._levels = [level]
        return len(self._levels) >= SHORTEST_PIECES


def pure_pitch(window: Samples) -> tuple[float, float]:
    """The pitch, 0 where the sound has not only one; and how loud it is."""
    energy = float(window @ window)
    level = float(np.sqrt(energy / len(window)))
    if level < QUIETEST:
        return 0.0, level
    at = np.abs(window @ WAVES) ** 2 * 2 / (len(window) * energy)
    best = int(at.argmax())
    return (float(PITCHES[best]) if at[best] >= PURE else 0.0), level
