"""Whether calls that ran side by side were kept apart: by what each of them left in the store."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from phone_agent.ordering.order import Order
from phone_agent.ordering.wording import words_for_lines
from phone_agent.store.records import CallRecord, TranscriptLine

READ_BACK = re.compile(r"You have (.+) from ")


@dataclass(frozen=True)
class Kept:
    """What one call left behind, and what its caller wanted."""

    number: str
    quantity: int
    dish: str
    call: CallRecord
    orders: Sequence[Order]
    transcript: Sequence[TranscriptLine]


def mixed_up(calls: Sequence[Kept]) -> list[str]:
    """Each thing that one call has of another's, or does not have of its own."""
    faults = [f"{kept.number}: {fault}" for kept in calls for fault in _faults_of(kept)]
    if len({kept.call.profile_id for kept in calls}) < len(calls):
        faults.append("two calls are one customer's")
    if len({order.id for kept in calls for order in kept.orders}) != len(calls):
        faults.append(f"{len(calls)} calls did not make as many orders")
    return faults


def miscounted(calls: Sequence[Kept]) -> list[str]:
    """The callers who did not get as many as they said: misheard, not mixed up."""
    return [
        kept.number for kept in calls if [line.quantity for o in kept.orders for line in o.lines] != [kept.quantity]
    ]


def _faults_of(kept: Kept) -> Iterator[str]:
    if kept.call.caller_number != kept.number:
        yield f"the call is {kept.call.caller_number}'s"
    if len(kept.orders) != 1:
        yield f"{len(kept.orders)} orders"
    for order in kept.orders:
        if order.profile_id != kept.call.profile_id:
            yield "the order is another customer's"
        if [line.name for line in order.lines] != [kept.dish]:
            yield f"ordered {words_for_lines(order.lines)}"
        if words_for_lines(order.lines) != read_back_in(kept.transcript):
            yield f"was read {read_back_in(kept.transcript)}, ordered {words_for_lines(order.lines)}"


def read_back_in(transcript: Sequence[TranscriptLine]) -> str | None:
    """The lines of the last read-back, in the agent's words."""
    said = [READ_BACK.match(entry.text) for entry in transcript if entry.speaker == "agent"]
    return next((found[1] for found in reversed(said) if found), None)
