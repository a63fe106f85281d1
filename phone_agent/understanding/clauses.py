"""Cuts an utterance into clauses: a command each, with the words that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from phone_agent.understanding.context import Context
from phone_agent.understanding.phrase_index import command_at, tail_at
from phone_agent.understanding.phrases import COMPLETE, CONNECTORS, QUESTIONS, Kind
from phone_agent.understanding.tokens import Words, word_set

STRONG = word_set(
    """
    checkout remove delete add confirm bye goodbye thanks cancel repeat swap replace change
    """
)
"""Single words that begin a clause wherever they stand."""
ALONE = frozenset((Kind.REPEAT, Kind.MORE, Kind.HELP, Kind.PERSON, Kind.SCREEN, Kind.MENU, Kind.UNCLEAR))
"""A single word of these is a command only where nothing else is said: "what", "person"."""
COURTESIES = frozenset((Kind.THANKS, Kind.GOODBYE))
NEVER_AFTER_AND = frozenset((Kind.YES, Kind.PAUSE, Kind.MORE, Kind.BARE))
AFTER_NO = word_set(
    """
    i the a an that this it is wait make just change let lets can could not thank thanks we one two three four
    five six you actually no only more want to do please add remove those these my instead that's he she for and
    but
    """
)
"""After these "no" is an answer; before anything else it is an amount: "no onions"."""


@dataclass(frozen=True)
class Clause:
    kind: Kind
    phrase: Words
    words: Words = ()


def clauses_of(words: Words, context: Context) -> Iterator[Clause]:
    at = 0
    while at < len(words):
        command = _command(words, at, context)
        skipped = _skipped(words, at) if command is None else None
        if skipped is not None:
            at = skipped
            continue
        kind, start = command or (Kind.BARE, at)
        if kind in COMPLETE:
            yield Clause(kind, words[at:start])
            at = start
            continue
        end = _end(words, start, kind, context)
        yield Clause(kind, words[at:start], words[start:end])
        at = end


def _skipped(words: Words, at: int) -> int | None:
    """Past "and", or past what only rounds a sentence off: "for my wife"."""
    return at + 1 if words[at] in CONNECTORS else (tail_at(words, at) if at else None)


def _command(words: Words, at: int, context: Context) -> tuple[Kind, int] | None:
    """The command here, unless a longer name of the menu starts here too."""
    found = command_at(words, at)
    if found is None or (found[1] == at + 1 and words[at] == "no" and _is_amount(words, at, context)):
        return None
    if found[1] == at + 1 and found[0] in ALONE and not _is_alone(words, at):
        return (Kind.ASK, found[1]) if words[at] == "what" else None
    if words[at] in ("my", "the") and found[1] - at < len(words) and found[0] is not Kind.ALLERGY:
        return None
    lexicon = context.lexicon
    names = (lexicon.dishes.at(words, at), lexicon.modifiers.at(words, at), lexicon.restaurants.at(words, at))
    return None if any(name is not None and name.end > found[1] for name in names) else found


def _is_alone(words: Words, at: int) -> bool:
    """Nothing else is said, but for "thanks" and the like."""
    following = command_at(words, at + 1)
    return at == 0 and (len(words) == 1 or (following is not None and following[0] in COURTESIES))


def _is_amount(words: Words, at: int, context: Context) -> bool:
    """ "no onions", not "no, green curry"."""
    if at + 1 >= len(words) or words[at + 1] in AFTER_NO:
        return False
    if context.lexicon.modifiers.at(words, at + 1) is not None:
        return True
    dish = context.lexicon.dish_at(words, at + 1)
    return (dish is None or not dish.is_whole) and command_at(words, at + 1) is None


def _end(words: Words, start: int, kind: Kind, context: Context) -> int:
    at = start
    while at < len(words):
        named = _named_end(words, at, context)
        if named is not None:
            at = named
            continue
        command = _command(words, at, context)
        if command is not None and _begins_clause(words, at, start, kind, command):
            return at
        at = max(at + 1, tail_at(words, at) or 0)
    return len(words)


def _named_end(words: Words, at: int, context: Context) -> int | None:
    dish = context.lexicon.dishes.at(words, at)
    return dish.end if dish is not None and dish.end > at + 1 else None


def _begins_clause(words: Words, at: int, start: int, kind: Kind, command: tuple[Kind, int]) -> bool:
    found, end = command
    if end <= (tail_at(words, at) or 0):
        return False
    if at > start and words[at - 1] in CONNECTORS:
        return found not in NEVER_AFTER_AND or end > at + 1
    is_long = end >= at + 2 or words[at] in STRONG
    if kind in QUESTIONS:
        return is_long and (found in COMPLETE or found in (Kind.ADD, Kind.WANT)) and at > start
    return is_long and found not in (Kind.IS, Kind.MEANT) and (at > start or found in COMPLETE)
