"""Follows the order of a call in the store: what the kitchen does with it is told while the caller is there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from phone_agent import line
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.order import Order
from phone_agent.ordering.wording_callers import words_for_progress

logger = logging.getLogger(__name__)

LOOK_SECONDS = 4.0
FREE_SECONDS = 0.2
MOST_LOOKS = 300
"""For a pause; news that could not be said in a minute are old."""


class Progress:
    def __init__(
        self, session: line.Session, on_update: Callable[[Order], None], seconds: float = LOOK_SECONDS
    ) -> None:
        self._session = session
        self._call = session.userdata
        self._on_update = on_update
        self._seconds = seconds
        self._tasks: set[asyncio.Task[None]] = set()

    def watch(self) -> None:
        self._own(self._follow())
        self._session.on("close", lambda _: self._stop())

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            order = self._call.order
            now = await self._as_stored(order) if order is not None else None
            # Where the caller has cancelled it meanwhile, the call has another one.
            if order is not None and now is not None and now.status != order.status and self._call.order is order:
                self._call.order = now
                self._on_update(now)
                self._own(self._say(now))

    async def _as_stored(self, order: Order) -> Order | None:
        try:
            return await self._call.store.find_order(order.id)
        except StoreUnavailable:
            logger.info("the state of an order cannot be read; it is looked at again later")
            return None

    async def _say(self, order: Order) -> None:
        """In a pause: news never talk into what is being said, or into a read-back. Newer ones take their place."""
        for _ in range(MOST_LOOKS):
            if self._is_free or self._call.order is not order:
                break
            await asyncio.sleep(FREE_SECONDS)
        if self._is_free and self._call.order is order:
            await line.say(self._session, words_for_progress(order, self._call.now))

    @property
    def _is_free(self) -> bool:
        session, call = self._session, self._call
        is_busy = (
            call.is_hanging_up
            or call.is_with_staff
            or call.has_open_quote
            or call.is_reading_back
            or call.is_handing_over
        )
        return not is_busy and session.current_speech is None and session.user_state != "speaking"

    def _own(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("news of an order are not told any more", exc_info=error)

    def _stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
