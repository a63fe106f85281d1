"""The names of a menu as the reader of whole orders looks them up: by words in their singular, numbers as digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from phone_agent.ordering.kept import kept
from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup
from phone_agent.ordering.text import singular
from phone_agent.understanding.lexicon import WEAK
from phone_agent.understanding.numbers import UNITS
from phone_agent.understanding.order_words import AFTER_DISH, AFTER_OPTION, NOISE
from phone_agent.understanding.tokens import Words, words_in

LONGEST = 8
MOST_MEANT = 40
"""Dishes that a part of a name is followed up for; with more it is a kind of food, and no dish."""
T = TypeVar("T")
SAID_FOR = {
    "doctor": "dr", "barbecue": "bbq", "barbeque": "bbq", "guac": "guacamole", "mayonnaise": "mayo", "parm": "parmesan",
    "mozz": "mozzarella", "veg": "vegetable", "veggy": "vegetable", "veggie": "vegetable", "pop": "soda",
    "decaffeinated": "decaf", "pepperonis": "pepperoni", "mushies": "mushroom",
    "catsup": "ketchup", "expresso": "espresso", "cappucino": "cappuccino", "pic": "pico", "omelette": "omelet",
    "doughnut": "donut", "yoghurt": "yogurt", "chilli": "chili", "chile": "chili", "chily": "chili",
}  # fmt: skip
AMOUNTS = frozenset(("extra", "light", "double", "half", "side", "no", "more", "less", "plain", "regular"))
Choice = tuple[OptionGroup, Modifier]
Part = tuple[MenuItem, int, bool]


@dataclass(frozen=True)
class Named:
    """The dishes that a name may mean."""

    items: tuple[MenuItem, ...]
    missing: int = 0
    """How many words of the dish's name were left out."""
    is_headless: bool = False
    """The last word is missing: "hot" for hot chocolate."""


@dataclass(frozen=True)
class OrderIndex:
    dishes: Mapping[Words, Named]
    parts: Mapping[Words, Named]
    options: Mapping[Words, tuple[MenuItem, ...]]
    """The dishes that have it."""
    vocabulary: frozenset[str]
    compounds: Mapping[str, Words]
    """Two words that stand together in a name, written as one."""


def key_of(word: str) -> str:
    if word in UNITS:
        return str(UNITS[word])
    cut = singular(word)
    return SAID_FOR.get(cut, cut)


def key_words_of(text: str) -> Words:
    return tuple(key_of(word) for word in words_in(text))


@kept(8)
def order_index(menu: Menu) -> OrderIndex:
    dishes: dict[Words, list[MenuItem]] = {}
    parts: dict[Words, dict[str, Part]] = {}
    options: dict[Words, list[MenuItem]] = {}
    for item in (item for place in menu.active for item in place.items):
        for key in _spellings(item.names):
            _put(dishes, key, item)
        name = key_words_of(item.name)
        for key, missing in _parts(name):
            parts.setdefault(key, {}).setdefault(item.id, (item, missing, key[-1:] != name[-1:]))
        for key in choices_of(item):
            _put(options, key, item)
    words = {word for key in (*dishes, *options) for word in key}
    return OrderIndex(
        {key: Named(tuple(items)) for key, items in dishes.items()},
        {key: _partly(list(found.values())) for key, found in parts.items() if key not in dishes},
        {key: tuple(items) for key, items in options.items()},
        frozenset(words),
        {"".join(pair): pair for key in (*dishes, *options) for pair in _pairs(key) if "".join(pair) not in words},
    )


def _partly(found: list[Part]) -> Named:
    return Named(
        tuple(part[0] for part in found[:MOST_MEANT]), min(part[1] for part in found), all(part[2] for part in found)
    )


@kept(4096)
def choices_of(item: MenuItem) -> dict[Words, tuple[Choice, ...]]:
    """By every way to name them; a part of a name counts where it can mean one choice only."""
    found: dict[Words, list[Choice]] = {}
    every = [(group, modifier) for group in item.option_groups for modifier in group.modifiers]
    for choice in every:
        for key in _spellings((*choice[0].names_of(choice[1]), *_for_the_group(*choice))):
            if choice not in found.setdefault(key, []):
                found[key].append(choice)
    parts: dict[Words, list[Choice]] = {}
    for choice in every:
        for key, _ in _parts(key_words_of(choice[1].label)):
            _put(parts, key, choice)
    found.update({key: choices for key, choices in parts.items() if key not in found and len(choices) == 1})
    return {key: tuple(choices) for key, choices in found.items()}


def _for_the_group(group: OptionGroup, modifier: Modifier) -> Iterator[str]:
    """ "Caramel for the drizzle"."""
    for name in modifier.names:
        for alias in group.aliases:
            yield from (f"{name} {joint} the {alias}" for joint in ("for", "as"))


def _put(into: dict[Words, list[T]], key: Words, value: T) -> None:
    same = into.setdefault(key, [])
    if value not in same:
        same.append(value)


def _spellings(names: Iterable[str]) -> Iterator[Words]:
    """As written, and without "and" or with "with" for it."""
    for name in names:
        key = key_words_of(name)
        if key:
            yield key
        if "and" in key[1:-1]:
            yield tuple(word for word in key if word != "and")
            yield tuple("with" if word == "and" else word for word in key)


def _parts(key: Words) -> Iterator[tuple[Words, int]]:
    weak = WEAK | NOISE | AMOUNTS | AFTER_OPTION
    for start in range(len(key)):
        for end in range(start + 1, len(key) + 1):
            part = key[start:end]
            if len(part) < len(key) and part[0] not in WEAK and part[-1] not in WEAK and not set(part) <= weak:
                yield part, len(key) - len(part)


def _pairs(key: Words) -> Iterator[Words]:
    return (key[at : at + 2] for at in range(len(key) - 1))


def is_generic(word: str) -> bool:
    return word in AFTER_DISH or word in AFTER_OPTION
