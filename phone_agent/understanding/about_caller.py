"""What callers say about themselves: the usual, earlier orders, where an order is, name, diet, PIN, being forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from phone_agent.understanding.context import Context
from phone_agent.understanding.digits import is_digit_word
from phone_agent.understanding.lexicon import Names
from phone_agent.understanding.names import NAMED, name_of, opened
from phone_agent.understanding.numbers import TENS
from phone_agent.understanding.patterns import all_expansions
from phone_agent.understanding.tokens import Words, content_of, word_set, words_in


@dataclass(frozen=True)
class Usual:
    pass


@dataclass(frozen=True)
class SameAgain:
    """As last time."""


@dataclass(frozen=True)
class History:
    pass


@dataclass(frozen=True)
class OrderStatus:
    pass


@dataclass(frozen=True)
class CancelPlaced:
    """An order that is placed already."""

    is_named: bool = True
    """False: "cancel that", which is the order only where the agent has just spoken of it."""


@dataclass(frozen=True)
class ChangePlaced:
    """ "I want to change my order", with nothing in the cart."""


@dataclass(frozen=True)
class ForgetMe:
    pass


@dataclass(frozen=True)
class KeyInPin:
    pass


@dataclass(frozen=True)
class MyName:
    name: str


@dataclass(frozen=True)
class Tastes:
    """What the caller eats or likes, in the menu's words."""

    tags: tuple[str, ...]
    cuisines: tuple[str, ...]


AboutOrders = Usual | SameAgain | History | OrderStatus | CancelPlaced | ChangePlaced
AboutCaller = AboutOrders | ForgetMe | KeyInPin | MyName | Tastes
ASKED_TO = "[(i|we) (want|need|would like|have) to|(can|could) (i|we|you)|let me|i am calling to]"
WISH = (
    "[(i|we) (want|would like|will have|will take)|(can|could|may) (i|we) (have|get|order)|give me|make it|lets do|"
    "i would like to (order|have)|order|add|reorder|repeat]"
)
PHRASES: dict[AboutCaller, tuple[str, ...]] = {
    Usual(): (
        f"{WISH} (the|my|our) usual [order|thing|one] [again|for me]", f"{WISH} [the] same as (always|usual|ever)",
        f"{WISH} what (i|we) (usually|always) (have|get|order)", "usual",
    ),
    SameAgain(): (
        f"{WISH} [the] same [thing|order|food] (as|like) [the] last (time|order|one)",
        f"{WISH} [the] same [thing|order|food] (i|we) (had|ordered|got) last time",
        f"{WISH} (what|that) (i|we) (had|ordered|got) [the] last time",
        f"{WISH} (my|our) (last|previous) order [again]",
        f"{WISH} the last order again", "same as last time", "like last time", "just like last time",
    ),
    History(): (
        "what did (i|we) (order|have|get|eat) [the] (last time|before|last)",
        "what (was|is) (my|our) (last|previous) order", "what have (i|we) (ordered|had) before",
        "[what is] (my|our) [order] history", "[tell me|show me] (my|our) (last|previous|earlier|past) orders",
        "what is (my|our) usual", "what do (i|we) usually (order|get|have)",
    ),
    OrderStatus(): (
        "where is (my|our|the) (order|food|delivery)", "is (my|our) (order|food) (ready|done|coming) [yet]",
        "when (is|will) (my|our) (order|food) [be] (ready|done|here|coming)", "[what is] the status of (my|our) order",
        "[can you] check on (my|our) order", "[my] order status", "how is (my|our) order [doing|going]",
        "(what|how) about (my|our) order", "how long (until|till) (my|our) (order|food) is (ready|here|done)",
        "how (long|much longer) (will|does) (my|our) (order|food) (take|be)", "has (my|our) order left",
    ),
    CancelPlaced(): (
        "[i want to|i would like to|i need to|can i|can you|could you] cancel (my last order|(the|that) order i [just] "
        "(placed|made)|(my|the) placed order|what i [just] ordered)",
    ),
    ForgetMe(): (
        "[can you|could you|i want you to|you should] (forget|delete|erase|remove) (me|us|about me|everything about me|"
        "everything you know about me|(my|our) (data|details|number|name|profile|account|information|phone number))",
        "do not (remember|save|store|keep) (me|my data|my number|my name|anything about me)",
    ),
    KeyInPin(): (
        "[i have|i know|here is|i will (enter|key in)|let me (enter|key in)|i (want|would like) to (enter|key in)|"
        "enter|key in|use|ask me for|ask for] (my|the|a) (pin|pin code|pin number|code)",
        "[my] pin [please]",
    ),
}  # fmt: skip
WITH_NOTHING_IN_THE_CART: dict[AboutCaller, tuple[str, ...]] = {
    CancelPlaced(): (
        f"{ASKED_TO} (cancel|delete|clear|stop|withdraw) (my|our|the|that|this|an) [whole|entire] order",
        f"{ASKED_TO} cancel (my|our|the) food", "cancel order",
    ),
    CancelPlaced(is_named=False): (f"{ASKED_TO} cancel (it|that|this|everything|all of it)", "cancel"),
    ChangePlaced(): (
        f"{ASKED_TO} (change|edit|modify|correct|update) (my|our|the|that|this|an) order",
        f"{ASKED_TO} (change|add|remove) something (in|on|to|from|about|with) (my|our|the) order",
        f"{ASKED_TO} make (a change|changes) to (my|our|the) order",
    ),
    OrderStatus(): (
        "is it (ready|done|coming|finished|on its way|on the way) [yet]",
        "when (is|will) it [be] (ready|done|here|coming)",
        "how (long|much longer) (for|is|about) (my|our|the) (order|food)",
        "has (my|our|the) (order|food) [been] (delivered|picked up|arrived|shipped|come|left) [yet]",
        "[i am] (calling|asking) about (my|our|an|the) order [i (placed|made)]", "[it is] about (my|our) order",
        "did you (get|receive) (my|our) order", "is (my|our|the) (order|food) (on its way|on the way|finished|cooked)",
    ),
}  # fmt: skip
BESIDE_A_PIN = word_set("my the our it code number is here")
GOING_ON = (
    "[lets|let us|you (can|may)|i want to|i would like to|can (i|we)] "
    "(go on|go ahead|continue|keep going|carry on|proceed) [with (it|that|this|that one|(my|the|that) (order|cart))]",
)
REMEMBER = word_set("remember note save keep")
BEFORE = word_set("okay right hi hello so and well hey yes yeah yep sure no")
EATER = ("i am", "we are", "i eat", "we eat", "i only eat", "we only eat")
LIKER = ("i like", "i love", "we like", "we love", "my favorite is", "my favorite food is")
BESIDE_A_TASTE = REMEMBER | word_set("a an all both and food that this it for next time in mind my the now on from")
ALLERGIC = word_set(
    """
    allergic allergy allergies intolerant intolerance intolerances celiac celiacs coeliac coeliacs anaphylactic
    anaphylaxis
    """
)
"""Whoever says one of these tells the kitchen something, whatever else the sentence is about."""


