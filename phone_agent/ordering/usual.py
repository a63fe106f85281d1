"""Earlier orders: which one is the usual, and what becomes of one that is ordered again from the menu of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import get_args

from phone_agent.ordering.cart import Amount, ChosenModifier, LineItem
from phone_agent.ordering.dish_words import is_halved, label_on, name_of
from phone_agent.ordering.errors import OptionMissing, OrderingError
from phone_agent.ordering.menu import Menu, MenuItem
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.options import HALVES, OptionRequest, apply_options, fill_defaults
from phone_agent.ordering.order import Order, OrderLine
from phone_agent.ordering.selection import ItemRequest, refuse_other_sizes
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.serving import refuse_unserved

LEAST_TIMES = 2
"""Before that it is what was ordered once."""


@dataclass(frozen=True)
class Reordered:
    lines: tuple[LineItem, ...]
    changes: tuple[str, ...] = ()
    """What is not as it was, as sentences."""


def usual_of(orders: Sequence[Order]) -> Order | None:
    """`orders`: newest first; of what was ordered equally often, the newest. Cancelled ones do not count."""
    counted = [order for order in orders if order.status != "cancelled" and order.lines]
    times = Counter(_dishes_of(order) for order in counted)
    best = max(counted, key=lambda order: times[_dishes_of(order)], default=None)
    return best if best is not None and times[_dishes_of(best)] >= LEAST_TIMES else None


def last_of(orders: Sequence[Order]) -> Order | None:
    return next((order for order in orders if order.status != "cancelled" and order.lines), None)


def _dishes_of(order: Order) -> tuple[object, ...]:
    lines = ((line.name, line.quantity, frozenset(option.label for option in line.options)) for line in order.lines)
    return (order.restaurant_id, frozenset(lines))


def order_again(order: Order, menu: Menu, at: datetime) -> Reordered:
    """At today's prices. A line's id is that of its place in the order: the cart gives it one of its own."""
    lines: list[LineItem] = []
    changes: list[str] = []
    for number, line in enumerate(order.lines):
        again, said = _line_again(line, str(number), menu, at)
        lines += [again] if again is not None else []
        changes += said
    return Reordered(tuple(lines), tuple(dict.fromkeys(changes)))


def _line_again(line: OrderLine, line_id: str, menu: Menu, at: datetime) -> tuple[LineItem | None, list[str]]:
    dishes = _dishes_named(line, menu)
    if not dishes:
        return None, [CallerSentence.REORDER_GONE.words(dish=line.name)]
    item, other = dishes[0], next(iter(dishes[1:]), None)
    name = name_of(LineItem(line_id, item, other_half=other))
    chosen, lost = _options_of(line, item, other)
    try:
        for dish in dishes:
            refuse_unserved(dish, menu, at)
        modifiers = fill_defaults(item, apply_options(item, chosen, ())[0])
        refuse_other_sizes(item, other, modifiers)
    except OptionMissing:
        return None, [CallerSentence.REORDER_WITHOUT.words(dish=name, choice=lost[0]) if lost else _not_now(name)]
    except OrderingError:
        return None, [_not_now(name)]
    again = LineItem(line_id, item, line.quantity, modifiers, line.note, other)
    if not again.is_available:
        return None, [_not_now(name)]
    said = [CallerSentence.REORDER_WITHOUT.words(dish=name, choice=label) for label in lost]
    if again.unit_price_cents != line.unit_price_cents:
        said.append(CallerSentence.REORDER_PRICE.words(dish=name, price=format_usd(again.unit_price_cents)))
    return again, said


def request_like(line: LineItem, menu: Menu) -> ItemRequest:
    """What a caller would have said for this line."""
    options = tuple(OptionRequest(way.modifier.label, way.amount, way.count, way.half) for way in line.modifiers)
    place = menu.restaurant_of(line.item).name
    other = line.other_half.name if line.other_half else ""
    return ItemRequest(line.item.name, line.quantity, options, line.note, place, other)


def _not_now(name: str) -> str:
    return CallerSentence.REORDER_NOT_NOW.words(dish=name)


def _dishes_named(line: OrderLine, menu: Menu) -> tuple[MenuItem, ...]:
    """The dish, or the two of a dish in halves, of which the line keeps the id of one; empty where one is gone."""
    item = next((item for place in menu.active for item in place.items if item.id == line.menu_item_id), None)
    if item is None:
        return ()
    if not is_halved(line.name):
        return (item,)
    others = [other for other in menu.restaurant_of(item).items if item.half_price and other.half_price]
    return next(((item, other) for other in others if name_of(LineItem("", item, other_half=other)) == line.name), ())


def _options_of(
    line: OrderLine, item: MenuItem, other: MenuItem | None
) -> tuple[tuple[ChosenModifier, ...], list[str]]:
    """The choices, and the labels that mean nothing any more."""
    again = LineItem("", item, other_half=other)
    ways = {(label_on(again, choice), choice.half): choice for choice in _every_choice(item)}
    asked = [(option.label, option.role if option.role in HALVES else None) for option in line.options]
    chosen = [ways[one] for one in asked if one in ways]
    groups = [group.id for group in item.option_groups]
    chosen.sort(key=lambda choice: groups.index(choice.group_id))
    return tuple(chosen), [label for label, half in asked if (label, half) not in ways]


def _every_choice(item: MenuItem) -> list[ChosenModifier]:
    amounts: tuple[Amount, ...] = get_args(Amount)
    return [
        ChosenModifier(group.id, modifier, amount, count, half)
        for group in item.option_groups
        for half in (None, *(HALVES if group.has_halves else ()))
        for modifier in group.modifiers
        for amount, count in product(amounts, range(1, modifier.most + 1))
    ]
