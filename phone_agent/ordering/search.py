"""Ranked search over dishes and restaurants: names, aliases, diet, section, cuisine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from phone_agent.ordering.diet import Diet, diet_in
from phone_agent.ordering.kept import kept
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant
from phone_agent.ordering.near import meant, put_together, spelt_like
from phone_agent.ordering.text import FILLERS, joined, key_words, plain_words

NAME, ALIAS, CUISINE, SECTION, PLACE, DESCRIPTION = 12, 10, 8, 8, 3, 2
_SAYS_NOTHING = (
    "am anything are around at by can could cuisine delivery dish dishes do does eat find food foods from get give "
    "got here hungry i id ill im in is joint kind like looking love meal menu near nearby on option options or place "
    "places restaurant restaurants s show something spot spots style that there to today type we what which would "
    "you"
)
SAYS_NOTHING = frozenset(_SAYS_NOTHING.split())
SAID_ALSO = {
    "sweet": "dessert",
    "sweets": "dessert",
    "starter": "appetizer",
    "starters": "appetizer",
    "entree": "main",
    "entrees": "main",
    "soda": "drink",
    "beverage": "drink",
    "beverages": "drink",
}
NAMED_OUTRIGHT = 30
ASKS_ABOUT = frozenset(
    ["is", "are", "does", "do", "the", "your", "it", "have", "has", "contain", "contains", "any", "in", "with", "of"]
)
HEREABOUTS = frozenset(
    ["town", "area", "city", "neighborhood", "here", "stock", "my", "the", "it", "that", "this", "them", "there"]
)
MOST_WORDS_OF_CITY = 3
GOOD_ENOUGH = 0.6
"""Of the best one's score."""


@dataclass(frozen=True)
class Found:
    item: MenuItem
    words: int
    """How many of the words it answers."""
    score: int


def find_items(
    menu: Menu, query: str, *, restaurants: Collection[Restaurant] | None = None, limit: int = 5
) -> tuple[MenuItem, ...]:
    """Best first, sold out last. A dish must suit the diet and answer more than half of the telling words."""
    places = _open(menu, restaurants)
    diet, asked = _understood(query, places)
    found = _answers(asked, places)
    most = max((answer.words for answer in found), default=0)
    if not (asked or diet.asks) or (asked and most * 2 <= len(asked)):
        return ()
    found = [answer for answer in found if answer.words == most]
    least = max(answer.score for answer in found) * GOOD_ENOUGH
    best = [answer for answer in found if answer.score >= least and diet.suits(answer.item)]
    return _ranked(best)[:limit]


def nearest_items(
    menu: Menu, query: str, *, restaurants: Collection[Restaurant] | None = None, limit: int = 3
) -> tuple[MenuItem, ...]:
    """What to offer where nothing was found: available, within the diet, sharing as many words as possible."""
    places = _open(menu, restaurants)
    diet, asked = _understood(query, places)
    found = [answer for answer in _answers(asked, places) if diet.suits(answer.item) and answer.item.is_available]
    return _ranked([answer for answer in found if answer.score or diet.asks])[:limit]


def _open(menu: Menu, restaurants: Collection[Restaurant] | None) -> list[Restaurant]:
    return [place for place in (menu.restaurants if restaurants is None else restaurants) if place.is_active]


def _understood(query: str, places: Sequence[Restaurant]) -> tuple[Diet, tuple[str, ...]]:
    """The diet in the query, and the other words that mean something, as the menu spells them."""
    items = [item for place in places for item in place.items]
    known = frozenset[str]().union(*(_catalogue(place).words for place in places))
    tags = frozenset[str]().union(*(_catalogue(place).tag_words for place in places))
    diet = diet_in(spelt_like(plain_words(query.replace("plant-based", "vegan")), known | tags), items)
    asked = spelt_like(put_together(_telling(diet.rest), known), known)
    return diet, tuple(dict.fromkeys(asked))


def _answers(asked: Sequence[str], places: Sequence[Restaurant]) -> list[Found]:
    found = []
    name = joined(asked)
    for place in places:
        for item, fields in _catalogue(place).fields:
            weights = [fields[word] for word in asked if word in fields]
            is_named = bool(weights) and any(joined(key_words(own)) == name for own in item.names)
            found.append(Found(item, len(weights), sum(weights) + NAMED_OUTRIGHT * is_named))
    return found


def _ranked(found: list[Found]) -> tuple[MenuItem, ...]:
    found = sorted(found, key=lambda answer: (not answer.item.is_available, -answer.words, -answer.score))
    return tuple(answer.item for answer in found)


