"""Which dish, choice or restaurant the words mean; never a guess between two that fit equally."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.ordering.errors import Ambiguous, NotUnderstood, OptionUnknown
from phone_agent.ordering.lists import both, either
from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup, Restaurant
from phone_agent.ordering.near import meant
from phone_agent.ordering.search import find_items, find_restaurants, is_called, nearest_items
from phone_agent.ordering.sentences import Sentence

__all__ = [
    "MOST_CANDIDATES",
    "find_items",
    "find_restaurants",
    "is_called",
    "match_item",
    "match_modifier",
    "match_restaurant",
    "nearest_items",
]

MOST_CANDIDATES = 3


def match_item(items: Sequence[MenuItem], words: str) -> MenuItem:
    """By name or alias, a part of it, or nearly so. Raises NotUnderstood, Ambiguous; a sold-out dish matches too."""
    found = meant(items, words, lambda item: item.names)
    if not found:
        raise NotUnderstood(Sentence.NOT_ON_MENU.words())
    if len(found) > 1:
        names = tuple(dict.fromkeys(item.name for item in sorted(found, key=lambda item: not item.is_available)))
        candidates = names[:MOST_CANDIDATES]
        raise Ambiguous(Sentence.WHICH_ONE.words(dishes=either(candidates)), candidates)
    return found[0]


def match_modifier(item: MenuItem, words: str) -> tuple[OptionGroup, Modifier]:
    """Raises OptionUnknown, which lists what there is, or Ambiguous."""
    choices = [(group, modifier) for group in item.option_groups for modifier in group.modifiers]
    found = meant(choices, words, lambda choice: choice[0].names_of(choice[1]))
    if not found:
        raise OptionUnknown(words_for_choices(item))
    if len(found) > 1:
        labels = tuple(dict.fromkeys(modifier.label for _, modifier in found))[:MOST_CANDIDATES]
        raise Ambiguous(Sentence.WHICH_OPTION.words(dish=item.name, options=either(labels)), labels)
    return found[0]


def match_restaurant(menu: Menu, words: str) -> Restaurant:
    """By name. Raises NotUnderstood, which names the nearest one where there is one."""
    found = find_restaurants(menu, words)
    called = [restaurant for restaurant in found if is_called(restaurant, words)]
    if len(called) == 1:
        return called[0]
    if called:
        raise NotUnderstood(Sentence.WHICH_RESTAURANT.words(restaurants=either([r.name for r in called])))
    if found:
        raise NotUnderstood(Sentence.RESTAURANT_NEAREST.words(restaurant=found[0].name))
    every = both([restaurant.name for restaurant in menu.active])
    raise NotUnderstood(Sentence.RESTAURANTS_NONE.words(restaurants=every))


def words_for_choices(item: MenuItem) -> str:
    """A required choice has a question of its own, and a size is never on a list of extras."""
    groups = [group for group in item.option_groups if group.role != "size" and not group.least]
    labels = [modifier.label for group in groups for modifier in group.modifiers]
    if not labels:
        return Sentence.OPTION_NONE.words(dish=item.name)
    return Sentence.OPTION_UNKNOWN.words(dish=item.name, options=either(labels))
