"""The rounds of the bench, one after another on one stack: echo, errands, turns at each number of calls, listening."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.calling import Place, Taken, hang_up, new_number, order_by_key, ringing, talk
from bench.echo import round_trips
from bench.machine import percent_of_core
from bench.rtp import rate_kbit_s
from bench.understood import listen_to_calls
from phone_agent.rehearsal.baresip import SoftphoneError
from phone_agent.rehearsal.recording import NoSoundError
from phone_agent.stack import LocalStack

TURNS_OF_A_CALL = 10
STAGGER_S = 0.3
PAUSE_S = 2.0
"""Between calls, so that the next warm process is ready, as on a line that is not rung without a break."""


@dataclass(frozen=True)
class Plan:
    calls: Sequence[int] = (1, 5)
    turns: int = 30
    orders: int = 10
    beeps: int = 20
    listened_calls: int = 2

    @classmethod
    def quick(cls, calls: Sequence[int]) -> Plan:
        return cls(calls, turns=6, orders=2, beeps=5, listened_calls=1)


@dataclass
class Measured:
    trips_s: list[float] = field(default_factory=list)
    errands: Taken = field(default_factory=Taken)
    at: dict[int, Taken] = field(default_factory=dict)
    heard_percent: list[float] = field(default_factory=list)


async def measure(plan: Plan, stack: LocalStack, place: Place, database: Path) -> Measured:
    measured = Measured()
    tell(f"echo room: {plan.beeps} beeps")
    measured.trips_s = await round_trips(stack, place.workdir, plan.beeps)
    for n in range(plan.orders):
        tell(f"order by key, call {n + 1} of {plan.orders}")
        await _errand(place, measured.errands)
        await asyncio.sleep(PAUSE_S)
    for calls in plan.calls:
        measured.at[calls] = Taken()
        for turns in shares(plan.turns, calls):
            tell(f"{turns} turns in each of {calls} call(s) at once")
            await _talk_at_once(place, calls, turns, measured.at[calls])
            await asyncio.sleep(PAUSE_S)
    tell(f"listening to {plan.listened_calls} call(s)")
    measured.heard_percent = await listen_to_calls(stack, database, plan.listened_calls)
    return measured


def shares(turns: int, calls: int) -> list[int]:
    """How many turns each call takes, round by round: `turns` in all, at most TURNS_OF_A_CALL in a call."""
    each = -(-turns // calls)
    full, rest = divmod(each, TURNS_OF_A_CALL)
    return [TURNS_OF_A_CALL] * full + ([rest] if rest else [])


async def _errand(place: Place, taken: Taken) -> None:
    number = new_number()
    try:
        async with ringing(place, number, taken) as phone:
            jobs = place.machine.jobs()
            await order_by_key(place, phone, number, taken)
            await hang_up(place, phone, number, jobs, taken)
    except (SoftphoneError, NoSoundError, TimeoutError) as error:
        lost(taken, error)


class Together:
    """Calls that are measured at once: the load is taken while all of them talk."""

    def __init__(self, place: Place, calls: int, turns: int, taken: Taken) -> None:
        self._place = place
        self._turns = turns
        self._taken = taken
        self._all_answered = asyncio.Barrier(calls + 1)
        self._first_done = asyncio.Event()

    async def call(self, n: int) -> None:
        number = new_number()
        await asyncio.sleep(n * STAGGER_S)
        try:
            async with ringing(self._place, number, self._taken) as phone:
                await self._all_answered.wait()
                await talk(phone, number, self._turns, self._taken, first=n)
                self._first_done.set()
                await phone.hang_up()
            self._taken.rates_kbit_s += rate_kbit_s(phone.home / "baresip.log")
        except (SoftphoneError, NoSoundError, TimeoutError, asyncio.BrokenBarrierError) as error:
            lost(self._taken, error)
            await self._all_answered.abort()
        finally:
            self._first_done.set()

    async def watch(self, calls: int) -> None:
        machine = self._place.machine
        try:
            await self._all_answered.wait()
        except asyncio.BrokenBarrierError:
            return
        jobs = machine.jobs()
        before = machine.load(jobs)
        await self._first_done.wait()
        self._taken.cpu_percent.append(percent_of_core(before, machine.load(jobs), calls))
        self._taken.private_mb += machine.private_mb(jobs)


async def _talk_at_once(place: Place, calls: int, turns: int, taken: Taken) -> None:
    together = Together(place, calls, turns, taken)
    await asyncio.gather(together.watch(calls), *(together.call(n) for n in range(calls)))


def lost(taken: Taken, error: Exception) -> None:
    taken.lost_calls += 1
    tell(f"  a call was lost: {str(error) or type(error).__name__}")


def tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
