"""understand(): one utterance, in what the call knows, to what the caller wants."""

from __future__ import annotations

from collections.abc import Callable

from phone_agent.understanding.about_caller import about_caller
from phone_agent.understanding.about_support import about_support
from phone_agent.understanding.additions import additions
from phone_agent.understanding.allergies import with_allergy
from phone_agent.understanding.answer import ENOUGH
from phone_agent.understanding.answers import answer_of
from phone_agent.understanding.asked_terms import answer_to_terms
from phone_agent.understanding.changes import corrections, makings, removals, swaps
from phone_agent.understanding.clauses import Clause, clauses_of
from phone_agent.understanding.combine import SMALL_TALK, combined
from phone_agent.understanding.context import Context
from phone_agent.understanding.digits import is_bare_run, without_card_number
from phone_agent.understanding.halves import changed_in_halves, with_named_halves
from phone_agent.understanding.intents import (
    AddItems,
    Allergy,
    AskAutomated,
    AskPayment,
    AskPrice,
    AskTime,
    ChangeItem,
    Checkout,
    Confirm,
    Decline,
    FindRestaurants,
    Goodbye,
    Greeting,
    Help,
    Intent,
    Keep,
    More,
    NotInOrder,
    Pause,
    Person,
    Profile,
    RemoveItem,
    Repeat,
    SecondScreen,
    Thanks,
    Unclear,
    Understood,
    ViewCart,
)  # fmt: skip
from phone_agent.understanding.numbers import number_at
from phone_agent.understanding.phrase_index import tail_at
from phone_agent.understanding.phrases import CONNECTORS, Kind
from phone_agent.understanding.questions import asked, diets, menu_of, options_asked, prices
from phone_agent.understanding.repair import repaired, with_two_for_to
from phone_agent.understanding.said_at_once import said_at_once
from phone_agent.understanding.second_thoughts import second_thought
from phone_agent.understanding.term_intents import TellAllergy
from phone_agent.understanding.terms import terms_in
from phone_agent.understanding.tokens import Words, content_of, word_set, words_in

SIMPLE: dict[Kind, Intent] = {
    Kind.YES: Confirm(), Kind.NO: Decline(), Kind.MORE: More(),
    Kind.RESTAURANTS: FindRestaurants(""), Kind.PROFILE: Profile(), Kind.REPEAT: Repeat(), Kind.PERSON: Person(),
    Kind.SCREEN: SecondScreen(),
    Kind.HELP: Help(), Kind.THANKS: Thanks(), Kind.GOODBYE: Goodbye(), Kind.GREETING: Greeting(), Kind.PAUSE: Pause(),
    Kind.UNCLEAR: Unclear(), Kind.KEEP: Keep(), Kind.AUTOMATED: AskAutomated(),
    Kind.PAYMENT: AskPayment(), Kind.TIME: AskTime(),
}  # fmt: skip
ORDERING = frozenset(("checkout", "pay", "order", "ready", "ring"))
ABOUT_TOTAL = frozenset(("total", "much", "owe", "cost", "damage", "come", "bill", "subtotal"))
TAKING_BACK = frozenset(("undo", "scratch", "cancel"))
QUESTIONS = frozenset(("how", "when", "where", "why", "who"))
KEYS = word_set(
    """
    press pressing pressed push hit number key digit button the
    """
)
LONGEST = 80
"""Words; what comes after is no order."""


def understand(utterance: str, context: Context) -> Understood:
    return with_allergy(_meant(utterance, context), utterance, context)


def _meant(utterance: str, context: Context) -> Understood:
    """What is asked for beside dishes is taken out first, for it has words of its own: streets, times, codes."""
    about = about_caller(utterance, context) or about_support(utterance, context)
    if about is not None:
        return Understood((about,))
    beside_card = without_card_number(words_in(utterance))
    if beside_card is not None:
        return _paying_by_card(beside_card, context)
    answer = answer_to_terms(utterance, context)
    if answer is not None:
        return Understood((answer,))
    if is_bare_run(content_of(words_in(utterance))):
        return Understood((Unclear(),))
    utterance = with_named_halves(utterance, context.menu)
    terms = terms_in(utterance, context)
    if not terms.intents:
        return _understood(utterance, context)
    beside = _understood(terms.rest, context) if terms.rest else Understood(())
    kept = tuple(intent for intent in beside.intents if not isinstance(intent, SMALL_TALK))
    return Understood((*kept, *terms.intents), beside.unmatched if kept else ())


