"""What has to be done so that what is found becomes what is wanted: pure, for any provider of trunks and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Literal, NamedTuple, TypeAlias

from phone_agent.telephony.sip_files import ADOPTED_MARK, MADE

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | int | float | bool | Ref | None"
Fields: TypeAlias = Mapping[str, Json]

SECRET = ("auth_password", "password")
HIDDEN = "(secret)"
BOUGHT = "number"
TO_BE_MADE = "(known once it is made)"


class Key(NamedTuple):
    kind: str
    name: str


@dataclass(frozen=True)
class Ref:
    """Stands for the id of something that may have to be made first."""

    key: Key


class Owner(Enum):
    OURS = "ours"
    ADOPTED = "adopted"
    UNMARKED = "unmarked"
    """Of a kind that cannot carry a mark: ours where we want it, else not."""
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Wanted:
    key: Key
    fields: Fields
    parent: Key | None = None
    marked_in: str | None = None
    """The field that says whose it is."""
    claims: frozenset[str] = frozenset()
    """By these, too, something foreign is known to be the same thing."""
    only_once: bool = False
    """Whether a foreign thing with the same claim makes ours impossible."""
    bought: bool = False
    existing: bool = False
    """Whether it must be there already: neither made nor bought."""
    held_in: str | None = None
    """The field that says whose part it is; only --adopt takes it from another one."""
    in_use: tuple[str, ...] = ()
    """Fields of a foreign thing that only --adopt overwrites, or deprives of their effect by taking it in."""


@dataclass(frozen=True)
class Found:
    key: Key
    id: str
    fields: Fields
    owner: Owner
    parent: str | None = None
    claims: frozenset[str] = frozenset()
    made_for: str = ""
    """The installation that its mark names."""


Action = Literal["create", "buy", "update", "adopt", "delete", "release", "restore"]


@dataclass(frozen=True)
class Step:
    """One request."""

    action: Action
    key: Key
    changes: Mapping[str, tuple[Json, Json]] = field(default_factory=dict)
    wanted: Wanted | None = None
    found: Found | None = None

    @property
    def asks_first(self) -> bool:
        return self.action in ("buy", "delete", "release")


@dataclass
class Plan:
    steps: list[Step] = field(default_factory=list)
    unchanged: list[Found] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """Nothing is done before these are out of the way."""
    notes: list[str] = field(default_factory=list)
    known: dict[Key, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.steps or self.problems)


def plan(wanted: Sequence[Wanted], found: Sequence[Found], *, adopt: bool = False) -> Plan:
    """Parents stand before their children in `wanted`, and so do things before those that refer to them."""
    made = Plan()
    found = by_installation(wanted, found)
    used: set[int] = set()
    left_out: set[Key] = set()
    for wish in wanted:
        if left_out & _references(wish):
            continue
        at = _match(wish, found, made, used)
        if at is not None:
            used.add(at)
            _keep(wish, found[at], made)
            made.problems += [] if adopt else _held(wish, found[at], made)
        elif (at := _foreign(wish, found, made)) is not None and adopt:
            used.add(at)
            _adopt(wish, found[at], made)
        elif at is not None and wish.only_once:
            what = f"{wish.key.kind} {found[at].key.name} ({found[at].id})"
            held = ", ".join(sorted(found[at].claims & wish.claims))
            made.problems.append(f"{what} holds {held} and was not made here: --adopt takes it over.")
        elif wish.existing:
            left_out.add(wish.key)
            made.notes.append(f"{wish.key.kind} {wish.key.name} is not in this account: left out.")
        else:
            made.steps.append(Step("buy" if wish.bought else "create", wish.key, _all_new(wish, made), wanted=wish))
    strays = [f for at, f in enumerate(found) if at not in used and f.owner is Owner.OURS]
    made.steps += [removal(stray) for stray in reversed(strays) if stray.key.kind != BOUGHT]
    made.notes += [_still_ours(stray) for stray in strays if stray.key.kind == BOUGHT]
    return made


def shown(name: str, value: Json) -> Json:
    """As it may be read by anybody."""
    if name in SECRET and value:
        return HIDDEN
    if isinstance(value, Ref):
        return TO_BE_MADE
    return [shown(name, part) for part in value] if isinstance(value, list) else value


def resolved(value: Json, ids: Mapping[Key, str]) -> Json:
    """Every Ref becomes an id as far as it is known."""
    if isinstance(value, Ref):
        return ids.get(value.key, value)
    if isinstance(value, Mapping):
        return {name: resolved(part, ids) for name, part in value.items()}
    return [resolved(part, ids) for part in value] if isinstance(value, list) else value


def _match(wish: Wanted, found: Sequence[Found], made: Plan, used: set[int]) -> int | None:
    """The oldest one of ours: a run that was cut off may have left a second, which is a stray then."""
    parent = made.known.get(wish.parent) if wish.parent else None
    if wish.parent and parent is None:
        return None
    return next(
        (
            at
            for at, each in enumerate(found)
            if at not in used and each.key == wish.key and each.parent == parent and _is_usable(each, wish)
        ),
        None,
    )


def _references(wish: Wanted) -> set[Key]:
    return {value.key for value in wish.fields.values() if isinstance(value, Ref)}


def _held(wish: Wanted, each: Found, made: Plan) -> list[str]:
    what, holder = f"{wish.key.kind} {wish.key.name}", each.fields.get(wish.held_in or "")
    is_inside = holder in made.known.values()
    if holder and not is_inside:
        return [f"{what} belongs to {holder}: --adopt takes it from there."]
    if each.owner is not Owner.FOREIGN:
        return []
    lost = {name: each.fields.get(name) for name in wish.in_use if name in wish.fields or not is_inside}
    return [
        f"{what} is in use, its {name} is {value}: --adopt takes it over."
        for name, value in lost.items()
        if value and value != wish.fields.get(name)
    ]


def _is_usable(each: Found, wish: Wanted) -> bool:
    return each.owner is not Owner.FOREIGN or (wish.marked_in is None or wish.bought or wish.existing)


def _foreign(wish: Wanted, found: Sequence[Found], made: Plan) -> int | None:
    if wish.parent and wish.parent not in made.known:
        return None
    parent = made.known.get(wish.parent) if wish.parent else None
    alike = [
        at
        for at, each in enumerate(found)
        if each.key.kind == wish.key.kind
        and each.owner is Owner.FOREIGN
        and each.parent == parent
        and (each.key.name == wish.key.name or each.claims & wish.claims)
    ]
    claimed = [at for at in alike if found[at].claims & wish.claims]
    return next(iter(claimed or ([] if wish.only_once else alike)), None)


def _keep(wish: Wanted, each: Found, made: Plan) -> None:
    made.known[wish.key] = each.id
    changes = _differences(_with_mark(wish, each.owner), each, made)
    if changes:
        made.steps.append(Step("update", wish.key, changes, wish, each))
    else:
        made.unchanged.append(each)


def _adopt(wish: Wanted, each: Found, made: Plan) -> None:
    made.known[wish.key] = each.id
    changes = _differences(_with_mark(wish, Owner.ADOPTED), each, made)
    made.steps.append(Step("adopt", wish.key, changes, wish, each))


def _with_mark(wish: Wanted, owner: Owner) -> Fields:
    """What was only adopted says so and loses nothing; what was bought by others keeps its name."""
    if wish.marked_in is None:
        return wish.fields
    if owner is Owner.ADOPTED:
        spoken_of = {name: value for name, value in wish.fields.items() if value is not None}
        return {**spoken_of, wish.marked_in: str(wish.fields[wish.marked_in]).replace(MADE, ADOPTED_MARK)}
    if owner is Owner.FOREIGN:
        return {name: value for name, value in wish.fields.items() if name != wish.marked_in}
    return wish.fields


def _differences(fields: Fields, each: Found, made: Plan) -> dict[str, tuple[Json, Json]]:
    pairs = {name: (each.fields.get(name), resolved(value, made.known)) for name, value in fields.items()}
    return {name: (old, new) for name, (old, new) in pairs.items() if name not in CREATE_ONLY and old != new}


CREATE_ONLY = ("password",)
"""What nobody can read back."""


def _all_new(wish: Wanted, made: Plan) -> dict[str, tuple[Json, Json]]:
    return {name: (None, resolved(value, made.known)) for name, value in wish.fields.items()}


def removal(each: Found) -> Step:
    return Step("release" if each.key.kind == BOUGHT else "delete", each.key, found=each)


def _still_ours(each: Found) -> str:
    what = f"{each.key.kind} {each.key.name} ({each.id})"
    return (
        f"{what} was bought here and is not wanted any more: it stays, and costs; "
        "`destroy --release-number` gives it back."
    )


def by_installation(wanted: Sequence[Wanted], found: Sequence[Found]) -> Sequence[Found]:
    """Several may share an account: what was made for another one is as foreign as anybody's."""
    names = {wish.key.name for wish in wanted}
    return [replace(f, owner=Owner.FOREIGN) if f.made_for and f.made_for not in names else f for f in found]
