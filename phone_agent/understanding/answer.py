"""A clear yes or no, for the read-back: anything beside it makes it neither."""

from __future__ import annotations

from typing import Literal

from phone_agent.understanding.phrase_index import command_at
from phone_agent.understanding.phrases import Kind
from phone_agent.understanding.tokens import Words, content_of, phrase_list, word_set, words_in

Answer = Literal["yes", "no"]
BESIDE = frozenset((Kind.THANKS, Kind.GREETING, Kind.GOODBYE))
BESIDE_YES = BESIDE | {Kind.CHECKOUT}
BACKCHANNELS = phrase_list("okay, right, all right, good, great, fine, uh huh, indeed")
"""Said to show that one listens; alone they place no order."""
REFUSALS = frozenset((Kind.NO, Kind.CLEAR, Kind.UNDO, Kind.REMOVE))
"""Any of these with nothing named: "cancel", "start over", "remove it"."""
MORE_TO_COME = word_set(
    """
    and then well but or so also plus um uh er erm hmm mm
    """
)
"""At its end these leave a yes unfinished."""
HEDGES = frozenset(("maybe", "perhaps", "probably"))
ENOUGH: Words = ("no", "more")
FILLERS = word_set(
    """
    so and then well oh okay all right i think now
    """
)


def answer_in(text: str) -> Answer | None:
    """The answer to an open read-back; a no outweighs a yes."""
    words = content_of(words_in(text))
    if words in BACKCHANNELS:
        return None
    kinds = _kinds_in(words)
    if kinds is None:
        return None
    if kinds & REFUSALS:
        return "no" if kinds <= BESIDE_YES | REFUSALS | {Kind.YES, Kind.PAUSE, Kind.CONFIRM_ORDER} else None
    said = words_in(text)
    if MORE_TO_COME & set(said[-1:]) or HEDGES & set(said):
        return None
    if kinds & {Kind.YES, Kind.CONFIRM_ORDER} and kinds <= BESIDE_YES | {Kind.YES, Kind.CONFIRM_ORDER}:
        return "yes"
    return None


def asks_to_wait(text: str) -> bool:
    """Said into a read-back it stops it; after its question it asks for time."""
    words = content_of(words_in(text))
    kinds = _kinds_in(words)
    return kinds is not None and Kind.PAUSE in kinds and kinds <= BESIDE | {Kind.PAUSE}


def _kinds_in(words: tuple[str, ...]) -> set[Kind] | None:
    """The phrases that the words consist of, or None where something else is said too."""
    kinds: set[Kind] = set()
    at = 0
    while at < len(words):
        found = command_at(words, at)
        if found is not None:
            kinds.add(Kind.CHECKOUT if words[at : found[1]] == ENOUGH else found[0])
            at = found[1]
        elif words[at] in FILLERS:
            at += 1
        else:
            return None
    return kinds
