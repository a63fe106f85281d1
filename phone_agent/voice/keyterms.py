"""The dishes that a hosted recogniser is told to expect: those that are mistaken most easily first."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from jellyfish import metaphone
from rapidfuzz import fuzz, process

from phone_agent.ordering.menu import Menu

MOST_TOKENS = 500
"""Deepgram's limit for all terms of a request; more is refused, or silently hears nothing."""
MOST_TERMS = 100
LETTERS_PER_TOKEN = 3
"""Names of dishes are cut into smaller pieces than English is."""


def keyterms(menu: Menu) -> list[str]:
    taken: list[str] = []
    left = MOST_TOKENS
    for term in most_confusable_first(names_in(menu)):
        cost = tokens(term)
        if cost <= left and len(taken) < MOST_TERMS:
            taken.append(term)
            left -= cost
    return taken


def names_in(menu: Menu) -> dict[str, str]:
    """Each name with the dish it belongs to; an alias that sounds as the name does teaches nothing."""
    dishes = {item.name.lower(): item.name for item in menu.items}
    aliases = {
        alias: item.name
        for item in menu.items
        for alias in item.aliases
        if alias.lower() not in dishes and _sound(alias) != _sound(item.name)
    }
    return {name: name for name in dishes.values()} | aliases


def most_confusable_first(names: Mapping[str, str]) -> list[str]:
    """By how near the nearest name of another dish is, in letters or in sound."""
    nearness = dict.fromkeys(names, 0.0)
    dishes = list(names.values())
    for keys in ([name.lower() for name in names], [_sound(name) for name in names]):
        for at, (name, row) in enumerate(zip(names, process.cdist(keys, keys, scorer=fuzz.ratio), strict=True)):
            others = (float(near) for dish, near in zip(dishes, row, strict=True) if dish != dishes[at])
            nearness[name] = max(nearness[name], *others, 0.0)
    return sorted(names, key=lambda name: -nearness[name])


def tokens(term: str) -> int:
    return sum(ceil(len(word) / LETTERS_PER_TOKEN) for word in term.split())


def _sound(name: str) -> str:
    return metaphone(name).replace(" ", "")
