"""What a caller asks for: a dish by name with options, and how it becomes a line of the cart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from phone_agent.ordering.cart import Amount, ChosenModifier, Half, LineItem
from phone_agent.ordering.errors import Ambiguous, NotUnderstood, OptionUnknown
from phone_agent.ordering.lists import either
from phone_agent.ordering.matching import match_item, match_restaurant
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant
from phone_agent.ordering.options import OptionRequest, apply_options, carried_over, fill_defaults
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.serving import refuse_unserved, refuse_unserved_parts

__all__ = ["Amount", "ItemRequest", "OpenQuestion", "OptionRequest", "changed_line", "line_for"]

AT = " at "
MIRRORED: dict[Half | None, Half | None] = {"left": "right", "right": "left", None: None}


@dataclass(frozen=True)
class ItemRequest:
    item_name: str
    quantity: int = 1
    options: tuple[OptionRequest, ...] = ()
    note: str = ""
    restaurant_name: str = ""
    """Empty: any restaurant."""
    other_half: str = ""
    """The dish of the right half where two are asked for in one: "half margherita, half pepperoni"."""


@dataclass(frozen=True)
class OpenQuestion:
    """What the agent asked last and still needs an answer to, so that "large" or "the second one" make sense."""

    words: str
    """The question as the caller heard it."""
    request: ItemRequest
    candidates: tuple[str, ...]
    """What may be answered: dishes (which one) or choices of one option group."""
    group_id: str | None = None
    """The option group that is open; None where the question is which dish."""
    line_id: str | None = None
    """The line of the cart that the answer changes; None where it adds one."""


def line_for(
    request: ItemRequest,
    menu: Menu,
    *,
    line_id: str,
    restaurants: Collection[Restaurant] | None = None,
    cart_restaurant_id: str | None = None,
    at: datetime | None = None,
) -> LineItem:
    """`restaurants` limits the search; the cart's own restaurant is looked at first; `at`: when the dish is wanted.

    Raises NotUnderstood, Ambiguous, SoldOut, NotServed, OptionMissing, OptionUnknown, TooMany.
    """
    if request.quantity < 1:
        raise NotUnderstood(Sentence.HOW_MANY.words())
    item = _item_for(request, menu, restaurants, cart_restaurant_id)
    refuse_unserved(item, menu, at)
    other, options = None, request.options
    if request.other_half:
        item, other, options = _in_halves(item, request, menu, at)
    chosen, wishes = apply_options(item, (), options)
    modifiers = fill_defaults(item, chosen)
    refuse_other_sizes(item, other, modifiers)
    line = LineItem(line_id, item, request.quantity, modifiers, _note(request.note, *wishes), other)
    refuse_unserved_parts(line, menu, at)
    return line


def changed_line(
    line: LineItem,
    menu: Menu,
    *,
    quantity: int | None = None,
    options: Sequence[OptionRequest] | None = None,
    note: str | None = None,
    item: str | None = None,
    other_half: str | None = None,
    at: datetime | None = None,
) -> LineItem:
    """What is None stays. Another dish keeps the options it shares; the line's restaurant is looked at first."""
    if quantity is not None and quantity < 0:
        raise NotUnderstood(Sentence.HOW_MANY.words())
    dish, other, chosen, wanted = line.item, line.other_half, line.modifiers, tuple(options or ())
    if item is not None:
        dish, other = _item_for(ItemRequest(item), menu, None, line.item.restaurant_id), None
        refuse_unserved(dish, menu, at)
        chosen = carried_over(line, dish)
    if other_half:
        dish, other, wanted = _in_halves(dish, ItemRequest(dish.name, 1, wanted, other_half=other_half), menu, at)
        chosen = carried_over(line, dish)
    chosen, wishes = apply_options(dish, chosen, wanted)
    modifiers = fill_defaults(dish, chosen)
    refuse_other_sizes(dish, other, modifiers)
    changed = replace(
        line,
        item=dish,
        other_half=other,
        quantity=line.quantity if quantity is None else quantity,
        modifiers=modifiers,
        note=_note(line.note if note is None else note, *wishes),
    )
    if modifiers != line.modifiers:
        refuse_unserved_parts(changed, menu, at)
    return changed


def _in_halves(
    item: MenuItem, request: ItemRequest, menu: Menu, at: datetime | None
) -> tuple[MenuItem, MenuItem | None, tuple[OptionRequest, ...]]:
    """The dish that stands first on the menu is the left one, so that "half A, half B" and "half B, half A" are one."""
    restaurant = menu.restaurant_of(item)
    other = _item_at(restaurant, request.other_half)
    refuse_unserved(other, menu, at)
    if other.id == item.id:
        return item, None, request.options
    if not (item.half_price and other.half_price):
        raise OptionUnknown(Sentence.NOT_IN_HALVES.words(dish=item.name, other_dish=other.name))
    if restaurant.items.index(item) < restaurant.items.index(other):
        return item, other, request.options
    return other, item, tuple(replace(option, half=MIRRORED[option.half]) for option in request.options)


def refuse_other_sizes(item: MenuItem, other: MenuItem | None, modifiers: Sequence[ChosenModifier]) -> None:
    """Two halves have one size."""
    size = LineItem("", item, modifiers=tuple(modifiers)).size
    if other is not None and size is not None and other.size(size.slug) is None:
        raise OptionUnknown(Sentence.NOT_IN_HALVES.words(dish=item.name, other_dish=other.name))


def _item_for(
    request: ItemRequest, menu: Menu, restaurants: Collection[Restaurant] | None, cart_restaurant_id: str | None
) -> MenuItem:
    name, _, named = request.item_name.partition(AT)
    places = tuple(r for r in (menu.restaurants if restaurants is None else restaurants) if r.is_active)
    if request.restaurant_name or named:
        return _item_at(match_restaurant(menu, request.restaurant_name or named), name)
    if any(place.id == cart_restaurant_id for place in places):
        try:
            return match_item(menu.restaurant(str(cart_restaurant_id)).items, request.item_name)
        except NotUnderstood:
            pass
    try:
        return match_item([item for place in places for item in place.items], request.item_name)
    except Ambiguous as ambiguity:
        raise _by_restaurant(ambiguity, menu, places) from ambiguity


def _item_at(restaurant: Restaurant, name: str) -> MenuItem:
    try:
        return match_item(restaurant.items, name)
    except NotUnderstood:
        raise NotUnderstood(Sentence.NOT_AT_RESTAURANT.words(restaurant=restaurant.name)) from None


def _by_restaurant(ambiguity: Ambiguous, menu: Menu, places: Sequence[Restaurant]) -> Ambiguous:
    """One dish that several restaurants have under one name: the question is from which."""
    if len(ambiguity.candidates) > 1:
        return ambiguity
    name = ambiguity.candidates[0]
    having = [place.name for place in places if any(item.name == name for item in place.items)][:3]
    question = Sentence.WHICH_RESTAURANT.words(restaurants=either(having))
    return Ambiguous(question, tuple(f"{name}{AT}{place}" for place in having))


def _note(*parts: str) -> str:
    return ", ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
