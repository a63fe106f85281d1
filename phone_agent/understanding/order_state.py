"""A reading of a whole order so far, and what it has cost in doubts."""

from __future__ import annotations

from typing import Literal, NamedTuple

from phone_agent.ordering.cart import Half
from phone_agent.ordering.menu import MenuItem
from phone_agent.understanding.order_index import choices_of
from phone_agent.understanding.tokens import Words

Weight = Literal["extra", "light", "double"]
Carry = Literal["", "or", "and"]
Span = tuple[int, int]


class Wish(NamedTuple):
    """An option as it was said."""

    key: Words
    span: Span
    weight: Weight | None = None
    times: int | None = None
    negated: bool = False
    half: Half | None = None
    is_trailing: bool = False
    """Said after the dish and not before it."""


class Draft(NamedTuple):
    """A dish as it was said."""

    items: tuple[MenuItem, ...]
    """What its name may mean; each option leaves only those that have it."""
    span: Span
    quantity: int = 1
    is_counted: bool = False
    wishes: tuple[Wish, ...] = ()
    half: Half | None = None
    parent: int | None = None
    """The draft that this one is a part of: "three burgers, one without onions"."""


class State(NamedTuple):
    cost: float = 0.0
    at: int = 0
    drafts: tuple[Draft, ...] = ()
    number: int | None = None
    is_number: bool = False
    pending: tuple[Wish, ...] = ()
    """Options said before their dish."""
    weight: Weight | None = None
    negated: bool = False
    carries_no: Carry = ""
    """What "no" goes on over: "without onions and pickles", "no onions or pickles"."""
    half: Half | None = None
    halves: int = 0
    after: str = ""
    """What kind of thing was read last."""
    is_listing: bool = False
    """Since "with": what follows is rather an option."""
    wants_dish: bool = False
    """Since "a side of": what follows is rather a dish."""
    corrects: bool = False
    replaces: bool = False
    """Since "actually, make that": the next dish stands for the last one."""
    scope: int = 1
    """How many of the last drafts an option is for: "a burger and a wrap, both without onions"."""
    since: int = 0
    """Options of the last draft that were there before this list."""
    waiting: tuple[tuple[int, tuple[Wish, ...]], ...] = ()
    """ "three large and two small fries": the first part of it."""
    dropped: tuple[Span, ...] = ()

    @property
    def current(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None


def fitting(items: tuple[MenuItem, ...], key: Words) -> tuple[MenuItem, ...]:
    return tuple(item for item in items if key in choices_of(item))


def left_of(drafts: tuple[Draft, ...], index: int) -> int:
    """How many of a draft no part of it has taken yet."""
    return drafts[index].quantity - sum(draft.quantity for draft in drafts if draft.parent == index)


def root_of(drafts: tuple[Draft, ...]) -> int:
    last = drafts[-1]
    return len(drafts) - 1 if last.parent is None else last.parent