def _paying_by_card(beside: Words, context: Context) -> Understood:
    """Who tells a card's number hears that none is taken; a dish told with it is taken."""
    intents = _understood(" ".join(beside), context).intents if beside else ()
    return Understood((*(i for i in intents if isinstance(i, AddItems | ChangeItem | RemoveItem)), AskPayment()))


def _understood(utterance: str, context: Context) -> Understood:
    utterance = with_two_for_to(utterance, context.lexicon)
    words = repaired(_begun(content_of(words_in(utterance)))[:LONGEST], context.lexicon)
    if not words:
        return Understood((Unclear(),))
    if context.quote_is_open and _is_key(words):
        return Understood((Confirm(),))
    answer = answer_of(words, context)
    if answer is not None:
        return Understood(answer)
    clauses = list(clauses_of(words, context))
    halves = changed_in_halves(utterance, clauses, context)
    if halves is not None:
        return Understood(halves)
    found = [(clause, _intents(clause, context)) for clause in clauses]
    unmatched = tuple(word for clause, intents in found if not intents for word in (*clause.phrase, *clause.words))
    if QUESTIONS & set(unmatched):
        found = [(clause, [i for i in intents if not isinstance(i, ChangeItem)]) for clause, intents in found]
    intents = combined(found, context)
    has_second_thought = any(second_thought(clause, context) for clause in clauses)
    at_once = None if has_second_thought else said_at_once(utterance, clauses, intents, context)
    if at_once is not None:
        intents, unmatched = at_once, ()
    return Understood(intents, unmatched)


def _is_key(words: Words) -> bool:
    """ "One", "press one": a key said aloud, which changes nothing in a read-back."""
    left = tuple(word for word in words if word not in KEYS)
    number = number_at(left, 0)
    return number is not None and number[1] == len(left)


def _begun(words: Words) -> Words:
    """Without the "so" and "okay" that a sentence begins with."""
    return _begun(words[1:]) if len(words) > 1 and words[0] in CONNECTORS else words


def _intents(clause: Clause, context: Context) -> list[Intent]:
    simple = SIMPLE.get(clause.kind)
    if simple is not None:
        return [simple]
    return second_thought(clause, context) or READINGS[clause.kind](clause, context)


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
    """What was removed last is not brought back by removing something else."""
    if context.quote_is_open:
        return [Decline()]
    last = None if context.last_line_id is None and TAKING_BACK & set(clause.phrase) else context.last_line
    return [NotInOrder("that") if last is None else RemoveItem(last)]


def _allergy(clause: Clause, context: Context) -> list[Intent]:
    """Asked, it is answered with what the menu can say; what is told is read of the whole utterance."""
    words = (*clause.phrase, *clause.words)
    if "safe" not in clause.phrase:
        return [TellAllergy(""), *_ordered_after(clause.words, context)]
    allergen = next((found for at in range(len(words)) if (found := context.lexicon.allergens.at(words, at))), None)
    return [Allergy(allergen.values[0] if allergen is not None else None)]


def _ordered_after(words: Words, context: Context) -> list[Intent]:
    """ "I'm allergic to peanuts, and a grilled salmon please"."""
    dish = next((at for at in range(len(words)) if context.lexicon.dishes.at(words, at) is not None), 0)
    return additions(Clause(Kind.BARE, (), words[dish - 1 :]), context) if dish else []


def _view(clause: Clause, context: Context) -> list[Intent]:
    """ "how much is it" of the dish that was just named, where nothing is ordered yet."""
    if not context.lines and len(context.shown) == 1 and clause.phrase[-1] in ("it", "that"):
        return [AskPrice(context.shown[0].name)]
    return [ViewCart(is_total=bool(ABOUT_TOTAL & set(clause.phrase)))]


def _remove(clause: Clause, context: Context) -> list[Intent]:
    if clause.phrase == ENOUGH and (not clause.words or tail_at(clause.words, 0) == len(clause.words)):
        return [Checkout(is_enough=True)]
    return removals(clause, context) if clause.words or not context.quote_is_open else [Decline()]


def _ask(clause: Clause, context: Context) -> list[Intent]:
    """ "what would a large pizza cost"."""
    return prices(clause, context) if {"cost", "price"} & set(clause.words) else _find(clause, context)


def _find(clause: Clause, context: Context) -> list[Intent]:
    return options_asked(clause.words, context) or asked(clause, context)


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
    Kind.FIND: _find,
    Kind.ASK: _ask,
    Kind.PRICE: prices,
    Kind.IS: diets,
    Kind.ALLERGY: _allergy,
}
