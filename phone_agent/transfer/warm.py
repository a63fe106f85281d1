"""Warm: one of the staff is rung into the caller's room and hears who calls; only then the two hear each other."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from livekit import api, rtc
from livekit.agents import tts

from phone_agent.order_pad.desk import Outcome
from phone_agent.transfer.dialling import outbound_trunk
from phone_agent.transfer.ears import Ears
from phone_agent.transfer.sound import Sound
from phone_agent.transfer.staff import Patience, Staff

logger = logging.getLogger(__name__)


@dataclass
class Warm:
    room: rtc.Room
    livekit: api.LiveKitAPI
    caller: str
    voice: tts.TTS[Any]
    patience: Patience
    accepted_by: str = ""
    """The identity of who talks with the caller."""

    async def ring(self, number: str, briefing: str) -> Outcome:
        """Whoever has not accepted is no longer in the room when this returns."""
        trunk = await outbound_trunk(self.livekit)
        if trunk is None:
            logger.error("there is no outbound trunk: run scripts/provision_sip.py")
            return Outcome.REFUSED
        staff = Staff(self.room, self.livekit, f"staff-{uuid4().hex[:8]}", self.patience)
        try:
            outcome = await self._rung(staff, number, trunk, briefing)
            self.accepted_by = staff.identity if outcome is Outcome.ACCEPTED else ""
            return outcome
        finally:
            if not self.accepted_by:
                await staff.hang_up()

    async def _rung(self, staff: Staff, number: str, trunk: str, briefing: str) -> Outcome:
        ears = Ears(self.room, self.livekit, self.caller, staff.identity)
        async with Sound.open(self.room, "briefing", self.voice.sample_rate) as sound:
            with staff.at_the_phone():
                async with ears.apart(only_staff_hear=sound.sid):
                    outcome = await staff.dial(number, trunk) or await staff.settle(self.voice, sound, briefing)
                if outcome is not Outcome.ACCEPTED:
                    return outcome
                await ears.together()
        return outcome if staff.identity in self.room.remote_participants else Outcome.HUNG_UP
