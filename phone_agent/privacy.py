"""Purging what is older than it may be kept: once a day while a worker runs, and by hand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from phone_agent.settings import RUN_DIR, Settings
from phone_agent.store.open import CANNOT_OPEN, open_store
from phone_agent.store.protocol import Store
from phone_agent.taken import utc_now
from phone_agent.unfinished import tell_if_failed

DAY_S = timedelta(days=1).total_seconds()
logger = logging.getLogger(__name__)


async def purge(store: Store, now: datetime, keep_days: int) -> int:
    """Transcripts of older calls and what is personal in their lost carts; how many lines went."""
    return await store.purge(now - timedelta(days=keep_days))


def purge_recordings(folder: Path, now: datetime, keep_days: int) -> int:
    """Of calls that `phone-agent call` has kept there; how many went."""
    oldest = (now - timedelta(days=keep_days)).timestamp()
    old = [wav for wav in folder.glob("*.wav") if wav.stat().st_mtime < oldest]
    for wav in old:
        wav.unlink(missing_ok=True)
    return len(old)


class DailyPurge:
    """Of the worker process, not of a job."""

    def __init__(self, settings: Settings, *, every_s: float = DAY_S, clock: Callable[[], datetime] = utc_now) -> None:
        self._settings = settings
        self._every_s = every_s
        self._clock = clock
        self._task: asyncio.Task[None] | None = None

    def watch(self) -> None:
        """Until the worker's loop ends, which cancels what still runs on it. A worker registers again and again."""
        if self._task is None:
            self._task = asyncio.create_task(self._watch())
            self._task.add_done_callback(tell_if_failed)

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))

    async def _watch(self) -> None:
        while True:
            try:
                await self._purge()
            except CANNOT_OPEN:
                logger.warning("the store cannot be reached; transcripts are purged with the next round")
            await asyncio.sleep(self._every_s)

    async def _purge(self) -> None:
        store = await open_store(self._settings)
        try:
            lines = await purge(store, self._clock(), self._settings.keep_days)
        finally:
            await store.close()
        purge_recordings(RUN_DIR, self._clock(), self._settings.keep_days)
        if lines:
            logger.info("transcripts that were kept long enough are deleted", extra={"lines": lines})
