"""The call's transcript: both sides, written in the background and in order, with no card number in it."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import replace
from functools import lru_cache

from phone_agent.languages import known_codes, load_language
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.redaction import (
    FEWEST_DIGITS_OF_A_CARD,
    digits_at_end,
    digits_at_start,
    masked,
    without_digits,
    without_four_digits,
)
from phone_agent.store.protocol import Store
from phone_agent.store.records import TranscriptLine

PIN = re.compile(r"\b(pin|passcode|nip|clave|contraseña)\b", re.IGNORECASE)
CODE = re.compile(
    r"(?<!zip )(?<!coupon )(?<!promo )(?<!discount )\bcode\b"
    r"|\bc[oó]digo\b(?! postal\b)(?! (?:del? )?(?:cup[oó]n|promo|promoci[oó]n|descuento)\b)",
    re.IGNORECASE,
)
"""Only four digits beside it may be a PIN."""
ASKING_FOR_PIN = (
    CallerSentence.PIN_WANTED,
    CallerSentence.PIN_NEEDED,
    CallerSentence.PIN_NOT_KEYED,
    CallerSentence.PIN_WRONG,
)

logger = logging.getLogger(__name__)


class Transcript:
    """A number that is said or keyed in pieces is held back until it is over: only then it shows how long it was."""

    def __init__(self, store: Store, call_id: str) -> None:
        self._store = store
        self._call_id = call_id
        self._held: list[TranscriptLine] = []
        self._unwritten: list[TranscriptLine] = []
        self._writing: asyncio.Task[None] | None = None
        self.is_dropped = False
        self._is_pin_asked = False

    def add(self, line: TranscriptLine) -> None:
        if self.is_dropped:
            return
        line = self._without_pin(line)
        before = self._last_of_caller()
        if line.speaker != "agent" and not (before and goes_on(before, line)):
            self._release()
        self._held.append(line)
        newest = self._last_of_caller()
        if newest is None or not digits_at_end(newest.text):
            self._release()
        if self._unwritten and (self._writing is None or self._writing.done()):
            self._writing = asyncio.create_task(self._write())

    async def drop(self) -> None:
        """The caller wants nothing to be kept: neither what waits nor what is still to come.

        What is on its way is waited for: it can be deleted only once it is there.
        """
        self.is_dropped = True
        self._held, self._unwritten = [], []
        await self._written()

    async def finish(self) -> None:
        self._release()
        await self._written()
        await self._write()

    async def _written(self) -> None:
        """Whoever stops waiting does not stop the writing."""
        if self._writing is not None:
            await asyncio.shield(self._writing)

    def _without_pin(self, line: TranscriptLine) -> TranscriptLine:
        """A PIN is keyed in; who says it all the same has it in no transcript."""
        if line.speaker == "agent":
            self._is_pin_asked = line.text.endswith(questions_for_pin())
            return line
        if line.speaker != "caller":
            return line
        self._is_pin_asked = self._is_pin_asked or bool(PIN.search(line.text))
        if self._is_pin_asked:
            return replace(line, text=without_digits(line.text))
        return replace(line, text=without_four_digits(line.text)) if CODE.search(line.text) else line

    def _last_of_caller(self) -> TranscriptLine | None:
        return next((line for line in reversed(self._held) if line.speaker != "agent"), None)

    def _release(self) -> None:
        self._unwritten += without_card_numbers(self._held)
        self._held = []

    async def _write(self) -> None:
        while self._unwritten:
            lines = tuple(self._unwritten)
            try:
                await self._store.add_transcript(self._call_id, lines)
            except StoreUnavailable:
                logger.warning("the transcript could not be written; it is tried again with the next line")
                return
            del self._unwritten[: len(lines)]


@lru_cache
def questions_for_pin() -> tuple[str, ...]:
    """In every language: a call may go over to another one at any time."""
    languages = [load_language(code) for code in known_codes()]
    return tuple(lang.sentences.get(asked.name, asked.value) for lang in languages for asked in ASKING_FOR_PIN)


def goes_on(before: TranscriptLine, line: TranscriptLine) -> bool:
    """With the same number: a number is said or keyed, not both."""
    return line.speaker == before.speaker and digits_at_start(line.text) > 0


def without_card_numbers(lines: list[TranscriptLine]) -> list[TranscriptLine]:
    """Of lines whose caller goes on with one number, whatever the agent says in between."""
    pieces = [line for line in lines if line.speaker != "agent"]
    digits = sum(max(digits_at_start(line.text), digits_at_end(line.text)) for line in pieces)
    if digits < FEWEST_DIGITS_OF_A_CARD:
        return [replace(line, text=masked(line.text)) for line in lines]
    return [replace(line, text=without_digits(line.text)) if line in pieces else line for line in lines]
