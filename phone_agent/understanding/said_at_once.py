"""A sentence of a call that orders several things, read as a whole and not clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from phone_agent.ordering.cart import Amount
from phone_agent.ordering.menu import MenuItem
from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.understanding.clauses import Clause
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import (
    AddItems,
    ChangeItem,
    Decline,
    FindFood,
    Intent,
    NotInOrder,
    Pause,
    RemoveItem,
    Unclear,
)  # fmt: skip
from phone_agent.understanding.kinds import Kind
from phone_agent.understanding.whole_order import WholeItem, WholeOption, whole_order

ORDERING = frozenset((Kind.ADD, Kind.WANT, Kind.BARE))
BESIDE = frozenset((Kind.GREETING, Kind.THANKS, Kind.YES, Kind.CHECKOUT, Kind.GOODBYE))
CORRECTING = frozenset((Kind.NO, Kind.MAKE, Kind.REMOVE, Kind.MEANT, Kind.PAUSE, Kind.UNDO, Kind.REPEAT))
"""With nothing ordered yet these can only be about the same sentence: "two, no, three"."""
READ_ANEW = (AddItems, ChangeItem, RemoveItem, NotInOrder, FindFood, Decline, Pause, Unclear)


def said_at_once(
    utterance: str, clauses: Sequence[Clause], intents: Sequence[Intent], context: Context
) -> tuple[Intent, ...] | None:
    """The intents with the whole order in the place of its pieces; None where the pieces say it all."""
    kinds = {clause.kind for clause in clauses}
    allowed = ORDERING | BESIDE | (frozenset() if context.lines else CORRECTING)
    items = [item for intent in intents if isinstance(intent, AddItems) for item in intent.items]
    if not kinds <= allowed or not _is_for_reading_anew(items):
        return None
    order = whole_order(utterance, context.menu)
    if context.shown and not any(item.half for item in order.items):
        return None
    if order.unmatched or not order.items or not (_is_worth_it(items, intents) or len(order.items) > len(items)):
        return None
    added = AddItems(tuple(requests_of(order.items, context)))
    rest = tuple(intent for intent in intents if not isinstance(intent, READ_ANEW))
    return (added, *rest)


def _is_for_reading_anew(items: Sequence[ItemRequest]) -> bool:
    """Notes, places and pronouns are for the reader of clauses."""
    return bool(items) and not any(item.note or item.restaurant_name for item in items)


def _is_worth_it(items: Sequence[ItemRequest], intents: Sequence[Intent]) -> bool:
    is_cut = any(isinstance(intent, READ_ANEW) and not isinstance(intent, AddItems) for intent in intents)
    return is_cut or len(items) > 1 or any(item.options for item in items)


def requests_of(items: Sequence[WholeItem], context: Context) -> Iterator[ItemRequest]:
    """Two halves are one dish of the order, and have one size."""
    waiting = list(items)
    while waiting:
        item = waiting.pop(0)
        other = next((o for o in waiting if (item.half, o.half, o.quantity) == ("left", "right", item.quantity)), None)
        if other is not None:
            waiting.remove(other)
        yield _request(item, other, context)


def _request(item: WholeItem, other: WholeItem | None, context: Context) -> ItemRequest:
    sizes = {half.size for half in (item, other) if half is not None and half.size is not None}
    size = tuple(OptionRequest(size.label) for size in sizes if len({size.slug for size in sizes}) == 1)[:1]
    own, others = [_option(option) for option in item.options], [_option(o) for o in other.options] if other else []
    shared = [option for option in own if option in others]
    left = [replace(option, half=item.half) for option in own if option not in shared]
    right = [replace(option, half="right") for option in others if option not in shared]
    place = context.menu.restaurant_of(item.item).name if _is_a_name_of_two(item.item, context) else ""
    second = other.item.name if other is not None and other.item is not item.item else ""
    options = (*size, *shared, *left, *right)
    return ItemRequest(item.item.name, item.quantity, options, restaurant_name=place, other_half=second)


def _option(option: WholeOption) -> OptionRequest:
    amount: Amount = "no" if option.negated else option.weight or "regular"
    return OptionRequest(option.modifier.label, amount, option.count)


def _is_a_name_of_two(item: MenuItem, context: Context) -> bool:
    return sum(other.name == item.name for other in context.menu.items) > 1
