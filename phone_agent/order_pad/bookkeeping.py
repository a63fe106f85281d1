"""What a call writes into the store: begun writes end, failures are counted, the record is closed once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any, TypeVar

from phone_agent.order_pad.transcript import Transcript
from phone_agent.order_pad.unfinished import Unfinished
from phone_agent.ordering.errors import OrderingError, StoreUnavailable
from phone_agent.store.protocol import Store
from phone_agent.store.records import KeptReport, Outcome, TranscriptLine

FAILURES_UNTIL_LOST = 2
OUR_FAULT = ("error", "not_started", "store_unavailable")
"""Reasons for a call's end."""
CLOSE_AGAIN_AFTER_SECONDS = (0.5, 2.0)
ALIVE_EVERY_SECONDS = 15.0
T = TypeVar("T")

logger = logging.getLogger(__name__)


class Bookkeeping:
    def __init__(self, store: Store, call_id: str) -> None:
        self._store = store
        self._call_id = call_id
        self._transcript = Transcript(store, call_id)
        self._unfinished = Unfinished()
        self._failures = 0
        self._is_closed = False
        self._alive: asyncio.Task[None] | None = None

    @property
    def is_store_lost(self) -> bool:
        """It failed several times in a row; the transcript, which nobody waits for, does not count."""
        return self._failures >= FAILURES_UNTIL_LOST

    def note(self, line: TranscriptLine) -> None:
        self._transcript.add(line)

    @property
    def keeps_words(self) -> bool:
        return not self._transcript.is_dropped

    async def drop_words(self) -> None:
        await self._transcript.drop()

    def stay_alive(self, now: Callable[[], datetime], *, every_s: float = ALIVE_EVERY_SECONDS) -> None:
        """Until the record is closed, the store is told that this call's job runs."""
        self._alive = asyncio.create_task(self._stay_alive(now, every_s))

    async def _stay_alive(self, now: Callable[[], datetime], every_s: float) -> None:
        while True:
            await asyncio.sleep(every_s)
            try:
                await self._store.note_alive(self._call_id, now=now())
            except StoreUnavailable:
                logger.warning("the store cannot be told that the call runs; it is told again")

    async def to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        return await self._unfinished.to_its_end(work)

    async def counted(self, work: Awaitable[T]) -> T:
        try:
            done = await work
        except StoreUnavailable:
            self._failures += 1
            raise
        except OrderingError:
            self._failures = 0
            raise
        self._failures = 0
        return done

    def note_language(self, code: str) -> None:
        """Written beside the conversation: texts after the call are in it."""
        self._unfinished.begin(self._save_language(code))

    async def _save_language(self, code: str) -> None:
        try:
            await self._store.save_language(self._call_id, code)
        except StoreUnavailable:
            logger.warning("the language of a call could not be kept; its texts are in the one before")

    async def all_written(self) -> None:
        await self._unfinished.all()

    async def close(self, outcome: Outcome, reason: str, now: datetime) -> None:
        """The first close counts. Raises StoreUnavailable after several tries, and may then be tried again."""
        if self._is_closed:
            return
        if self._alive is not None:
            self._alive.cancel()
        await self._transcript.finish()
        for seconds in CLOSE_AGAIN_AFTER_SECONDS:
            try:
                await self._close(outcome, reason, now)
                return
            except StoreUnavailable:
                await asyncio.sleep(seconds)
        await self._close(outcome, reason, now)

    async def keep_report(self, report: KeptReport) -> None:
        """Nobody waits for it, and a call without one is complete."""
        try:
            await self._store.save_report(self._call_id, report)
        except StoreUnavailable:
            logger.warning("the call's report could not be kept")

    async def _close(self, outcome: Outcome, reason: str, now: datetime) -> None:
        await self._store.close_call(self._call_id, outcome=outcome, reason=reason, now=now)
        self._is_closed = True


def outcome_of(reason: str, *, has_order: bool) -> Outcome:
    if has_order:
        return "ordered"
    return "failed" if reason in OUR_FAULT else "abandoned"
