"""Closes the records of calls whose job was killed and could not do it: looked for at the worker's start and after."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from phone_agent.bookkeeping import ALIVE_EVERY_SECONDS
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from phone_agent.taken import utc_now

logger = logging.getLogger(__name__)

LOST_AFTER = timedelta(seconds=4 * ALIVE_EVERY_SECONDS)
"""Without a sign of life. Their carts are offered again from then on."""
LOOK_EVERY_SECONDS = 30.0


class LostCalls:
    """Of the worker process, not of a job."""

    def __init__(
        self, settings: Settings, *, every_s: float = LOOK_EVERY_SECONDS, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._settings = settings
        self._every_s = every_s
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    def watch(self) -> None:
        """Until the worker's loop ends, which cancels what still runs on it. A worker registers again and again."""
        if self._task is None:
            self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))

    async def _watch(self) -> None:
        while True:
            try:
                await self._close()
            except StoreUnavailable:
                logger.warning("the store cannot be reached; lost calls are closed when it can be")
            await asyncio.sleep(self._every_s)

    async def _close(self) -> None:
        store = await open_store(self._settings)
        try:
            now = self._clock()
            lost = await store.close_lost_calls(silent_since=now - LOST_AFTER, now=now)
        finally:
            await store.close()
        if lost:
            logger.warning("calls whose job was killed are closed as lost", extra={"calls": lost})
