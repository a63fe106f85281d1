"""What may stand in each slot of a sentence, as phrases: an ear that knows the menu can follow the agent with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.dish_words import name_of, plural_of_label
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.plurals import plural
from phone_agent.ordering.slots_of_sentences import SENTENCES, SLOTS
from phone_agent.ordering.states import STATUSES, words_for_status
from phone_agent.ordering.wording import format_phone
from phone_agent.ordering.wording_support import words_for_description
from phone_agent.ordering.wording_times import WEEKDAYS

SPOKEN_BY_FIGURES = frozenset({"money", "count", "several", "order_number"})
"""Kinds that are numbers: whoever listens knows how numbers are spoken."""
AMOUNTS = ("no", "light", "extra", "double")
LISTS = {
    "allergens": ("allergen", ("and",)),
    "charges": ("charge", ("and",)),
    "cities": ("city", ("and",)),
    "cuisines": ("cuisine", ("and",)),
    "dish_names": ("dish", ("and",)),
    "dishes": ("dish", ("or",)),
    "dishes_with_places": ("dish_with_place", ("and",)),
    "dishes_with_prices": ("dish_with_price", ("and",)),
    "extras": ("extra", ("and",)),
    "lines": ("line", ("and",)),
    "options": ("label", ("or",)),
    "restaurants": ("restaurant", ("and", "or")),
    "sections": ("section", ("and",)),
    "tags": ("tag", ("and",)),
}
"""Kind → what it is a list of, and what may stand before the last one."""
LANGUAGES = ("espanol",)
"""As the English voice says them."""
CHARGES = ("{money} tax", "{money} off", "{money} delivery", "{money} tip")
DAYS = ("today", "tomorrow", *(f"on {day}" for day in WEEKDAYS), "in {count} days")
TIMES = tuple(
    f"{hour}:{minute:02} {half}" for hour in range(1, 13) for minute in range(0, 60, 5) for half in ("AM", "PM")
)
"""Those that are offered; a caller who asked for another knows it."""
OF_ANY_MENU: Mapping[str, tuple[str, ...]] = {
    "dish_with_price": ("{dish} for {money}",),
    "charge": CHARGES,
    "day": DAYS,
    "time": TIMES,
    "status": tuple(words_for_status(status) for status in STATUSES),
    "language": LANGUAGES,
    "dish_with_place": ("{dish} from {restaurant}",),
}
_SLOT = re.compile(r"\{(\w+)\}")


def templates_by_kind() -> dict[str, str]:
    """Sentence name → its template with kinds in the place of slots: {price} becomes {money}."""
    return {sentence.name: _SLOT.sub(lambda slot: f"{{{SLOTS[slot[1]]}}}", sentence.value) for sentence in SENTENCES}


def phrases_by_kind(
    menu: Menu,
    *,
    households: Sequence[str] = (),
    areas: Sequence[str] = (),
    cuisines: Sequence[str] = (),
    own_words: Sequence[str] = (),
) -> dict[str, tuple[str, ...]]:
    """Kind → phrases, which may hold kinds themselves; {kind+} is one or more. Empty kinds are left out.

    `own_words`: addresses and notes that the caller has said.
    """
    items = menu.items
    kinds: dict[str, tuple[str, ...]] = {
        "dish": _distinct(item.name for item in items),
        "dish_plural": _distinct(plural(item.name) for item in items),
        "restaurant": _distinct(place.name for place in menu.restaurants),
        "street": _distinct(place.address for place in menu.restaurants if place.address),
        "city": _distinct(place.city for place in menu.restaurants),
        "phone": _distinct(format_phone(place.phone) for place in menu.restaurants if place.phone),
        "section": _distinct(section.title for place in menu.restaurants for section in place.sections),
        "cuisine": _distinct([*(place.cuisine for place in menu.restaurants), *cuisines]),
        "tag": _distinct(tag for item in items for tag in item.dietary_tags),
        "allergen": _distinct(allergen for item in items for allergen in item.allergens),
        "description": _distinct(said for item in items if (said := words_for_description(item))),
        "day_part": _distinct(part.name for place in menu.restaurants for part in place.hours.day_parts),
        **_kinds_of_options(menu),
        "line": tuple(_lines()),
        **OF_ANY_MENU,
        "own_words": tuple(own_words),
        "household": tuple(households),
        "area": tuple(areas),
    }
    for many, (one, conjunctions) in LISTS.items():
        kinds[many] = (f"{{{one}}}", *(f"{{{one}+}} {conjunction} {{{one}}}" for conjunction in conjunctions))
    return _without_the_empty(kinds)


def _kinds_of_options(menu: Menu) -> dict[str, tuple[str, ...]]:
    groups = [group for item in menu.items for group in item.option_groups]
    modifiers = [modifier for group in groups for modifier in group.modifiers]
    return {
        "option_group": _distinct(group.title.lower() for group in groups),
        "label": _distinct(modifier.label for modifier in modifiers),
        "many": _distinct(plural_of_label(modifier.label) for modifier in modifiers if modifier.most > 1),
        "size": _distinct(m.label for group in groups if group.role == "size" for m in group.modifiers),
        "choice": _distinct(m.label for group in groups if group.least and group.max == 1 for m in group.modifiers),
        "on_half": _distinct(m.label for group in groups if group.has_halves for m in group.modifiers),
        "amount": AMOUNTS,
        "extra": ("{label}", "{amount} {label}", "{count} {many}", "{count} {amount} {many}"),
        "half": ("half {on_it}",),
        "on_it": ("{half_extra}", "{half_extra+} and {half_extra}"),
        "half_extra": ("{on_half}", "{amount} {on_half}", "without {on_half}"),
        "half_and_half": _distinct(_halves(menu)),
    }


def _lines() -> Iterable[str]:
    halves = ("", " {half}", " {half} {half}")
    for size, dish, choice, extras, half in product(
        ("", "{size} "),
        ("1 #{dish}", "{several} #{dish_plural}", "{count} #{half_and_half}"),
        ("", " {choice+}"),
        ("", " with {extras}"),
        halves,
    ):
        yield f"{dish.replace('#', size)}{choice}{extras}{half}"


def _halves(menu: Menu) -> Iterable[str]:
    for place in menu.restaurants:
        for one, other in combinations([item for item in place.items if item.half_price], 2):
            *family, left, right = name_of(LineItem("", one, other_half=other)).split(", ")
            for on_left, on_right in product(("", " with {on_it}"), repeat=2):
                yield ", ".join([*family, f"{left}{on_left}", f"{right}{on_right}"])


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
