"""When the caller spoke, and what was said while the agent could not be interrupted; no words are lost by that."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

WORDS_COME_WITHIN = 1.5
"""Seconds. What was not transcribed so long after it ended was no speech."""


@dataclass
class CallerVoice:
    """All times are seconds since the epoch."""

    is_speaking: bool = False
    began_at: float | None = None
    """The turn that is not answered yet, as far as it had words or may still get some."""
    held: deque[str] = field(default_factory=deque)
    """Said during a sentence that speech cannot cut; answered after it."""
    was_held: bool = False
    """The newest words were."""
    _last_began_at: float = 0.0
    _last_ended_at: float = 0.0
    _has_words: bool = False

    @property
    def seconds_of_last(self) -> float:
        """How long the newest stretch of voice was; while it lasts, how long it is cannot be told."""
        return max(self._last_ended_at - self._last_began_at, 0.0)

    def start(self, at: float) -> None:
        is_new = not self._has_words and at - self._last_ended_at > WORDS_COME_WITHIN
        if self.began_at is None or is_new:
            self.began_at = at
        self.is_speaking, self._last_began_at = True, at

    def stop(self, at: float) -> None:
        self.is_speaking, self._last_ended_at = False, at

    def take_words(self) -> None:
        self._has_words = True

    def forget(self) -> None:
        """The newest words were no turn, so that the turn begins with what comes next."""
        if not self._has_words:
            self.began_at = self._last_began_at if self.is_speaking else None

    def answer(self) -> float | None:
        """The turn is over; when it began, where there was a voice."""
        began_at, self.began_at, self._has_words = self.began_at, None, False
        return began_at
