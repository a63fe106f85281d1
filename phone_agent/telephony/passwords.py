"""A password that no carrier shows: it is told again where LiveKit, which shows its own, has another one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from phone_agent.telephony.plan import Plan, Step, Wanted


def has_new_password(plan: Plan) -> bool:
    return not plan.problems and any("auth_password" in step.changes and step.found for step in plan.steps)


def new_passwords(wanted: Sequence[Wanted], plan: Plan, *, beside: Iterable[Plan]) -> list[Step]:
    """Of what is there already; what is made in this run is made with the new one."""
    if not any(map(has_new_password, beside)):
        return []
    known = {found.key: found for found in plan.unchanged}
    return [
        Step("update", wish.key, {"password": (None, wish.fields["password"])}, wish, known[wish.key])
        for wish in wanted
        if wish.key in known and "password" in wish.fields
    ]
