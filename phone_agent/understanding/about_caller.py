"""What callers say about themselves: the usual, earlier orders, where an order is, name, diet, PIN, being forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from phone_agent.understanding.context import Context
from phone_agent.understanding.lexicon import Names
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


AboutCaller = Usual | SameAgain | History | OrderStatus | CancelPlaced | ForgetMe | KeyInPin | MyName | Tastes
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
NAMED = ("my name is", "the name is", "my name", "call me", "it is under", "put it under", "under the name")
ANSWERED = (*NAMED, "it is", "this is", "i am", "for", "under", "that is", "it is for", "yes my name is", "sure")
NO_NAMES = word_set(
    """
    me home here not no yes okay all it that this done ready hungry good fine sorry calling looking going a an the
    nothing none
    """
)
REMEMBER = word_set("remember note save keep")
EATER = ("i am", "we are", "i eat", "we eat", "i only eat", "we only eat")
LIKER = ("i like", "i love", "we like", "we love", "my favorite is", "my favorite food is")
BESIDE_A_TASTE = REMEMBER | word_set("a an all both and food that this it for next time in mind my the now on from")
ALLERGIC = word_set("allergic allergy allergies intolerant")
MOST_WORDS_OF_A_NAME = 3


def about_caller(utterance: str, context: Context) -> AboutCaller | None:
    """Where the whole utterance is about the caller; not while an order is being read back."""
    words = content_of(words_in(utterance))
    if context.quote_is_open:
        return None
    return _phrases().get(_bare(words)) or _my_name(words) or _tastes(words, context)


def name_in(utterance: str) -> str | None:
    """The answer to "May I have a name?": a few words, and nothing that is a wish."""
    words = content_of(words_in(utterance))
    for opening in sorted(ANSWERED, key=len, reverse=True):
        said = tuple(opening.split())
        if words[: len(said)] == said and len(words) > len(said):
            words = words[len(said) :]
            break
    return _name_of(words)


@cache
def _phrases() -> dict[Words, AboutCaller]:
    found: dict[Words, AboutCaller] = {}
    for intent, patterns in PHRASES.items():
        for phrase in all_expansions(patterns):
            found.setdefault(content_of(phrase), intent)
    return found


def _bare(words: Words) -> Words:
    """Without what is said around it."""
    kept = list(words)
    while len(kept) > 1 and kept[0] in ("okay", "hi", "hello", "so", "and", "well", "hey", "yes", "no"):
        kept = kept[1:]
    while len(kept) > 1 and (kept[-1] in ("thanks", "then", "now", "today") or kept[-2:] == ["thank", "you"]):
        kept = kept[: -2 if kept[-1] == "you" else -1]
    return tuple(kept)


def _my_name(words: Words) -> MyName | None:
    bare = _bare(words)
    for opening in NAMED:
        said = tuple(opening.split())
        if bare[: len(said)] == said and (name := _name_of(bare[len(said) :])) is not None:
            return MyName(name)
    return None


def _name_of(words: Words) -> str | None:
    is_name = 0 < len(words) <= MOST_WORDS_OF_A_NAME and all(word.isalpha() and word not in NO_NAMES for word in words)
    return " ".join(words).title() if is_name else None


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
