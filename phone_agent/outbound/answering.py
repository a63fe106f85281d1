"""Who has answered a call: a person who waits to hear something, or a machine that waits for a message.

A person says little and stops; a machine goes on, and then beeps. A first judgement may be taken back: a machine that
paused after its first words goes on over whatever is said to it.
"""

from __future__ import annotations

from collections import deque
from enum import Enum, auto

import numpy as np

from phone_agent.outbound.beep import PIECE, RATE, Beep, Samples

PIECE_S = PIECE / RATE
SILENT_ANSWER_S = 2.2
"""Nobody says anything: a person who waits."""
AFTER_GREETING_S = 0.7
"""Of quiet: whoever spoke has stopped."""
LONGEST_GREETING_S = 3.5
"""No person speaks for that long without a stop when coming to the phone."""
NO_BEEP_S = 3.0
"""A machine that is quiet for so long takes down what is said, beep or none."""
AFTER_BEEP_S = 0.3
QUIETEST_VOICE = 150.0
QUIETEST_OVER_OURS = 700.0
"""While we speak, what comes back of our own voice is no answer."""
OVER_NOISE = 3.0
NOISE_PIECES = 60
"""The quietest of the last 1.2 s is noise: speech always has a gap in so long."""


class Heard(Enum):
    PERSON = auto()
    """Speak now."""
    MACHINE = auto()
    """Say nothing, and wait."""
    RECORDING = auto()
    """It takes down what is said from here on."""


class Answering:
    """Fed with the sound of the line from the answer on, 20 ms at a time."""

    def __init__(self) -> None:
        self._beep = Beep()
        self._levels: deque[float] = deque(maxlen=NOISE_PIECES)
        self._judged: Heard | None = None
        self._heard_s = 0.0
        self._speech_s = 0.0
        """From the first sound of a run of speech to its last one."""
        self._quiet_s = 0.0
        self._has_beeped = False

    def hear(self, piece: Samples) -> Heard | None:
        """What this piece changes; None: nothing."""
        if self._judged is Heard.RECORDING:
            return None
        self._heard_s += PIECE_S
        is_beep = self._beep.hear(piece)
        self._has_beeped = self._has_beeped or is_beep
        self._take(is_loud=self._is_loud(piece), is_beep=is_beep)
        judged = self._judgement()
        if judged is self._judged:
            return None
        self._judged = judged
        return judged

    def _is_loud(self, piece: Samples) -> bool:
        level = float(np.sqrt(piece @ piece / len(piece)))
        self._levels.append(level)
        floor = QUIETEST_OVER_OURS if self._judged is Heard.PERSON else QUIETEST_VOICE
        return level > max(floor, OVER_NOISE * min(self._levels))

    def _take(self, *, is_loud: bool, is_beep: bool) -> None:
        if is_beep:
            self._speech_s = self._quiet_s = 0.0
        elif is_loud:
            is_new = self._quiet_s >= AFTER_GREETING_S or not self._speech_s
            self._speech_s = PIECE_S if is_new else self._speech_s + self._quiet_s + PIECE_S
            self._quiet_s = 0.0
        else:
            self._quiet_s += PIECE_S

    def _judgement(self) -> Heard | None:
        if self._has_beeped:
            return Heard.RECORDING if self._quiet_s >= AFTER_BEEP_S else Heard.MACHINE
        if self._judged is Heard.MACHINE:
            return Heard.RECORDING if self._quiet_s >= NO_BEEP_S else Heard.MACHINE
        if self._speech_s >= LONGEST_GREETING_S:
            return Heard.MACHINE
        if self._judged is None and self._has_stopped():
            return Heard.PERSON
        return self._judged

    def _has_stopped(self) -> bool:
        if self._speech_s:
            return self._quiet_s >= AFTER_GREETING_S
        return self._heard_s >= SILENT_ANSWER_S
