"""Carries a plan out, one request a step; a failure half-way leaves what the next reading and plan complete."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from phone_agent.telephony.plan import Found, Json, Key, Plan, Ref, Step, Wanted, plan, resolved

ROUNDS = 4
PAUSE_S = 0.5


class ProvisioningError(Exception):
    """A server cannot be reached or refuses; says what to do."""


class Passing(Exception):
    """It may work a moment later, and nobody knows whether it was carried out."""


class Side(Protocol):
    """Where trunks and numbers live. Raises ProvisioningError and Passing only."""

    name: str

    async def found(self) -> list[Found]:
        """Parents before children; of what is alike the oldest first."""

    async def create(self, wanted: Wanted, fields: Mapping[str, Json], parent: str | None) -> str: ...

    async def update(self, found: Found, fields: Mapping[str, Json]) -> None: ...

    async def delete(self, found: Found) -> None: ...


@dataclass
class Outcome:
    done: list[tuple[Step, str]] = field(default_factory=list)
    """With the ids."""
    left: list[Step] = field(default_factory=list)
    """Not allowed, or waiting for something that was not allowed."""
    plan: Plan = field(default_factory=Plan)


async def carry_out(
    side: Side, wanted: Sequence[Wanted], *, adopt: bool = False, may: Callable[[Step], bool] = lambda step: False
) -> Outcome:
    """`may` is asked before anything is bought or deleted."""
    return await follow(side, lambda found: plan(wanted, found, adopt=adopt), may)


async def follow(side: Side, planned: Callable[[list[Found]], Plan], may: Callable[[Step], bool]) -> Outcome:
    """After a failure that may pass it looks again at what is there: a request is never sent blindly twice."""
    outcome = Outcome()
    answers: dict[tuple[str, Key, str], bool] = {}

    def allowed(step: Step) -> bool:
        asked = (step.action, step.key, step.found.id if step.found else "")
        return not step.asks_first or answers.setdefault(asked, answers[asked] if asked in answers else may(step))

    for attempt in range(ROUNDS):
        try:
            outcome.plan = planned(await side.found())
            outcome.left = []
            if not outcome.plan.problems:
                await _run(side, outcome, allowed)
            return outcome
        except Passing as failure:
            if attempt == ROUNDS - 1:
                raise ProvisioningError(
                    f"{side.name}: {failure}; run it again, it goes on where it stopped."
                ) from failure
            await asyncio.sleep(PAUSE_S * 2**attempt)
    return outcome


async def _run(side: Side, outcome: Outcome, allowed: Callable[[Step], bool]) -> None:
    ids = dict(outcome.plan.known)
    for step in outcome.plan.steps:
        if not allowed(step) or _waits(step, ids):
            outcome.left.append(step)
            continue
        done = await _do(side, step, ids)
        ids[step.key] = done
        outcome.done.append((step, done))


async def _do(side: Side, step: Step, ids: Mapping[Key, str]) -> str:
    if step.found is not None and step.action in ("delete", "release"):
        await side.delete(step.found)
        return step.found.id
    fields = {name: resolved(new, ids) for name, (_, new) in step.changes.items()}
    if step.found is not None:
        await side.update(step.found, fields)
        return step.found.id
    assert step.wanted is not None
    return await side.create(step.wanted, fields, ids.get(step.wanted.parent) if step.wanted.parent else None)


def _waits(step: Step, ids: Mapping[Key, str]) -> bool:
    if step.wanted is None or step.found is not None:
        return False
    return (step.wanted.parent is not None and step.wanted.parent not in ids) or _has_ref(
        [resolved(new, ids) for _, new in step.changes.values()]
    )


def _has_ref(value: Json) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_ref, value.values()))
    return any(map(_has_ref, value)) if isinstance(value, list) else isinstance(value, Ref)
