"""When the caller spoke, and what was said while the agent could not be interrupted; no words are lost by that."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

WORDS_COME_WITHIN = 1.5
"""Seconds. What was not transcribed so long after it ended was no speech."""
TURN_ENDS_WITHIN = 1.5
"""Seconds after its last words, where the caller is quiet."""


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
    given: list[str] = field(default_factory=list)
    """Passed on, and not yet taken as a turn."""
    _given_at: float = 0.0
    _was_overtaken: bool = False
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

    def hold(self, words: str) -> None:
        self._has_words = True
        self.held.append(words)

    def give(self, words: str, at: float, *, was_held: bool = False) -> None:
        self._has_words, self.was_held = True, was_held
        self.given.append(words)
        self._given_at = at

    def overtake(self) -> None:
        """A sentence that speech cannot cut began: a turn that ends meanwhile is dropped."""
        self._was_overtaken = bool(self.given)

    def take_back(self, at: float) -> None:
        """What was dropped so is held as if it had come later."""
        if self._was_overtaken and not self.is_speaking and at - self._given_at > TURN_ENDS_WITHIN:
            self.held.extendleft(reversed(self.given))
            self.given, self._was_overtaken = [], False

    def forget(self) -> None:
        """The newest words were no turn, so that the turn begins with what comes next."""
        if not self._has_words:
            self.began_at = self._last_began_at if self.is_speaking else None

    def answer(self) -> float | None:
        """The turn is over; when it began, where there was a voice."""
        began_at, self.began_at, self._has_words = self.began_at, None, False
        self.given, self._was_overtaken = [], False
        return began_at
