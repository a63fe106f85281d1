"""Plans and what came of them, for people and for programs; no secret is in either."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from phone_agent.telephony.halves import Half
from phone_agent.telephony.plan import Json, Step, shown

SIGNS = {"create": "+", "buy": "+", "update": "~", "adopt": "~", "restore": "~", "delete": "-", "release": "-"}
PAST = {
    "create": "created", "buy": "bought", "update": "updated", "adopt": "adopted", "restore": "restored",
    "delete": "deleted", "release": "released",
}  # fmt: skip


def lines_of_plan(halves: Sequence[Half]) -> Iterator[str]:
    for half in halves:
        yield f"{half.name}:"
        for step in half.plan.steps:
            yield from _lines(step)
        for each in half.plan.unchanged:
            yield f"  = {each.key.kind} {each.key.name} ({each.id})"
        yield from _remarks(half)


def lines_of_outcome(halves: Sequence[Half]) -> Iterator[str]:
    for half in halves:
        done = [] if half.outcome is None else half.outcome.done
        for step, its_id in done:
            fields = f" ({', '.join(step.changes)})" if step.found is not None and step.changes else ""
            yield f"{step.key.kind} {its_id} {PAST[step.action]}{fields}"
            yield from _lost(step)
        changed = {its_id for _, its_id in done}
        yield from (f"{e.key.kind} {e.id} unchanged" for e in half.plan.unchanged if e.id not in changed)
        for step in [] if half.outcome is None else half.outcome.left:
            yield f"{step.key.kind} {step.key.name}: not done ({step.action})"
        yield from _remarks(half)


def as_json(halves: Sequence[Half]) -> str:
    return json.dumps([_half(half) for half in halves], indent=2)


def _half(half: Half) -> dict[str, object]:
    done = {} if half.outcome is None else {id(step): its_id for step, its_id in half.outcome.done}
    steps = half.plan.steps if half.outcome is None else [*(s for s, _ in half.outcome.done), *half.outcome.left]
    return {
        "half": half.name,
        "steps": [_step(step) | {"id": done.get(id(step), _own_id(step)), "done": id(step) in done} for step in steps],
        "unchanged": [{"kind": e.key.kind, "name": e.key.name, "id": e.id} for e in half.plan.unchanged],
        "problems": half.plan.problems,
        "notes": [*half.plan.notes, *half.notes],
    }


def _own_id(step: Step) -> str | None:
    return step.found.id if step.found else None


def _step(step: Step) -> dict[str, object]:
    changes = {name: {"from": shown(name, old), "to": shown(name, new)} for name, (old, new) in step.changes.items()}
    return {"action": step.action, "kind": step.key.kind, "name": step.key.name, "changes": changes}


def _lines(step: Step) -> Iterator[str]:
    where = f" ({step.found.id})" if step.found else ""
    yield f"  {SIGNS[step.action]} {step.action} {step.key.kind} {step.key.name}{where}"
    for name, (old, new) in step.changes.items():
        if step.found is not None:
            yield f"      {name}: {_text(name, old)} → {_text(name, new)}"
        elif not _is_empty(new):
            yield f"      {name}: {_text(name, new)}"


def _lost(step: Step) -> Iterator[str]:
    """What stood there before, so that it can be put back by hand."""
    if step.found is not None:
        lost = ((name, old) for name, (old, _) in step.changes.items() if not _is_empty(old))
        yield from (f"    {name} was {_text(name, old)}" for name, old in lost)


def _is_empty(value: Json) -> bool:
    return value in (None, "", False, [], {})


def _text(name: str, value: Json) -> str:
    return json.dumps(shown(name, value), ensure_ascii=False)


def _remarks(half: Half) -> Iterator[str]:
    yield from (f"  ! {problem}" for problem in half.plan.problems)
    yield from (f"  note: {note}" for note in (*half.plan.notes, *half.notes))
