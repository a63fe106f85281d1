"""understand(): one utterance, in what the call knows, to what the caller wants."""

from __future__ import annotations

from collections.abc import Callable

from phone_agent.understanding.additions import additions
from phone_agent.understanding.answers import answer_of
from phone_agent.understanding.changes import corrections, makings, removals, swaps
from phone_agent.understanding.clauses import Clause, clauses_of
from phone_agent.understanding.combine import combined
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import (
    Checkout, Confirm, Decline, FindRestaurants, Goodbye, Greeting, Help, Intent, More, NotInOrder, Pause, Person, Profile,
    RemoveItem, Repeat, Thanks, Unclear, Understood, ViewCart,
)  # fmt: skip
from phone_agent.understanding.phrases import Kind
from phone_agent.understanding.questions import asked, diets, menu_of, prices
from phone_agent.understanding.repair import repaired
from phone_agent.understanding.tokens import content_of, words_in

SIMPLE: dict[Kind, Intent] = {
    Kind.YES: Confirm(), Kind.NO: Decline(), Kind.CHECKOUT: Checkout(), Kind.VIEW: ViewCart(), Kind.MORE: More(),
    Kind.RESTAURANTS: FindRestaurants(""), Kind.PROFILE: Profile(), Kind.REPEAT: Repeat(), Kind.PERSON: Person(),
    Kind.HELP: Help(), Kind.THANKS: Thanks(), Kind.GOODBYE: Goodbye(), Kind.GREETING: Greeting(), Kind.PAUSE: Pause(),
    Kind.UNCLEAR: Unclear(),
}  # fmt: skip
LONGEST = 80
"""Words; what comes after is no order."""


def understand(utterance: str, context: Context) -> Understood:
    words = repaired(content_of(words_in(utterance))[:LONGEST], context.lexicon)
    if not words:
        return Understood((Unclear(),))
    answer = answer_of(words, context)
    if answer is not None:
        return Understood(answer)
    clauses = list(clauses_of(words, context))
    found = [(clause, _intents(clause, context)) for clause in clauses]
    unmatched = tuple(word for clause, intents in found if not intents for word in (*clause.phrase, *clause.words))
    return Understood(combined(found, context), unmatched)


def _intents(clause: Clause, context: Context) -> list[Intent]:
    simple = SIMPLE.get(clause.kind)
    if simple is not None:
        return [simple]
    return READINGS[clause.kind](clause, context)


def _confirm_order(clause: Clause, context: Context) -> list[Intent]:
    return [Confirm() if context.quote_is_open else Checkout()]


def _clear(clause: Clause, context: Context) -> list[Intent]:
    if context.quote_is_open:
        return [Decline()]
    return [RemoveItem(line) for line in reversed(range(len(context.lines)))] or [ViewCart()]


def _undo(clause: Clause, context: Context) -> list[Intent]:
    if context.quote_is_open:
        return [Decline()]
    return [NotInOrder("that") if context.last_line is None else RemoveItem(context.last_line)]


def _menu(clause: Clause, context: Context) -> list[Intent]:
    return [menu_of(context)]


READINGS: dict[Kind, Callable[[Clause, Context], list[Intent]]] = {
    Kind.CONFIRM_ORDER: _confirm_order, Kind.CLEAR: _clear, Kind.UNDO: _undo, Kind.MENU: _menu, Kind.ADD: additions,
    Kind.WANT: additions, Kind.BARE: additions, Kind.REMOVE: removals, Kind.MAKE: makings, Kind.SWAP: swaps,
    Kind.MEANT: corrections, Kind.FIND: asked, Kind.ASK: asked, Kind.PRICE: prices, Kind.IS: diets,
}  # fmt: skip
