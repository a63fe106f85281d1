"""What the worker process does again and again beside the calls, as long as it runs."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from phone_agent.order_pad.taken import utc_now
from phone_agent.settings import Settings
from phone_agent.store.open import CANNOT_OPEN

logger = logging.getLogger(__name__)


class Rounds(ABC):
    """Of the worker process, not of a job."""

    every_s: float

    def __init__(
        self, settings: Settings, *, every_s: float | None = None, clock: Callable[[], datetime] = utc_now
    ) -> None:
        """`every_s`: if not as often as they are made otherwise."""
        self.every_s = every_s or self.every_s
        self._settings = settings
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
                await self._go()
            except CANNOT_OPEN:
                self._missed()
            except Exception:
                # One order that is not as expected must not end what is done for all others.
                logger.exception("a round has failed; the next one is made nevertheless")
            await asyncio.sleep(self.every_s)

    @abstractmethod
    async def _go(self) -> None:
        """One round."""

    @abstractmethod
    def _missed(self) -> None:
        """After a round in which the store could not be reached."""


def tell_if_failed(task: asyncio.Task[None]) -> None:
    """Nobody waits for it."""
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("a task of the worker has ended; start the worker again", exc_info=error)
