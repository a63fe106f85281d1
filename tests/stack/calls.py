"""Real calls: a softphone rings the real bridge, and the store tells what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from phone_agent.ordering.order import Order
from phone_agent.ordering.said import Said
from phone_agent.ordering.slots_of_sentences import SENTENCES
from phone_agent.rehearsal.caller import SimulatedCaller, ears_grammar
from phone_agent.rehearsal.grade import Grade, grade_when_closed
from phone_agent.rehearsal.script import Step
from phone_agent.stack import LocalStack
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord
from phone_agent.store.sqlite import SqliteStore

AT_ONCE = 2
CLOSING_SECONDS = 8.0


@dataclass(frozen=True)
class Dialled:
    """A caller's number and what the caller does."""

    number: str
    script: Sequence[Step]


@dataclass
class Rehearsed:
    grade: Grade
    heard: list[str]
    was_hung_up_on: bool

    @property
    def call(self) -> CallRecord:
        assert self.grade.call is not None, "the call is not in the store"
        return self.grade.call

    @property
    def orders(self) -> list[tuple[list[tuple[int, str]], int]]:
        """Lines and subtotal of each order."""
        return [(lines_of(order), order.totals.subtotal_cents) for order in self.grade.orders]


@dataclass(frozen=True)
class Line:
    """The switchboard under test and its store's file."""

    stack: LocalStack
    database: Path


def lines_of(order: Order) -> list[tuple[int, str]]:
    return [(line.quantity, line.name) for line in order.lines]


async def dial_all(
    line: Line, calls: dict[str, Dialled], *, at_once: int = AT_ONCE, sentences: Iterable[Said] = SENTENCES
) -> dict[str, Rehearsed]:
    """At most so many calls run side by side."""
    gate = asyncio.Semaphore(at_once)
    store = await SqliteStore.open(line.database)
    menu = await store.load_menu()
    grammar = ears_grammar(menu, "Rivera Household", "Orlando, FL", ("cheesecake", "seafood"), sentences)

    async def one(dialled: Dialled) -> Rehearsed:
        async with gate:
            return await dial(line, store, grammar, dialled)

    try:
        done = await asyncio.gather(*(one(dialled) for dialled in calls.values()))
        return dict(zip(calls, done, strict=True))
    finally:
        await store.close()


async def dial(line: Line, store: Store, grammar: str | None, dialled: Dialled) -> Rehearsed:
    since = datetime.now(UTC)
    async with await SimulatedCaller.open(grammar, from_number=dialled.number) as caller:
        await caller.ring(line.stack.sip_uri)
        await caller.perform(dialled.script)
        was_hung_up_on = caller.has_hung_up
        if not was_hung_up_on:
            await caller.hang_up()
        found = await when_closed(store, since, dialled.number, caller.heard)
        return Rehearsed(found, caller.heard, was_hung_up_on)


async def when_closed(store: Store, since: datetime, number: str | None, heard: Sequence[str]) -> Grade:
    return await grade_when_closed(store, since, number, heard, CLOSING_SECONDS)
