"""understand(): one utterance, in what the call knows, to what the caller wants."""

from __future__ import annotations

from collections.abc import Callable

from phone_agent.understanding.about_caller import about_caller
from phone_agent.understanding.additions import additions
from phone_agent.understanding.answers import answer_of
from phone_agent.understanding.changes import corrections, makings, removals, swaps
from phone_agent.understanding.clauses import Clause, clauses_of
from phone_agent.understanding.combine import combined
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import (
    AskPrice,
    Checkout,
    Confirm,
    Decline,
    FindRestaurants,
    Goodbye,
    Greeting,
    Help,
    Intent,
    More,
    NotInOrder,
    Pause,
    Person,
    Profile,
    RemoveItem,
    Repeat,
    Thanks,
    Unclear,
    Understood,
    ViewCart,
)  # fmt: skip
from phone_agent.understanding.phrases import CONNECTORS, Kind
from phone_agent.understanding.questions import asked, diets, menu_of, prices
from phone_agent.understanding.repair import repaired
from phone_agent.understanding.tokens import Words, content_of, words_in

SIMPLE: dict[Kind, Intent] = {
    Kind.YES: Confirm(), Kind.NO: Decline(), Kind.MORE: More(),
    Kind.RESTAURANTS: FindRestaurants(""), Kind.PROFILE: Profile(), Kind.REPEAT: Repeat(), Kind.PERSON: Person(),
    Kind.HELP: Help(), Kind.THANKS: Thanks(), Kind.GOODBYE: Goodbye(), Kind.GREETING: Greeting(), Kind.PAUSE: Pause(),
    Kind.UNCLEAR: Unclear(),
}  # fmt: skip
ORDERING = frozenset(("checkout", "pay", "order", "ready", "ring"))
LONGEST = 80
"""Words; what comes after is no order."""


def understand(utterance: str, context: Context) -> Understood:
    about = about_caller(utterance, context)
    if about is not None:
        return Understood((about,))
    words = repaired(_begun(content_of(words_in(utterance)))[:LONGEST], context.lexicon)
    if not words:
        return Understood((Unclear(),))
    answer = answer_of(words, context)
    if answer is not None:
        return Understood(answer)
    clauses = list(clauses_of(words, context))
    found = [(clause, _intents(clause, context)) for clause in clauses]
    unmatched = tuple(word for clause, intents in found if not intents for word in (*clause.phrase, *clause.words))
    return Understood(combined(found, context), unmatched)


def _begun(words: Words) -> Words:
    """Without the "so" and "okay" that a sentence begins with."""
    return _begun(words[1:]) if len(words) > 1 and words[0] in CONNECTORS else words


def _intents(clause: Clause, context: Context) -> list[Intent]:
    simple = SIMPLE.get(clause.kind)
    if simple is not None:
        return [simple]
    return READINGS[clause.kind](clause, context)


def _confirm_order(clause: Clause, context: Context) -> list[Intent]:
    return [Confirm() if context.quote_is_open else Checkout()]


def _checkout(clause: Clause, context: Context) -> list[Intent]:
    return [Checkout(is_enough=not ORDERING & set(clause.phrase))]


def _make(clause: Clause, context: Context) -> list[Intent]:
    """ "I want it" takes what was shown."""
    if not clause.words and "want" in clause.phrase:
        return additions(Clause(Kind.WANT, clause.phrase, ("it",)), context)
    return makings(clause, context)


def _clear(clause: Clause, context: Context) -> list[Intent]:
    if context.quote_is_open:
        return [Decline()]
    return [RemoveItem(line) for line in reversed(range(len(context.lines)))] or [ViewCart()]


def _undo(clause: Clause, context: Context) -> list[Intent]:
    if context.quote_is_open:
        return [Decline()]
    return [NotInOrder("that") if context.last_line is None else RemoveItem(context.last_line)]


def _view(clause: Clause, context: Context) -> list[Intent]:
    """ "how much is it" of the dish that was just named, where nothing is ordered yet."""
    if not context.lines and len(context.shown) == 1 and clause.phrase[-1] in ("it", "that"):
        return [AskPrice(context.shown[0].name)]
    return [ViewCart()]


def _remove(clause: Clause, context: Context) -> list[Intent]:
    return removals(clause, context) if clause.words or not context.quote_is_open else [Decline()]


def _ask(clause: Clause, context: Context) -> list[Intent]:
    """ "what would a large pizza cost"."""
    return prices(clause, context) if {"cost", "price"} & set(clause.words) else asked(clause, context)


def _menu(clause: Clause, context: Context) -> list[Intent]:
    return [menu_of(context)]


READINGS: dict[Kind, Callable[[Clause, Context], list[Intent]]] = {
    Kind.CONFIRM_ORDER: _confirm_order,
    Kind.CHECKOUT: _checkout,
    Kind.CLEAR: _clear,
    Kind.UNDO: _undo,
    Kind.VIEW: _view,
    Kind.MENU: _menu,
    Kind.ADD: additions,
    Kind.WANT: additions,
    Kind.BARE: additions,
    Kind.REMOVE: _remove,
    Kind.MAKE: _make,
    Kind.SWAP: swaps,
    Kind.MEANT: corrections,
    Kind.FIND: asked,
    Kind.ASK: _ask,
    Kind.PRICE: prices,
    Kind.IS: diets,
}
