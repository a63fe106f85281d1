"""A yes or "the usual" with more behind it: "yes and a caesar salad", "the usual but make it two"."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.understanding.about_caller import SameAgain, Usual, bare, is_going_on, phrases
from phone_agent.understanding.phrase_index import command_at
from phone_agent.understanding.phrases import Kind
from phone_agent.understanding.tokens import Words, content_of, word_set, words_in

JOINTS = word_set("and but plus also with then only without")
DROPPED_JOINTS = word_set("and but plus also then")
"""The others belong to what follows."""
PLAIN_YES = word_set("yes yep sure")
""" "Yeah", "okay" and "right" also open sentences that answer nothing."""
BESIDE = word_set("too also another additionally well")
AMOUNTS = word_set("no extra light double")
ENDING = frozenset((Kind.CHECKOUT, Kind.ADD, Kind.MAKE))
AGREEING = frozenset((Kind.YES, Kind.THANKS, Kind.GREETING))


@dataclass(frozen=True)
class UsualAndMore:
    intent: Usual | SameAgain
    more: str


def more_after_yes(utterance: str) -> str:
    """What a sentence goes on with that begins with a clear yes; empty where it is none, or nothing follows.

    "Yes, I'd like a pizza" may as well pass over the question: it counts as a yes only with "and", "too" or the like.
    """
    words = content_of(words_in(utterance))
    at = _end_of_yes(words)
    more = words[at:]
    if at == 0 or not more:
        return ""
    joined = _without_joints(more)
    begins = command_at(joined, 0)
    if not joined or (begins is not None and begins[0] is Kind.NO):
        return ""
    is_joined = more[0] in JOINTS or bool(BESIDE & set(more))
    is_new_wish = begins is not None and begins[0] is Kind.WANT
    return " ".join(joined) if is_joined or (words[0] in PLAIN_YES and not is_new_wish) else ""


def more_after_going_on(utterance: str) -> str:
    """ "Go on with that and a salad": what follows; empty where nothing does."""
    words = content_of(words_in(utterance))
    for end in range(len(words) - 1, 0, -1):
        if words[end] in DROPPED_JOINTS and is_going_on(" ".join(words[:end])):
            return " ".join(_without_joints(words[end:]))
    return ""


def usual_and_more(utterance: str) -> UsualAndMore | None:
    """ "The usual and a salad", "a salad and my usual"."""
    words = bare(content_of(words_in(utterance)))
    for end in range(len(words) - 1, 0, -1):
        before, after = words[:end], words[end:]
        if _goes_on(after) and isinstance(intent := phrases().get(before), Usual | SameAgain):
            more = _without_joints(after)
            return UsualAndMore(intent, " ".join(more)) if more else None
        if before[-1] == "and" and before[:-1] and isinstance(intent := phrases().get(after), Usual | SameAgain):
            return UsualAndMore(intent, " ".join(before[:-1]))
    return None


def _goes_on(after: Words) -> bool:
    """ "The usual and a salad", "the usual, no onions", "the usual, that's all"."""
    found = command_at(after, 0)
    return after[0] in JOINTS or after[0] in AMOUNTS or (found is not None and found[0] in ENDING)


def _end_of_yes(words: Words) -> int:
    at, has_yes = 0, False
    while (found := command_at(words, at)) is not None and found[0] in AGREEING:
        has_yes = has_yes or found[0] is Kind.YES
        at = found[1]
    return at if has_yes else 0


def _without_joints(words: Words) -> Words:
    while words and words[0] in DROPPED_JOINTS:
        words = words[1:]
    return words
