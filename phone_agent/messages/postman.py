"""Sends what is due every few seconds, beside the calls of a worker, and leaves what nobody is to be told of."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from phone_agent.chores.rounds import Rounds
from phone_agent.messages.sending import Sender, can_send
from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.settings import Settings
from phone_agent.store.open import KeptOpen

LOOK_EVERY_SECONDS, IDLE_SECONDS = 5.0, 60.0
logger = logging.getLogger(__name__)


class Postman(Rounds):
    """Any number of workers may have one."""

    def __init__(
        self, settings: Settings, *, every_s: float | None = None, clock: Callable[[], datetime] = utc_now
    ) -> None:
        usual = LOOK_EVERY_SECONDS if can_send(settings) else IDLE_SECONDS
        super().__init__(settings, every_s=every_s or usual, clock=clock)
        # It looks too often to open the store each time.
        self._kept = KeptOpen(settings)

    async def _go(self) -> None:
        # The SDK tells the numbers that it asks for.
        logging.getLogger("twilio").setLevel(logging.WARNING)
        try:
            sender = Sender(await self._kept.get(), self._settings, self._clock)
            while await sender.send_due() + await sender.leave_webhooks():
                pass
        except StoreUnavailable:
            await self.close()
            raise

    async def close(self) -> None:
        await self._kept.close()

    def _missed(self) -> None:
        logger.warning("the store cannot be reached; messages are sent when it can be")
