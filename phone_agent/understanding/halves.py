"""Halves of a dish in a call: the sentences that change a dish which is ordered already."""

from __future__ import annotations

import re
from collections.abc import Sequence

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.menu import Menu, MenuItem
from phone_agent.ordering.selection import ItemRequest
from phone_agent.understanding.changes import line_at
from phone_agent.understanding.clauses import Clause
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import ChangeItem, Intent
from phone_agent.understanding.kinds import Kind
from phone_agent.understanding.order_halves import NAMED_HALF
from phone_agent.understanding.said_at_once import requests_of
from phone_agent.understanding.tokens import stems, words_in
from phone_agent.understanding.whole_order import whole_order

SPOKEN_OF = re.compile(r"\b(half|halves|left|right|sides?)\b|1/2|\u00bd", re.IGNORECASE)
ON_ONE = re.compile(r"\bon (?:one|the first) (half|side)\b", re.IGNORECASE)
ON_OTHER = re.compile(r"\bon the (?:other|second) (half|side)\b", re.IGNORECASE)
CHANGING = frozenset((Kind.MAKE, Kind.SWAP, Kind.MEANT))


def speaks_of_halves(utterance: str, menu: Menu) -> bool:
    return SPOKEN_OF.search(utterance) is not None and any(
        item.half_price or any(group.has_halves for group in item.option_groups) for item in menu.items
    )


def with_named_halves(utterance: str, menu: Menu) -> str:
    """ "On one half" names no time of the day."""
    if not speaks_of_halves(utterance, menu):
        return utterance
    return ON_OTHER.sub(r"on the right \1", ON_ONE.sub(r"on the left \1", utterance))


def changed_in_halves(utterance: str, clauses: Sequence[Clause], context: Context) -> tuple[Intent, ...] | None:
    """ "Make it half pepperoni, half mushroom", "bacon on the left half": of a dish of the cart; else None."""
    if context.last_line is None or not speaks_of_halves(utterance, context.menu):
        return None
    named = line_at(words_in(utterance), context)
    line = context.last_line if named is None else named
    utterance = _with_sides(utterance, context.lines[line])
    ordered = context.lines[line].item
    is_change = any(clause.kind in CHANGING for clause in clauses)
    whole = _in_halves(utterance, context)
    if whole is not None:
        return (_change(line, whole, context),) if is_change else None
    second = _one_half(utterance, context) if is_change else None
    if second is not None and second != ordered:
        return (ChangeItem(line, other_half=second.name),)
    options = _in_halves(f"{ordered.name} {utterance}", context)
    if options is None or options.item_name != ordered.name or options.other_half:
        return None
    return (_change(line, options, context),)


def _with_sides(utterance: str, line: LineItem) -> str:
    """ "On the mushroom half" of two dishes in one."""
    if line.other_half is None:
        return utterance
    left, right = (set(stems(words_in(dish.name))) for dish in (line.item, line.other_half))

    def on_a_side(found: re.Match[str]) -> str:
        named = set(stems(words_in(found[1])))
        side = "left" if named & (left - right) else "right" if named & (right - left) else ""
        return f"on the {side} half" if side else found[0]

    return NAMED_HALF.sub(on_a_side, utterance)


def _in_halves(utterance: str, context: Context) -> ItemRequest | None:
    """The one dish that was said, where something is on a half of it."""
    order = whole_order(utterance, context.menu)
    requests = list(requests_of(order.items, context))
    if order.unmatched or len(requests) != 1:
        return None
    (request,) = requests
    return request if request.other_half or any(option.half for option in request.options) else None


def _one_half(utterance: str, context: Context) -> MenuItem | None:
    """ "Make it half pepperoni"."""
    order = whole_order(utterance, context.menu)
    halves = [item for item in order.items if item.half is not None and not (item.options or order.unmatched)]
    return halves[0].item if len(halves) == len(order.items) == 1 else None


def _change(line: int, request: ItemRequest, context: Context) -> ChangeItem:
    name = request.item_name if request.item_name != context.lines[line].item.name else None
    return ChangeItem(line, name, None, request.options or None, other_half=request.other_half or None)
