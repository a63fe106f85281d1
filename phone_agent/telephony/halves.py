"""Both halves of a phone line, LiveKit's and the carrier's, each with what is wanted of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from phone_agent.settings import Settings
from phone_agent.telephony.carry_out import Outcome, Side, carry_out, follow
from phone_agent.telephony.destroying import plan_to_destroy
from phone_agent.telephony.livekit_side import livekit_wishes, open_livekit
from phone_agent.telephony.plan import Plan, Step, Wanted, plan
from phone_agent.telephony.requests import SIP_FOLDER
from phone_agent.telephony.twilio_side import open_twilio_side
from phone_agent.telephony.twilio_wishes import twilio_wishes

ONLY_THIS_MACHINE = ("127.0.0.0/8",)


@dataclass
class Half:
    name: str
    plan: Plan
    outcome: Outcome | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """Raises RequestError, ProvisioningError."""

    settings: Settings
    numbers: tuple[str, ...] = ()
    folder: Path = SIP_FOLDER

    async def plan(self, *, adopt: bool = False) -> list[Half]:
        async with self._sides(adopt) as sides:
            return [
                Half(s.name, plan(wishes, await s.found(), adopt=adopt), notes=self._notes(s)) for s, wishes in sides
            ]

    async def apply(self, *, adopt: bool, may: Callable[[Step], bool]) -> list[Half]:
        """LiveKit's half first: nobody is sent to a number that would not be answered."""
        async with self._sides(adopt) as sides:
            outcomes = [(side, await carry_out(side, wishes, adopt=adopt, may=may)) for side, wishes in sides]
        return [Half(side.name, outcome.plan, outcome, self._notes(side)) for side, outcome in outcomes]

    async def plan_to_destroy(self) -> list[Half]:
        async with self._sides(adopt=False) as sides:
            return [Half(side.name, plan_to_destroy(wishes, await side.found())) for side, wishes in reversed(sides)]

    async def destroy(self, *, may: Callable[[Step], bool]) -> list[Half]:
        async with self._sides(adopt=False) as sides:
            outcomes = [
                (side, await follow(side, partial(plan_to_destroy, wishes), may)) for side, wishes in reversed(sides)
            ]
            return [Half(side.name, outcome.plan, outcome) for side, outcome in outcomes]

    @asynccontextmanager
    async def _sides(self, adopt: bool) -> AsyncIterator[list[tuple[Side, list[Wanted]]]]:
        """Both files are read before anything is asked for."""
        ours = livekit_wishes(self.settings, self.folder, self.numbers)
        if not self.has_twilio:
            async with open_livekit(self.settings) as livekit:
                yield [(livekit, ours)]
            return
        theirs = twilio_wishes(self.settings, self.folder, self.numbers)
        async with (
            open_livekit(self.settings) as livekit,
            open_twilio_side(self.settings, theirs if adopt else ()) as twilio,
        ):
            yield [(livekit, ours), (twilio, theirs)]

    @property
    def has_twilio(self) -> bool:
        return bool(self.settings.twilio_account_sid and self.settings.sip_addresses)

    def _notes(self, side: Side) -> list[str]:
        if side.name == "Twilio" and self.settings.allowed_addresses == ONLY_THIS_MACHINE:
            return ["PHONE_AGENT_ALLOWED_ADDRESSES lets only this machine in: Twilio's calls are refused."]
        if side.name == "LiveKit" and self.settings.twilio_account_sid and not self.settings.sip_addresses:
            return ["Twilio's half is left out: PHONE_AGENT_SIP_ADDRESSES does not say where its calls go."]
        return []
