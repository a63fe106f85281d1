"""Clauses that ask: what there is, where, for how much, and what is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from phone_agent.ordering.menu import MenuItem, Restaurant, Section
from phone_agent.understanding.clauses import Clause
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import (
    Allergy,
    AskDiet,
    AskOptions,
    AskPrice,
    FindFood,
    FindRestaurants,
    Intent,
    ShowMenu,
    Unclear,
    ViewCart,
)  # fmt: skip
from phone_agent.understanding.lexicon import Found, groups_of
from phone_agent.understanding.phrase_index import tail_at
from phone_agent.understanding.reading import Draft, narrowed
from phone_agent.understanding.references import reference_at
from phone_agent.understanding.synonyms import ASKED_FOR, FREE_OF, PLACES
from phone_agent.understanding.tokens import Words, stems

T = TypeVar("T")
WHOLE_ORDER = frozenset(("it", "that", "everything", "order", "total", "cart", "all", "this"))
MOST_WORDS = 5


def menu_of(context: Context) -> ShowMenu:
    """The menu of the restaurant that is talked about, else of all."""
    place = context.restaurant_id
    return ShowMenu(context.menu.restaurant(place).slug if place else None)


def asked(clause: Clause, context: Context, *, is_bare: bool = False) -> list[Intent]:
    """ "do you have …", "what … do you have", "find …"; bare words must name something."""
    words = clause.words
    lexicon = context.lexicon
    rest = tuple(word for word in words if word not in ASKED_FOR and word not in PLACES)
    place = _first(words, lexicon.restaurants.at)
    section = _first(_without(words, place), lexicon.sections.at)
    dish = _first(words, lexicon.dish_at)
    tag = _first(words, lexicon.tags.at)
    cuisine = _first(words, lexicon.cuisines.at)
    if any(word in PLACES for word in words) and place is None:
        named = cuisine.values[0] if cuisine else " ".join(rest)
        city = _city(words) if cuisine else ""
        return [FindRestaurants(f"{named} in {city}" if city else named)]
    if tag is not None and not _is_longer(dish, tag):
        return [AskDiet(tag.values[0], None)]
    if place is not None:
        return [_at_restaurant(words, place.values[0].slug, section, dish)]
    if section is not None and not _is_longer(dish, section):
        if cuisine is not None and context.restaurant_id is None:
            return [FindFood(_query(words, rest))]
        return [_section(section.values, context)]
    if cuisine is not None and not _is_longer(dish, cuisine):
        return [FindRestaurants(cuisine.values[0])]
    if dish is not None:
        return [FindFood(_query(words, rest))]
    return _unknown(rest, context, is_bare=is_bare)


def options_asked(words: Words, context: Context) -> list[Intent]:
    """ "What toppings are there" of the dish that is named, else of the one that is talked about."""
    named = _first(words, context.lexicon.dish_at)
    last = context.last_line
    if named is not None:
        items = narrowed(Draft(named.values, ""), context)
        words = words[: named.end - named.length] + words[named.end :]
    elif last is not None and _first(words, context.lexicon.sections.at) is None:
        items = (context.lines[last].item,)
    else:
        items = context.shown if len(context.shown) == 1 else ()
    for item in items[:1]:
        found = _first(words, groups_of(item).at)
        if found is not None and found.values[0].role != "part":
            return [AskOptions(item.name, found.values[0].title)]
    return []


def _city(words: Words) -> str:
    """ "thai restaurants in miami": what follows the last "in" and is no place of the menu's own."""
    if "in" not in words:
        return ""
    after = words[len(words) - words[::-1].index("in") :]
    end = next((at for at in range(len(after)) if tail_at(after, at) is not None), len(after))
    return " ".join(word for word in after[:end] if word not in ASKED_FOR)


def _unknown(rest: Words, context: Context, *, is_bare: bool) -> list[Intent]:
    if not rest:
        return [] if is_bare else [menu_of(context)]
    return [] if is_bare or len(rest) > MOST_WORDS else [FindFood(" ".join(rest))]


def _query(words: Words, rest: Words) -> str:
    return " ".join(rest or words)


def _is_longer(dish: Found[MenuItem] | None, other: Found[str] | Found[Section]) -> bool:
    """A whole name of a dish that the other word is only a part of: "vegetarian burger", "green curry"."""
    return dish is not None and dish.is_whole and dish.end >= other.end and dish.length > other.length


def _without(words: Words, place: Found[Restaurant] | None) -> Words:
    return words if place is None else words[: place.end - place.length] + words[place.end :]


def _first(words: Words, at: Callable[[Words, int], Found[T] | None]) -> Found[T] | None:
    return next((found for start in range(len(words)) if (found := at(words, start)) is not None), None)


def _at_restaurant(words: Words, slug: str, section: Found[Section] | None, dish: Found[MenuItem] | None) -> Intent:
    if section is not None:
        return ShowMenu(slug, section.values[0].slug)
    if dish is not None and dish.is_whole:
        return FindFood(" ".join(word for word in words if word not in ASKED_FOR))
    return ShowMenu(slug)


def _section(sections: tuple[Section, ...], context: Context) -> ShowMenu:
    """Of the restaurant that is talked about where it has one; of the only one; else of all."""
    places = {section.id: place for place in context.menu.restaurants for section in place.sections}
    near = [section for section in sections if places[section.id].id == context.restaurant_id]
    chosen = near[0] if near else sections[0]
    if near or len(sections) == 1:
        return ShowMenu(places[chosen.id].slug, chosen.slug)
    return ShowMenu(None, chosen.slug)


def prices(clause: Clause, context: Context) -> list[Intent]:
    dish = named_dish(clause.words, context)
    if dish is not None:
        return [AskPrice(dish)]
    rest = tuple(word for word in clause.words if word not in ASKED_FOR and word not in WHOLE_ORDER and word != "cost")
    if rest:
        return [FindFood(" ".join(rest))]
    if not context.lines and len(context.shown) > 0:
        return [AskPrice(context.shown[0].name)]
    return [ViewCart()]


def named_dish(words: Words, context: Context) -> str | None:
    """The dish by name where it is certain, else by the words said; "it" is what was shown."""
    for start in range(len(words)):
        reference = reference_at(words, start, context) if words[start] not in WHOLE_ORDER else None
        found = context.lexicon.dish_at(words, start)
        if reference is not None and reference.groups:
            return reference.groups[0][0].name
        if found is not None:
            said = " ".join(words[start : found.end])
            meant = narrowed(Draft(found.values, said), context)
            return meant[0].name if len(meant) == 1 else said
    return None


def diets(clause: Clause, context: Context) -> list[Intent]:
    """ "is the pad thai vegan", "does it have peanuts", "what is in the green curry"."""
    words = clause.words
    tag = _first(words, context.lexicon.tags.at) or _first(words, context.lexicon.allergens.at)
    dish = named_dish(words, context)
    if dish is None and len(context.shown) == 1:
        dish = context.shown[0].name
    if dish is None and context.last_line is not None:
        dish = context.lines[context.last_line].item.name
    if "safe" in words and dish is not None:
        return [Allergy(None, dish)]
    if tag is not None:
        return [AskDiet(tag.values[0], dish)]
    free = next((FREE_OF[word] for word in stems(words) if word in FREE_OF), None)
    if free is not None:
        return [AskDiet(free, dish)]
    if dish is not None and named_dish(words, context) is not None:
        return [FindFood(dish)]
    found = asked(clause, context)
    return found if found != [menu_of(context)] else [Unclear()]
