"""What has to be undone so that nothing made here is left, and nothing of others is touched: pure."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.telephony.plan import Found, Json, Owner, Plan, Step, Wanted, by_installation, removal


def plan_to_destroy(wanted: Sequence[Wanted], found: Sequence[Found]) -> Plan:
    """Children first. What holds anything that is not ours stays, and so does what was only adopted."""
    made = Plan()
    found = by_installation(wanted, found)
    wishes = {wish.key: wish for wish in wanted}
    doomed: list[Found] = []
    for each in reversed(found):
        # Two levels: what has a parent holds nothing, though an attachment has the id of what it attaches.
        inside = [f for f in found if each.parent is None and f.parent == each.id and f not in doomed]
        wish = wishes.get(each.key)
        is_ours = each.owner is Owner.OURS or (wish is not None and _is_inside_ours(each, found))
        if is_ours and inside:
            names = ", ".join(f"{f.key.kind} {f.key.name}" for f in inside)
            made.notes.append(f"{each.key.kind} {each.key.name} stays: it holds what was not made here ({names}).")
        elif is_ours:
            doomed.append(each)
        elif wish is not None and _is_in_use(each, wish, found) and (back := _restored(each, wish)):
            made.steps.append(Step("restore", each.key, back, found=each))
        elif wish is not None and each.owner is Owner.UNMARKED and _is_known(each.parent, found):
            made.notes.append(f"{each.key.kind} {each.key.name} stays: it is in what was only adopted ({each.parent}).")
    made.steps += [removal(each) for each in doomed]
    return made


def _is_inside_ours(each: Found, found: Sequence[Found]) -> bool:
    """Or attaches what is ours: what was only adopted may have held the rest before."""
    ours = {f.id for f in found if f.owner is Owner.OURS}
    return each.owner is Owner.UNMARKED and bool({each.parent, each.id} & ours)


def _is_in_use(each: Found, wish: Wanted, found: Sequence[Found]) -> bool:
    return each.owner is Owner.ADOPTED or (wish.held_in is not None and _is_known(each.fields.get(wish.held_in), found))


def _is_known(its_id: Json, found: Sequence[Found]) -> bool:
    return its_id in [f.id for f in found if f.owner in (Owner.OURS, Owner.ADOPTED)]


def _restored(each: Found, wish: Wanted) -> dict[str, tuple[Json, Json]]:
    """What we set on things that stay is taken back where it is still what we set."""
    ours = {name: value for name, value in wish.fields.items() if name.endswith("_url")}
    return {name: (value, "") for name, value in ours.items() if value and each.fields.get(name) == value}
