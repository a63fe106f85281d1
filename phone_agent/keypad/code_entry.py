"""Digits keyed in as a code: a fixed length acts at the last digit, # ends, * clears, silence cancels."""

from __future__ import annotations

import asyncio

SILENCE_SECONDS = 6.0


class CodeEntry:
    def __init__(self, length: int, silence_seconds: float = SILENCE_SECONDS) -> None:
        self._length = length
        self._silence_seconds = silence_seconds
        self._digits = ""
        self._pressed = asyncio.Event()
        self._is_ended = False

    @property
    def is_open(self) -> bool:
        return not self._is_ended

    def add(self, digit: str) -> None:
        self._digits += digit
        self._is_ended = len(self._digits) >= self._length
        self._pressed.set()

    def clear(self) -> None:
        self._digits = ""
        self._pressed.set()

    def end(self) -> None:
        self._is_ended = True
        self._pressed.set()

    async def result(self) -> str | None:
        """The digits; None after six seconds without a press, or where nothing was keyed in."""
        while not self._is_ended:
            self._pressed.clear()
            try:
                await asyncio.wait_for(self._pressed.wait(), self._silence_seconds)
            except TimeoutError:
                self._is_ended = True
                return None
        return self._digits or None
