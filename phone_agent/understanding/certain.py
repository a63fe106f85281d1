"""What code takes with no model: an utterance of which no word is left over and two readers say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from phone_agent.ordering.selection import ItemRequest
from phone_agent.understanding.certain_changes import NUMBERS, around, is_certain_change
from phone_agent.understanding.clauses import Clause, clauses_of
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import (
    AddItems,
    AskDiet,
    AskPrice,
    ChangeItem,
    Checkout,
    Choose,
    FindRestaurants,
    Intent,
    RemoveItem,
    Repeat,
    ShowMenu,
    ViewCart,
)
from phone_agent.understanding.parser import understand
from phone_agent.understanding.said_at_once import requests_of
from phone_agent.understanding.term_intents import HandOver
from phone_agent.understanding.tokens import Words, content_of, stems, word_set, words_in
from phone_agent.understanding.whole_order import whole_order

MENU = "menu"
NEGATIONS = word_set("no without hold")
PLAIN = word_set(
    """
    i we would like want will have can could may get let me order add take do please hi hello hey yes yeah okay
    a an the some and then with also plus on to my for us extra light double couple dozen
    """
)
AROUND_STEMS = around(NEGATIONS | NUMBERS | PLAIN)
"""What stands around dishes in a plain order; nothing of it corrects anything."""
ARTICLES = word_set(
    "the a an one of for your is that some do you have there are any does it in restaurant restaurants cost"
)


def certain(utterance: str, context: Context) -> Intent | None:
    """None: a model had better read it."""
    understood = understand(utterance, context)
    if understood.unmatched or len(understood.intents) != 1:
        return None
    (intent,) = understood.intents
    if isinstance(intent, AddItems):
        return intent if _is_read_twice(intent.items, utterance, context) else None
    if isinstance(intent, Choose):
        return intent if _is_an_answer(intent, utterance, context) else None
    if isinstance(intent, RemoveItem | ChangeItem | HandOver):
        return intent if is_certain_change(intent, utterance, context) else None
    named = _named_in(intent, utterance, context)
    return intent if named is not None and not _left_over(utterance, named, context) else None


def _named_in(intent: Intent, utterance: str, context: Context) -> list[str] | None:
    """What of the menu it speaks of; None: nothing that code answers by itself."""
    match intent:
        case AskPrice(dish):
            return [dish]
        case AskDiet(tag, dish) if dish is not None:
            return [tag, f"{tag}s", dish]
        case ShowMenu(restaurant, section) if restaurant or section or MENU in words_in(utterance):
            places = [place for place in context.menu.restaurants if place.slug == restaurant]
            titles = [s.title for place in context.menu.restaurants for s in place.sections if s.slug == section]
            return [*(name for place in places for name in place.names), *titles]
        case FindRestaurants(cuisine):
            return [cuisine]
        case ViewCart() | Checkout() | Repeat():
            return []
    return None


def _is_read_twice(items: Iterable[ItemRequest], utterance: str, context: Context) -> bool:
    """By clauses and as a whole."""
    if context.open_question is not None:
        return False
    order = whole_order(utterance, context.menu)
    names = {item.name for item in context.menu.items}
    wanted = [_key(item) for item in items]
    again = [_key(item) for item in requests_of(order.items, context)]
    has_combo = any(item.item.is_combo for item in order.items)
    is_plain = not has_combo and all(
        item.item_name in names and not item.note and not item.other_half for item in items
    )
    if not is_plain or order.unmatched or Counter(wanted) != Counter(again):
        return False
    dishes = [names_of for item in order.items for names_of in item.item.names]
    options = [name for item in order.items for option in item.options for name in option.modifier.names]
    sizes = [name for item in order.items if item.size is not None for name in item.size.names]
    return _is_spelled_out(stems(content_of(words_in(utterance))), [*dishes, *sizes], options)


def _is_spelled_out(said: Words, names: Iterable[str], options: Iterable[str]) -> bool:
    """Whole names, and around them only words that every order has; "no" stands before an option."""
    whole = sorted({stems(words_in(name)) for name in (*names, *options)}, key=len, reverse=True)
    without = {stems(words_in(name)) for name in options}
    at, is_negated = 0, False
    while at < len(said):
        name = next((name for name in whole if name and said[at : at + len(name)] == name), None)
        if is_negated and name not in without:
            return False
        if name is None and said[at] not in AROUND_STEMS:
            return False
        is_negated = said[at] in NEGATIONS
        at += len(name) if name is not None else 1
    return not is_negated


def _key(item: ItemRequest) -> tuple[object, ...]:
    return item.item_name, item.quantity, frozenset(item.options), item.restaurant_name, item.other_half


def _is_an_answer(intent: Choose, utterance: str, context: Context) -> bool:
    """One of the names that were offered, and nothing else."""
    question = context.open_question
    said = stems(_plain(content_of(words_in(utterance))))
    return question is not None and said == stems(words_in(intent.answer))


def _left_over(utterance: str, names: Iterable[str], context: Context) -> bool:
    named = {stem for name in names for stem in stems(words_in(name))}
    return any(_unread(clause, named) for clause in clauses_of(content_of(words_in(utterance)), context))


def _unread(clause: Clause, named: set[str]) -> bool:
    return any(stem not in named for stem in stems(_plain(clause.words)))


def _plain(words: Words) -> Words:
    return tuple(word for word in words if word not in ARTICLES)