def find_restaurants(
    menu: Menu, words: str, *, restaurants: Collection[Restaurant] | None = None
) -> tuple[Restaurant, ...]:
    """By name, cuisine or what they are known for; else those that share a word, the nearest first."""
    asked = _telling(plain_words(words))
    if not asked:
        return ()
    places = _open(menu, restaurants)
    for names in (_own_names, _cuisines, _dishes):
        found = meant(places, " ".join(asked), names)
        if found:
            return tuple(found)
    shared = [(len(set(asked) & _known_for(place)), place) for place in places]
    shared.sort(key=lambda pair: -pair[0])
    return tuple(place for count, place in shared if count)


def is_called(restaurant: Restaurant, words: str) -> bool:
    """Whether the words are its name or alias, or nearly so, and not only a likeness."""
    said = " ".join(word for word in plain_words(words) if word not in SAYS_NOTHING)
    return bool(meant([restaurant], said, _own_names))


def split_city(words: str) -> tuple[str, str]:
    """ "thai food in miami": what is looked for, and the city; none where "in" says something else."""
    said = plain_words(words)
    at = len(said) - 1 - said[::-1].index("in") if "in" in said else len(said)
    city = said[at + 1 :]
    if not 1 <= len(city) <= MOST_WORDS_OF_CITY or set(city) & HEREABOUTS:
        return words, ""
    return " ".join(said[:at]), " ".join(city)


def dish_and_diet(query: str, restaurants: Collection[Restaurant]) -> tuple[MenuItem, str] | None:
    """ "is the pad thai vegan", "pad thai peanuts": a dish by its name with a tag or an allergen, and nothing else."""
    said = plain_words(query)
    items = [item for place in restaurants if place.is_active for item in place.items]
    named = [item for item in items if _runs_through(said, plain_words(item.name))]
    if not named:
        return None
    item = max(named, key=lambda item: len(item.name))
    rest = key_words(" ".join(word for word in _left(said, plain_words(item.name)) if word not in ASKS_ABOUT))
    marks = dict.fromkeys([*(t for i in items for t in i.dietary_tags), *(a for i in items for a in i.allergens)])
    asked = next((mark for mark in marks if key_words(mark) == rest), None)
    return (item, asked) if asked is not None else None


def _runs_through(said: Sequence[str], name: Sequence[str]) -> bool:
    return any(tuple(said[at : at + len(name)]) == tuple(name) for at in range(len(said)))


def _left(said: Sequence[str], name: Sequence[str]) -> tuple[str, ...]:
    at = next(at for at in range(len(said)) if tuple(said[at : at + len(name)]) == tuple(name))
    return (*said[:at], *said[at + len(name) :])


def names_unknown_restaurant(query: str, menu: Menu) -> bool:
    """ "… from Cheesecake Factory", where there is no such place."""
    words = plain_words(query)
    place = words[words.index("from") + 1 :] if "from" in words else ()
    return bool(_telling(place)) and not any(is_called(restaurant, " ".join(place)) for restaurant in menu.restaurants)


def _telling(words: Sequence[str]) -> tuple[str, ...]:
    telling = " ".join(SAID_ALSO.get(word, word) for word in words if word not in SAYS_NOTHING)
    return tuple(word for word in key_words(telling) if word not in FILLERS)


@dataclass(frozen=True)
class Catalogue:
    """A restaurant's dishes with the words that each answers to."""

    fields: tuple[tuple[MenuItem, dict[str, int]], ...]
    words: frozenset[str]
    tag_words: frozenset[str]


@kept(32)
def _catalogue(place: Restaurant) -> Catalogue:
    fields = tuple((item, _fields_of(item, place)) for item in place.items)
    tags = frozenset(word for item in place.items for tag in item.dietary_tags for word in plain_words(tag))
    return Catalogue(fields, frozenset(word for _, words in fields for word in words), tags)


def _fields_of(item: MenuItem, place: Restaurant) -> dict[str, int]:
    section = next(section for section in place.sections if section.id == item.section_id)
    choices = (name for group in item.option_groups for modifier in group.modifiers for name in modifier.names)
    fields: tuple[tuple[int, Sequence[str]], ...] = (
        (DESCRIPTION, (item.description, *choices)),
        (PLACE, place.names),
        (CUISINE, (place.cuisine, place.cuisine_group)),
        (SECTION, (section.title, *section.aliases)),
        (ALIAS, item.aliases),
        (NAME, (item.name,)),
    )
    return {word: weight for weight, texts in fields for text in texts for word in key_words(text)}


def _own_names(place: Restaurant) -> tuple[str, ...]:
    return (*place.names, place.slug)


def _cuisines(place: Restaurant) -> tuple[str, ...]:
    return (place.cuisine, place.cuisine_group, *place.dietary_tags)


def _dishes(place: Restaurant) -> tuple[str, ...]:
    return tuple(name for section in place.sections for name in (section.title, *(i.name for i in section.items)))


def _known_for(place: Restaurant) -> set[str]:
    return {word for name in (*_own_names(place), *_cuisines(place), *_dishes(place)) for word in key_words(name)}
