"""Purging what is older than it may be kept: once a day while a worker runs, and by hand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.store.protocol import Store

DAY_S = timedelta(days=1).total_seconds()
logger = logging.getLogger(__name__)


async def purge(store: Store, now: datetime, keep_days: int) -> int:
    """Transcripts of older calls; how many lines went. The agent itself keeps no sound."""
    return await store.purge(now - timedelta(days=keep_days))


async def purge_daily(
    open_store: Callable[[], Awaitable[Store]], now: Callable[[], datetime], keep_days: int, every_s: float = DAY_S
) -> None:
    """For ever; a day on which the store cannot be reached is made up for by the next one."""
    while True:
        try:
            store = await open_store()
            try:
                lines = await purge(store, now(), keep_days)
            finally:
                await store.close()
        except StoreUnavailable:
            logger.warning("the store could not be purged; it is tried again tomorrow")
        else:
            logger.info("old transcripts are purged", extra={"lines": lines, "keep_days": keep_days})
        await asyncio.sleep(every_s)
