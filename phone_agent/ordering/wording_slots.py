"""What may stand in each slot of a sentence, as phrases: an ear that knows the menu can follow the agent with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.plurals import plural
from phone_agent.ordering.sentences import SLOTS, Sentence
from phone_agent.ordering.wording import format_phone

SPOKEN_BY_FIGURES = frozenset({"money", "count", "several", "order_number"})
"""Kinds that are numbers: whoever listens knows how numbers are spoken."""
AMOUNTS = ("no", "light", "extra", "double")
LISTS = {
    "allergens": ("allergen", ("and",)),
    "cities": ("city", ("and",)),
    "cuisines": ("cuisine", ("and",)),
    "dishes": ("dish", ("or",)),
    "dishes_with_places": ("dish_with_place", ("and",)),
    "dishes_with_prices": ("dish_with_price", ("and",)),
    "extras": ("extra", ("and",)),
    "lines": ("line", ("and",)),
    "options": ("label", ("or",)),
    "restaurants": ("restaurant", ("and", "or")),
    "sections": ("section", ("and",)),
}
"""Kind → what it is a list of, and what may stand before the last one."""
_SLOT = re.compile(r"\{(\w+)\}")


def templates_by_kind() -> dict[str, str]:
    """Sentence name → its template with kinds in the place of slots: {price} becomes {money}."""
    return {sentence.name: _SLOT.sub(lambda slot: f"{{{SLOTS[slot[1]]}}}", sentence.value) for sentence in Sentence}


def phrases_by_kind(
    menu: Menu, *, households: Sequence[str] = (), areas: Sequence[str] = (), cuisines: Sequence[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Kind → phrases, which may hold kinds themselves; {kind+} is one or more. Empty kinds are left out."""
    items = menu.items
    groups = [group for item in items for group in item.option_groups]
    kinds = {
        "dish": _distinct(item.name for item in items),
        "dish_plural": _distinct(plural(item.name) for item in items),
        "restaurant": _distinct(place.name for place in menu.restaurants),
        "city": _distinct(place.city for place in menu.restaurants),
        "phone": _distinct(format_phone(place.phone) for place in menu.restaurants if place.phone),
        "section": _distinct(section.title for place in menu.restaurants for section in place.sections),
        "cuisine": _distinct([*(place.cuisine for place in menu.restaurants), *cuisines]),
        "tag": _distinct(tag for item in items for tag in item.dietary_tags),
        "allergen": _distinct(allergen for item in items for allergen in item.allergens),
        "option_group": _distinct(group.title.lower() for group in groups),
        "label": _distinct(modifier.label for group in groups for modifier in group.modifiers),
        "size": _distinct(m.label for group in groups if group.role == "size" for m in group.modifiers),
        "choice": _distinct(m.label for group in groups if group.least and group.max == 1 for m in group.modifiers),
        "amount": AMOUNTS,
        "extra": ("{label}", "{amount} {label}"),
        "line": tuple(_lines(groups_have_size=any(group.role == "size" for group in groups))),
        "dish_with_price": ("{dish} for {money}",),
        "dish_with_place": ("{dish} from {restaurant}",),
        "household": tuple(households),
        "area": tuple(areas),
    }
    for many, (one, conjunctions) in LISTS.items():
        kinds[many] = (f"{{{one}}}", *(f"{{{one}+}} {conjunction} {{{one}}}" for conjunction in conjunctions))
    return _without_the_empty(kinds)


def _lines(*, groups_have_size: bool) -> Iterable[str]:
    sizes = ("", "{size} ") if groups_have_size else ("",)
    for size, choice, extras in product(sizes, ("", " {choice+}"), ("", " with {extras}")):
        yield f"1 {size}{{dish}}{choice}{extras}"
        yield f"{{several}} {size}{{dish_plural}}{choice}{extras}"


def _without_the_empty(kinds: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Drops phrases that name a kind which has none, until nothing changes."""
    while True:
        known = {kind for kind, phrases in kinds.items() if phrases} | SPOKEN_BY_FIGURES
        kept = {
            kind: tuple(phrase for phrase in phrases if set(re.findall(r"\{(\w+)", phrase)) <= known)
            for kind, phrases in kinds.items()
            if phrases
        }
        if kept == kinds:
            return kinds
        kinds = kept


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
