"""How many calls from the page there are at once, so that lines stay for the telephone."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from livekit import api

from phone_agent.clients.livekit import FAILURES, livekit_api
from phone_agent.settings import Settings
from phone_agent.web.rates import neighbourhood
from phone_agent.web.tokens import GOOD_FOR, ROOM_LENGTH

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 1.0


@dataclass
class Given:
    """A ticket: it keeps its line until its call has ended, or until nobody can join with it any more."""

    neighbourhood: str
    until: float
    was_joined: bool = False


class Lines:
    """Counted are the rooms that LiveKit's server has, whoever made their tickets, and tickets not used yet."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._of_a_page = re.compile(f"{re.escape(settings.room_prefix)}_[A-Z0-9]{{{ROOM_LENGTH}}}")
        self._given: dict[str, Given] = {}

    async def take(self, room: str, address: str) -> bool:
        """For a new call in that room; False: there is none left. One address has at most half of them."""
        running, who, most = await self._running(), neighbourhood(address), self._settings.web_calls
        # Nothing is waited for from here on: of two that come at once one is the second.
        self._let_go(running)
        of_who = sum(given.neighbourhood == who for given in self._given.values())
        if len((running or set()) | self._given.keys()) >= most or of_who >= (most + 1) // 2:
            return False
        self._given[room] = Given(who, self._clock() + GOOD_FOR.total_seconds())
        return True

    def ended(self, room: str) -> None:
        self._given.pop(room, None)

    def _let_go(self, running: set[str] | None) -> None:
        """None: LiveKit's server has not said which there are; what was joined may run then."""
        for room, given in list(self._given.items()):
            if running is not None and room in running:
                given.was_joined = True
            elif (given.was_joined and running is not None) or (not given.was_joined and given.until < self._clock()):
                del self._given[room]

    async def _running(self) -> set[str] | None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS), livekit_api(self._settings) as livekit:
                rooms = (await livekit.room.list_rooms(api.ListRoomsRequest())).rooms
        except FAILURES as error:
            logger.warning("LiveKit does not say what rooms there are", extra={"error": type(error).__name__})
            return None
        return {room.name for room in rooms if self._of_a_page.fullmatch(room.name)}