def about_caller(utterance: str, context: Context) -> AboutCaller | None:
    """Where the whole utterance is about the caller; not while an order is being read back."""
    words = content_of(words_in(utterance))
    if context.quote_is_open:
        return None
    is_nothing_ordered = not context.lines and context.open_question is None
    return (
        phrases().get(bare(words))
        or (_phrases_with_nothing_in_the_cart().get(bare(words)) if is_nothing_ordered else None)
        or _my_pin(words)
        or _my_name(words, utterance)
        or _tastes(words, context)
    )


def is_going_on(utterance: str) -> bool:
    """Whether nothing is said but to go on with what was offered."""
    return bare(content_of(words_in(utterance))) in _goings_on()


@cache
def _goings_on() -> frozenset[Words]:
    return frozenset(bare(content_of(phrase)) for phrase in all_expansions(GOING_ON))


@cache
def phrases() -> dict[Words, AboutCaller]:
    return _expanded(PHRASES)


@cache
def _phrases_with_nothing_in_the_cart() -> dict[Words, AboutCaller]:
    return _expanded(WITH_NOTHING_IN_THE_CART)


def _expanded(phrases: Mapping[AboutCaller, tuple[str, ...]]) -> dict[Words, AboutCaller]:
    found: dict[Words, AboutCaller] = {}
    for intent, patterns in phrases.items():
        for phrase in all_expansions(patterns):
            found.setdefault(content_of(phrase), intent)
    return found


def bare(words: Words) -> Words:
    """Without what is said around it."""
    kept = list(words)
    while len(kept) > 1 and kept[0] in BEFORE:
        kept = kept[1:]
    while len(kept) > 1 and (kept[-1] in ("thanks", "then", "now", "today") or kept[-2:] == ["thank", "you"]):
        kept = kept[: -2 if kept[-1] == "you" else -1]
    return tuple(kept)


def _my_pin(words: Words) -> KeyInPin | None:
    """ "My PIN is 2468": what is said is never compared; it is asked for by keypad."""
    said = tuple(word for word in bare(words) if word not in BESIDE_A_PIN)
    is_number = len(said) > 1 and all(is_digit_word(word) or word in TENS for word in said[1:])
    return KeyInPin() if said[:1] == ("pin",) and is_number else None


def _my_name(words: Words, utterance: str) -> MyName | None:
    named = opened(bare(words), NAMED)
    name = name_of(named, utterance) if named is not None else None
    return MyName(name) if name is not None else None


def _tastes(words: Words, context: Context) -> Tastes | None:
    """ "I'm vegetarian", "I like Thai food, remember that"; an allergy is no taste."""
    said = " ".join(words)
    lexicon = context.lexicon
    if ALLERGIC & set(words):
        return None
    if said.startswith(EATER):
        tags, left = _taken(words, lexicon.tags)
        is_all = set(left) <= word_set(" ".join(EATER)) | BESIDE_A_TASTE
        return Tastes(tags, ()) if tags and is_all else None
    cuisines, _ = _taken(words, lexicon.cuisines)
    is_to_be_kept = bool(REMEMBER & set(words))
    return Tastes((), cuisines) if cuisines and is_to_be_kept and said.startswith(LIKER) else None


def _taken(words: Words, names: Names[str]) -> tuple[tuple[str, ...], Words]:
    """The values of the names in the words, and the other words."""
    values: list[str] = []
    left: list[str] = []
    at = 0
    while at < len(words):
        found = names.at(words, at)
        values += found.values if found else ()
        left += () if found else (words[at],)
        at = found.end if found else at + 1
    return tuple(dict.fromkeys(values)), tuple(left)
