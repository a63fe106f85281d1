"""The pulse of a phone leg: silence alone ends nothing, silence of phone and bridge does."""

from __future__ import annotations

import asyncio
from itertools import count

from phone_agent.phone_line.pulse import Patience, Pulse

QUICK = Patience(quiet_seconds=0.1, look_every_seconds=0.02)


class Leg:
    """Sends a packet at each look while it is on, and answers while its bridge is there."""

    def __init__(self, *, sends: bool, answers: bool) -> None:
        self.sends = sends
        self.answers = answers
        self.asked = 0
        self._sent = count(1)
        self._last = 1

    async def packets(self) -> int:
        if self.sends:
            self._last = next(self._sent)
        return self._last

    async def is_there(self) -> bool:
        self.asked += 1
        return self.answers


async def is_lost(leg: Leg, seconds: float = 0.5) -> bool:
    lost = asyncio.Event()
    pulse = Pulse(leg.packets, leg.is_there, lost.set, QUICK)
    pulse.watch()
    try:
        async with asyncio.timeout(seconds):
            return await lost.wait()
    except TimeoutError:
        return False
    finally:
        pulse.stop()


async def test_a_leg_that_sends_is_not_even_asked_after() -> None:
    leg = Leg(sends=True, answers=False)

    assert not await is_lost(leg)
    assert leg.asked == 0


async def test_a_silent_leg_whose_bridge_answers_is_there() -> None:
    leg = Leg(sends=False, answers=True)

    assert not await is_lost(leg)
    assert leg.asked >= 2


async def test_a_silent_leg_whose_bridge_is_silent_twice_is_lost() -> None:
    leg = Leg(sends=False, answers=False)

    assert await is_lost(leg)
    assert leg.asked == QUICK.unanswered
