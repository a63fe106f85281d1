"""Whether a dish is to be had: sold out, not at this time of the day, or not by phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.errors import NotServed, SoldOut
from phone_agent.ordering.hours import DayPart
from phone_agent.ordering.lists import either
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant
from phone_agent.ordering.search import find_items
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.wording_times import words_for_day, words_for_time

MOST_ALTERNATIVES = 2


def refuse_unserved(item: MenuItem, menu: Menu, at: datetime | None) -> None:
    """`at`: aware, when it is wanted; None: the day part is not asked. Raises SoldOut, NotServed."""
    if item.minimum_age:
        raise NotServed(Sentence.NOT_BY_PHONE.words(dish=item.name))
    if not item.is_available:
        names = instead_of(item, menu, at)
        if not names:
            raise SoldOut(Sentence.SOLD_OUT_ALONE.words(dish=item.name))
        raise SoldOut(Sentence.SOLD_OUT.words(dish=item.name, dishes=either(names)))
    if at is not None and not is_served_at(item, menu.restaurant_of(item), at):
        names, part = instead_of(item, menu, at), either(item.day_parts)
        if not names:
            raise NotServed(Sentence.NOT_AT_THIS_TIME_ALONE.words(dish=item.name, day_part=part))
        raise NotServed(Sentence.NOT_AT_THIS_TIME.words(dish=item.name, day_part=part, dishes=either(names)))


def refuse_unserved_parts(line: LineItem, menu: Menu, at: datetime | None) -> None:
    """Of a combo: what is chosen for it must be served when it is wanted. Raises NotServed."""
    restaurant = menu.restaurant_of(line.item)
    for part in dishes_of(line, restaurant):
        if part.minimum_age:
            raise NotServed(Sentence.NOT_BY_PHONE.words(dish=part.name))
        if at is not None and not is_served_at(part, restaurant, at):
            slots = {"dish": part.name, "day_part": either(part.day_parts)}
            raise NotServed(Sentence.NOT_AT_THIS_TIME_ALONE.words(**slots))


def refuse_unserved_then(cart: Cart, restaurant: Restaurant, at: datetime, now: datetime) -> None:
    """What was put in for another time of the day. Raises NotServed."""
    for dish in (dish for line in cart.lines for dish in dishes_of(line, restaurant)):
        if not is_served_at(dish, restaurant, at):
            slots = {
                "dish": dish.name,
                "day_part": either(dish.day_parts),
                "day": words_for_day(at, now, restaurant.timezone),
                "time": words_for_time(at, restaurant.timezone),
            }
            raise NotServed(TermSentence.NOT_SERVED_THEN.words(**slots))


def dishes_of(line: LineItem, restaurant: Restaurant) -> Iterator[MenuItem]:
    """With the other half, and with the parts of a combo."""
    yield line.item
    if line.other_half is not None:
        yield line.other_half
    parts = {choice.modifier.item_id for choice in line.modifiers if choice.amount != "no"}
    yield from (item for item in restaurant.items if item.id in parts)


def is_served_at(item: MenuItem, restaurant: Restaurant, at: datetime) -> bool:
    """By the day parts only, in the restaurant's time zone."""
    local = at.astimezone(ZoneInfo(restaurant.timezone)).time()
    parts = [part for part in restaurant.hours.day_parts if part.name in item.day_parts]
    return not item.day_parts or any(_is_in(part, local) for part in parts)


def _is_in(part: DayPart, local: time) -> bool:
    """A part that ends before it begins goes past midnight."""
    if part.begins < part.ends:
        return part.begins <= local < part.ends
    return local >= part.begins or local < part.ends


def instead_of(item: MenuItem, menu: Menu, at: datetime | None) -> Sequence[str]:
    """Dishes of its section, none where that is no longer on the menu."""
    section = [
        other
        for place in menu.restaurants
        for part in place.sections
        if part.id == item.section_id
        for other in part.items
        if other.is_available and not other.minimum_age and (at is None or is_served_at(other, place, at))
    ]
    alike = [other for other in find_items(menu, item.name.split()[-1]) if other in section] or section
    return [other.name for other in alike[:MOST_ALTERNATIVES]]
