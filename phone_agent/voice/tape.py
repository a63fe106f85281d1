"""The caller's sound since the last words that were made of it, so that another recogniser can hear it."""

from __future__ import annotations

from collections import deque

from livekit import rtc

BEFORE_SPEECH_SECONDS = 0.6
"""Speech is noticed a little after it began; this is also what is kept of a quiet line."""
LONGEST_SECONDS = 30.0


class Tape:
    def __init__(self) -> None:
        self._frames: deque[rtc.AudioFrame] = deque()
        self._seconds = 0.0
        self._keeps = BEFORE_SPEECH_SECONDS

    def record(self, frame: rtc.AudioFrame) -> None:
        self._frames.append(frame)
        self._seconds += frame.duration
        self._shorten()

    def keep_all(self) -> None:
        """Somebody speaks."""
        self._keeps = LONGEST_SECONDS

    def let_go(self) -> None:
        """What was said has been understood."""
        self._keeps = BEFORE_SPEECH_SECONDS
        self._shorten()

    def cut(self) -> None:
        """The same, while the caller speaks on."""
        self.let_go()
        self.keep_all()

    def frames(self) -> list[rtc.AudioFrame]:
        return list(self._frames)

    def _shorten(self) -> None:
        while self._frames and self._seconds - self._frames[0].duration >= self._keeps:
            self._seconds -= self._frames.popleft().duration
