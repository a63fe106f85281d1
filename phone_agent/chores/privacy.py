"""Purging what is older than it may be kept: once a day while a worker runs, and by hand."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

from phone_agent.chores.rounds import Rounds
from phone_agent.settings import RUN_DIR
from phone_agent.store.open import opened_store
from phone_agent.store.protocol import Store

DAY_S = timedelta(days=1).total_seconds()
logger = logging.getLogger(__name__)


async def purge(store: Store, now: datetime, keep_days: int) -> int:
    """Transcripts of older calls, what is personal in their lost carts, what was to be told; how many lines went."""
    before = now - timedelta(days=keep_days)
    await store.purge_outbox(before)
    return await store.purge(before, now=now)


def purge_recordings(folder: Path, now: datetime, keep_days: int) -> int:
    """Of calls that `phone-agent call` has kept there; how many went."""
    oldest = (now - timedelta(days=keep_days)).timestamp()
    old = [wav for wav in folder.glob("*.wav") if wav.stat().st_mtime < oldest]
    for wav in old:
        wav.unlink(missing_ok=True)
    return len(old)


class DailyPurge(Rounds):
    every_s = DAY_S

    async def _go(self) -> None:
        now, keep_days = self._clock(), self._settings.keep_days
        async with opened_store(self._settings) as store:
            lines = await purge(store, now, keep_days)
        purge_recordings(RUN_DIR, now, keep_days)
        if lines:
            logger.info("transcripts that were kept long enough are deleted", extra={"lines": lines})

    def _missed(self) -> None:
        logger.warning("the store cannot be reached; transcripts are purged with the next round")
