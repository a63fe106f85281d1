"""Earlier orders: which one is the usual, and what becomes of one that is ordered again from the menu of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import get_args

from phone_agent.ordering.cart import Amount, ChosenModifier, LineItem
from phone_agent.ordering.dish_words import label_of
from phone_agent.ordering.errors import OptionMissing, OrderingError
from phone_agent.ordering.menu import Menu, MenuItem
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.options import OptionRequest, apply_options, fill_defaults
from phone_agent.ordering.order import Order, OrderLine
from phone_agent.ordering.selection import ItemRequest
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
    item = _item_of(line, menu)
    if item is None:
        return None, [CallerSentence.REORDER_GONE.words(dish=line.name)]
    chosen, lost = _options_of(line, item)
    try:
        refuse_unserved(item, menu, at)
        modifiers = fill_defaults(item, apply_options(item, chosen, ())[0])
    except OptionMissing:
        return None, [CallerSentence.REORDER_WITHOUT.words(dish=item.name, choice=lost[0])] if lost else _not_now(item)
    except OrderingError:
        return None, _not_now(item)
    again = LineItem(line_id, item, line.quantity, modifiers, line.note)
    if not again.is_available:
        return None, _not_now(item)
    said = [CallerSentence.REORDER_WITHOUT.words(dish=item.name, choice=label) for label in lost]
    if again.unit_price_cents != line.unit_price_cents:
        said.append(CallerSentence.REORDER_PRICE.words(dish=item.name, price=format_usd(again.unit_price_cents)))
    return again, said


def request_like(line: LineItem, menu: Menu) -> ItemRequest:
    """What a caller would have said for this line."""
    options = tuple(OptionRequest(way.modifier.label, way.amount, way.count, way.half) for way in line.modifiers)
    place = menu.restaurant_of(line.item).name
    return ItemRequest(line.item.name, line.quantity, options, line.note, place)


def _not_now(item: MenuItem) -> list[str]:
    return [CallerSentence.REORDER_NOT_NOW.words(dish=item.name)]


def _item_of(line: OrderLine, menu: Menu) -> MenuItem | None:
    """A dish in two halves keeps the id of one half only and cannot be made again from it."""
    items = [item for place in menu.active for item in place.items]
    item = next((item for item in items if item.id == line.menu_item_id), None)
    is_halved = any(option.role in ("left", "right") for option in line.options) or ", half " in line.name
    return None if is_halved else item


def _options_of(line: OrderLine, item: MenuItem) -> tuple[tuple[ChosenModifier, ...], list[str]]:
    """The choices, and the labels that mean nothing any more."""
    ways = {label_of(choice): choice for choice in _every_choice(item)}
    chosen = [ways[option.label] for option in line.options if option.label in ways]
    groups = [group.id for group in item.option_groups]
    chosen.sort(key=lambda choice: groups.index(choice.group_id))
    return tuple(chosen), [option.label for option in line.options if option.label not in ways]


def _every_choice(item: MenuItem) -> list[ChosenModifier]:
    amounts: tuple[Amount, ...] = get_args(Amount)
    return [
        ChosenModifier(group.id, modifier, amount, count)
        for group in item.option_groups
        for modifier in group.modifiers
        for amount, count in product(amounts, range(1, modifier.most + 1))
    ]
