"""What the worker does beside the calls: it looks for orders that are ready and has their callers rung."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from phone_agent.chores.rounds import Rounds
from phone_agent.clients.livekit import livekit_api
from phone_agent.outbound.reach import reach
from phone_agent.outbound.ready_job import dispatch
from phone_agent.settings import Settings
from phone_agent.store.open import connect
from phone_agent.store.protocol import Store
from phone_agent.store.ready_calls import Pace

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 2.0
BEGINS_WITHIN = timedelta(seconds=60)
"""A job that no worker takes by then is dispatched again."""
NEWS_FOR = timedelta(hours=1)
"""Nobody is rung about what has been ready for longer."""


class ReadyCalls(Rounds):
    """Any number of workers may look: each attempt is claimed by one."""

    every_s = LOOK_EVERY_SECONDS
    _has_missed = False

    def watch(self) -> None:
        """Only where there is a way to call out."""
        if self._settings.outbound_address is not None:
            super().watch()

    async def _go(self) -> None:
        store = await connect(self._settings)
        try:
            claimed = await claim_due(store, self._clock(), self._settings)
        finally:
            await store.close()
        self._has_missed = False
        if claimed:
            await self._have_rung(claimed)

    async def _have_rung(self, claimed: list[str]) -> None:
        async with livekit_api(self._settings) as livekit:
            for attempt_id in claimed:
                await dispatch(livekit, self._settings, attempt_id)

    def _missed(self) -> None:
        """Said once: the next round comes soon."""
        if not self._has_missed:
            logger.warning("the store cannot be reached; callers are rung about ready orders when it can be")
        self._has_missed = True


async def claim_due(store: Store, now: datetime, settings: Settings) -> list[str]:
    """The ids of attempts that are ours now. Nobody is rung in quiet hours."""
    pace = Pace(now, now - timedelta(minutes=settings.ready_retry_minutes), now - NEWS_FOR)
    claimed = []
    may_ring = reach(settings)
    for due in await store.find_due_ready_calls(pace):
        if not may_ring(now, due.timezone):
            continue
        attempt_id = await store.claim_ready_call(due.order_id, pace, lease_until=now + BEGINS_WITHIN)
        if attempt_id is not None:
            claimed.append(attempt_id)
    return claimed
