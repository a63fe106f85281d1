"""Calls whose job was killed and could not close its record: closed when the caller rings again, or after a while.

Who rings again has left the earlier room, which LiveKit knows at once; the heartbeat is for when it does not answer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from phone_agent.callers.lost_carts import LOST_FOR
from phone_agent.chores.rounds import Rounds
from phone_agent.order_pad.bookkeeping import ALIVE_EVERY_SECONDS
from phone_agent.store.open import opened_store
from phone_agent.store.protocol import Store
from phone_agent.store.records import RunningCall

logger = logging.getLogger(__name__)

SILENT_AT_ARRIVAL = timedelta(seconds=3 * ALIVE_EVERY_SECONDS)
"""Without a sign of life, where LiveKit cannot say whether the earlier caller is still there."""
LOST_AFTER = timedelta(seconds=8 * ALIVE_EVERY_SECONDS)
"""Without a sign of life, where nobody asks."""
LOOK_EVERY_SECONDS = 30.0
LONGEST_GAP = LOST_AFTER / 2
"""Between two looks. After a longer one the calls may not have been able to show that they live either."""
HasCaller = Callable[[str], Awaitable[bool | None]]
"""Whether a room's caller is still there; None: nobody knows."""


async def close_those_left(store: Store, number: str, own_room: str, has_caller: HasCaller, now: datetime) -> None:
    """The calls of that number whose caller is gone, so that what they had in the cart can be offered.

    A record of the room that is being opened now is an earlier job's. Raises StoreUnavailable.
    """
    running = await store.find_running_calls(number)
    answers = await asyncio.gather(*(_is_left(call, own_room, has_caller, now) for call in running))
    for call in (call for call, is_left in zip(running, answers, strict=True) if is_left):
        await store.close_lost_call(call.id)


async def _is_left(call: RunningCall, own_room: str, has_caller: HasCaller, now: datetime) -> bool:
    there = False if call.room == own_room else await has_caller(call.room)
    return not there if there is not None else call.seen_at < now - SILENT_AT_ARRIVAL


class LostCalls(Rounds):
    every_s = LOOK_EVERY_SECONDS
    _looked_at: datetime | None = None
    """When a look last succeeded."""
    _is_first = True

    async def _go(self) -> None:
        is_first, self._is_first = self._is_first, False
        async with opened_store(self._settings) as store:
            now = self._clock()
            may_judge = is_first or self._had_signs_of_life(now)
            lost = await store.close_lost_calls(silent_since=now - LOST_AFTER) if may_judge else 0
            await store.abandon_carts(orphaned_before=now - LOST_FOR)
            self._looked_at = now
        if lost:
            logger.warning("calls whose job was killed are closed as lost", extra={"calls": lost})

    def _missed(self) -> None:
        self._looked_at = None
        logger.warning("the store cannot be reached; lost calls are closed when it can be")

    def _had_signs_of_life(self, now: datetime) -> bool:
        """Not right after an outage or a pause: the calls come to their next one first."""
        return self._looked_at is not None and now - self._looked_at <= LONGEST_GAP
