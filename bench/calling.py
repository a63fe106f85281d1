"""The calls that are measured: what the callers do, and what is taken down of it."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.hearing import Line, first_sound, until_quiet, until_sound
from bench.kitchen import Kitchen
from bench.machine import Machine, until_ended
from phone_agent.rehearsal.softphone import CallEndedError, Softphone
from phone_agent.rehearsal.speech_of_caller import speak

DISH = "grilled salmon please"
CHECKOUT = "checkout"
UTTERANCES = (
    DISH,
    "show my cart",
    "i would like a caesar salad",
    CHECKOUT,
    "no",
    "what is in my order",
    "i want cheesecake",
    "yes",
)
FIRST_WORD_S = 5.0
ANSWER_S = 4.0
QUIET_S = 1.2
"""The agent has finished: its sentences stand closer together than this."""
LONGEST_ANSWER_S = 45.0
INTO_THE_READ_BACK_S = 1.0
COMMIT_S = 3.0
JOB_END_S = 30.0
"""Longer than LiveKit's server takes to miss a participant who left without a word (21 s)."""
ORDERING = (DISH, "yes", "one caesar salad", "yes", DISH)
"""One after another until any dish is in the cart; yes takes what the agent offers instead."""
CHECKOUTS = 3
ROUND_TRIP_AT_LEAST_S = 0.05

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Turn:
    """`finished` and `answered` are when the last loud sample left and the first came, on time.monotonic()."""

    number: str
    finished: float
    answered: float | None
    is_early: bool = False
    """The agent began before the caller had finished; no delay can be told."""

    @property
    def seconds(self) -> float | None:
        return None if self.answered is None or self.is_early else self.answered - self.finished


@dataclass
class Taken:
    """What the calls of one kind have shown."""

    first_words_s: list[float] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    digit_to_commit_ms: list[float] = field(default_factory=list)
    digit_to_agent_ms: list[float] = field(default_factory=list)
    """Until the agent made the order, by the order's own time: the rest is the store."""
    job_ends_s: list[float] = field(default_factory=list)
    private_mb: list[float] = field(default_factory=list)
    cpu_percent: list[dict[str, float]] = field(default_factory=list)
    rates_kbit_s: list[float] = field(default_factory=list)
    lost_calls: int = 0


@dataclass(frozen=True)
class Place:
    """Where the calls go, and where they can be watched."""

    sip_uri: str
    kitchen: Kitchen
    machine: Machine
    workdir: Path


def clock_offset() -> float:
    """What to add to time.monotonic() to get time.time(), the agent's clock; both are this machine's."""
    return time.time() - time.monotonic()


def new_number() -> str:
    """A caller who has never called: the store tells calls apart by it."""
    return f"+1407556{next(_numbers):04}"


@asynccontextmanager
async def ringing(place: Place, number: str, taken: Taken) -> AsyncIterator[Softphone]:
    """A call that has been answered; the first word has been heard and the greeting is over."""
    async with await Softphone.open(from_number=number, workdir=place.workdir) as phone:
        answered = await phone.dial(place.sip_uri)
        first = await until_sound(phone, answered, FIRST_WORD_S)
        if first is not None:
            taken.first_words_s.append(first - answered)
        await until_quiet(phone, QUIET_S, LONGEST_ANSWER_S)
        yield phone


async def take_turn(phone: Line, number: str, words: str, voice: str = "rms") -> Turn:
    heard = phone.recording.heard
    spoken = await phone.play(await speak(words, voice))
    is_early = first_sound(heard, spoken.started + ROUND_TRIP_AT_LEAST_S, spoken.finished) is not None
    answered = await until_sound(phone, spoken.finished, ANSWER_S)
    if answered is not None:
        await until_quiet(phone, QUIET_S, LONGEST_ANSWER_S)
    return Turn(number, spoken.finished, answered, is_early)


async def talk(phone: Softphone, number: str, turns: int, taken: Taken, first: int = 0) -> None:
    for n in range(first, first + turns):
        if phone.closed.done():
            raise CallEndedError(phone.closed.result())
        taken.turns.append(await take_turn(phone, number, UTTERANCES[n % len(UTTERANCES)]))


async def order_by_key(place: Place, phone: Softphone, number: str, taken: Taken) -> None:
    """Orders a dish, and presses 1 into the read-back; nothing is taken down where the agent does not understand."""
    kitchen = place.kitchen
    for words in ORDERING:
        if kitchen.dishes_in_cart(number) or phone.closed.done():
            break
        await take_turn(phone, number, words)
    for _ in range(CHECKOUTS if kitchen.dishes_in_cart(number) else 0):
        if await _reads_back(kitchen, phone, number):
            await _press_and_watch(kitchen, phone, number, taken)
            return


async def _reads_back(kitchen: Kitchen, phone: Softphone, number: str) -> bool:
    before = kitchen.times_written(number)
    spoken = await phone.play(await speak(CHECKOUT))
    began = await until_sound(phone, spoken.finished, ANSWER_S)
    if began is None or kitchen.times_written(number) == before:
        await until_quiet(phone, QUIET_S, LONGEST_ANSWER_S)
        return False
    await asyncio.sleep(max(0.0, began + INTO_THE_READ_BACK_S - time.monotonic()))
    return True


async def _press_and_watch(kitchen: Kitchen, phone: Softphone, number: str, taken: Taken) -> None:
    watching = asyncio.create_task(asyncio.to_thread(kitchen.watch_for_order, number, COMMIT_S))
    await asyncio.sleep(0.1)
    pressed = await phone.press("1")
    committed = await watching
    if committed is not None:
        taken.digit_to_commit_ms.append(1000 * (committed - pressed))
        made = kitchen.order_made_at(number) - clock_offset()
        taken.digit_to_agent_ms.append(1000 * (made - pressed))
    await until_quiet(phone, QUIET_S, LONGEST_ANSWER_S)


async def hang_up(place: Place, phone: Softphone, number: str, jobs: Sequence[psutil.Process], taken: Taken) -> None:
    """Until the job's process has gone and the call record is closed, whichever is later."""
    let_go = time.monotonic()
    await phone.hang_up()
    ended = await until_ended(jobs, JOB_END_S) if jobs else None
    while ended is not None and not place.kitchen.is_call_closed(number) and time.monotonic() < let_go + JOB_END_S:
        await asyncio.sleep(0.01)
        ended = time.monotonic()
    if ended is not None and place.kitchen.is_call_closed(number):
        taken.job_ends_s.append(ended - let_go)
