"""Both halves of a phone line, LiveKit's and the carrier's, each with what is wanted of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from phone_agent.settings import Settings
from phone_agent.telephony.carry_out import Outcome, Side, follow
from phone_agent.telephony.destroying import plan_to_destroy
from phone_agent.telephony.livekit_side import livekit_wishes, open_livekit
from phone_agent.telephony.passwords import has_new_password, new_passwords
from phone_agent.telephony.plan import Found, Plan, Step, Wanted, plan
from phone_agent.telephony.sip_files import SIP_FOLDER
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
        plans: list[Plan] = []
        async with self._sides(adopt) as sides:
            for side, wishes in sides:
                made = self._planned(side, wishes, adopt, await side.found())
                made.steps += new_passwords(wishes, made, beside=plans)
                plans.append(made)
        return [Half(s.name, made, notes=self._notes(s)) for (s, _), made in zip(sides, plans, strict=True)]

    async def apply(self, *, adopt: bool, may: Callable[[Step], bool]) -> list[Half]:
        """LiveKit's half first: nobody is sent to a number that would not be answered."""
        async with self._sides(adopt) as sides:
            done = await self._tell_password(sides, adopt, may)
            outcomes = [(s, await follow(s, partial(self._planned, s, wishes, adopt), may)) for s, wishes in sides]
        outcomes[-1][1].done[:0] = done
        return [Half(side.name, outcome.plan, outcome, self._notes(side)) for side, outcome in outcomes]

    async def _tell_password(
        self, sides: Sequence[tuple[Side, list[Wanted]]], adopt: bool, may: Callable[[Step], bool]
    ) -> list[tuple[Step, str]]:
        """A new one before LiveKit knows it: a run that is killed in between sees the difference again."""
        if len(sides) == 1:
            return []
        (livekit, ours), (twilio, theirs) = sides
        first = self._planned(livekit, ours, adopt, await livekit.found())

        def only_passwords(found: Sequence[Found]) -> Plan:
            whole = self._planned(twilio, theirs, adopt, found)
            return Plan([] if whole.problems else new_passwords(theirs, whole, beside=[first]))

        return (await follow(twilio, only_passwords, may)).done if has_new_password(first) else []

    async def plan_to_destroy(self) -> list[Half]:
        async with self._sides(adopt=False, to_destroy=True) as sides:
            return [Half(side.name, plan_to_destroy(wishes, await side.found())) for side, wishes in reversed(sides)]

    async def destroy(self, *, may: Callable[[Step], bool]) -> list[Half]:
        async with self._sides(adopt=False, to_destroy=True) as sides:
            outcomes = [
                (side, await follow(side, partial(plan_to_destroy, wishes), may)) for side, wishes in reversed(sides)
            ]
            return [Half(side.name, outcome.plan, outcome) for side, outcome in outcomes]

    def _planned(self, side: Side, wishes: Sequence[Wanted], adopt: bool, found: Sequence[Found]) -> Plan:
        planned = plan(wishes, found, adopt=adopt)
        planned.problems[:0] = self._refused(side)
        return planned

    def _refused(self, side: Side) -> list[str]:
        """What would make a number that is paid for and never rings."""
        if side.name != "Twilio":
            return []
        problems = []
        if not self.settings.has_own_number:
            problems.append("TWILIO_PHONE_NUMBER is not set: `phone-agent provision numbers` lists what is for sale.")
        if self.settings.allowed_addresses == ONLY_THIS_MACHINE:
            problems.append(
                "PHONE_AGENT_ALLOWED_ADDRESSES lets only this machine in, and Twilio's calls would be refused: "
                "write all signalling ranges of its list there."
            )
        return problems

    @asynccontextmanager
    async def _sides(self, adopt: bool, *, to_destroy: bool = False) -> AsyncIterator[list[tuple[Side, list[Wanted]]]]:
        """Both files are read before anything is asked for. To destroy, no address is needed."""
        ours = livekit_wishes(self.settings, self.folder, self.numbers)
        if not (self.has_twilio or (to_destroy and self.settings.twilio_account_sid)):
            async with open_livekit(self.settings) as livekit:
                yield [(livekit, ours)]
            return
        theirs = twilio_wishes(self.settings, self.folder, self.numbers, to_destroy=to_destroy)
        async with (
            open_livekit(self.settings) as livekit,
            open_twilio_side(self.settings, theirs if adopt else ()) as twilio,
        ):
            yield [(livekit, ours), (twilio, theirs)]

    @property
    def has_twilio(self) -> bool:
        return bool(self.settings.twilio_account_sid and self.settings.sip_addresses)

    def _notes(self, side: Side) -> list[str]:
        if side.name == "LiveKit" and self.settings.twilio_account_sid and not self.settings.sip_addresses:
            return ["Twilio's half is left out: PHONE_AGENT_SIP_ADDRESSES does not say where its calls go."]
        return []
