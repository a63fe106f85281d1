"""One line of a cart or an order as the caller hears it; the kitchen's own words are taken apart and put anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.dish_words import HALF, is_halved, plural_of_label
from phone_agent.ordering.language import ENGLISH, called, in_words, spoken
from phone_agent.ordering.lists import both
from phone_agent.ordering.order import OrderLine, order_line
from phone_agent.ordering.plurals import plural

_LABEL = re.compile(r"(?P<count>\d+ )?(?P<amount>(?:no|without|light|extra|double) )?(?P<name>.+)")
_ON_HALF = re.compile(r" on the .+ half$")


def words_for_line(line: LineItem | OrderLine) -> str:
    """ "2 large Pad Thai with extra peanuts and no egg", "1 Garden Pizza with olives, half bacon".

    Of two dishes in one, each half is named with what is on it: "1 Pizza, half Garden with olives, half Farmer".
    """
    copy = order_line(line) if isinstance(line, LineItem) else line
    sizes, choices, extras, left, right = (
        [
            label_in_words(_ON_HALF.sub("", option.label.removeprefix(HALF)))
            for option in copy.options
            if option.role == role
        ]
        for role in ("size", "choice", "extra", "left", "right")
    )
    name = _name(copy, left, right)
    dish = in_words("{size} {dish}", size=" ".join(sizes), dish=name) if sizes else name
    counted = in_words("1 {dish}", dish=dish) if copy.quantity == 1 else f"{copy.quantity} {dish}"
    after = ", ".join([counted, *choices])
    if extras:
        after += in_words(", with {extras}" if "," in after else " with {extras}", extras=both(extras))
    on_halves = () if is_halved(copy.name) else (left, right)
    halves = (in_words("half {topping}", topping=both(labels)) for labels in on_halves if labels)
    return ", ".join([after, *halves, *((copy.note,) if copy.note else ())])


def label_in_words(label: str) -> str:
    """ "2 extra shots" as it stands in orders, in the caller's language."""
    if spoken().language is ENGLISH or label in spoken().names:
        return called(label)
    parts = _LABEL.fullmatch(label)
    if parts is None:
        return label
    name = _singular(parts["name"]) if parts["count"] else parts["name"]
    amount = (parts["amount"] or "").strip()
    said = in_words(f"{amount} {{topping}}", topping=called(name)) if amount else called(name)
    return f"{parts['count'] or ''}{said}"


def _name(line: OrderLine, left: Sequence[str], right: Sequence[str]) -> str:
    if is_halved(line.name):
        family, *halves = line.name.split(", ")
        whole = [] if family.startswith(HALF) else [called(family)]
        parts = halves if whole else [family, *halves]
        return ", ".join([*whole, *(_half(part, on_it) for part, on_it in zip(parts, (left, right), strict=False))])
    is_plural = line.quantity > 1 and spoken().language is ENGLISH
    return plural(line.name) if is_plural else called(line.name)


def _half(part: str, on_it: Sequence[str]) -> str:
    said = in_words("half {topping}", topping=called(part.removeprefix(HALF)))
    return said + (in_words(" with {extras}", extras=both(on_it)) if on_it else "")


def _singular(name: str) -> str:
    return next((known for known in spoken().names if plural_of_label(known) == name), name)
