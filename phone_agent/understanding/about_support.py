"""What callers ask and say beside ordering: what a total is made of, what is in a dish, a problem, feedback."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from phone_agent.understanding.about_caller import bare
from phone_agent.understanding.context import Context
from phone_agent.understanding.patterns import all_expansions
from phone_agent.understanding.reading import Draft, narrowed
from phone_agent.understanding.tokens import Words, content_of, words_in


@dataclass(frozen=True)
class AskTotal:
    """What it is made of."""


@dataclass(frozen=True)
class AskDish:
    """What is in it."""

    dish: str
    """By name."""


@dataclass(frozen=True)
class Problem:
    """With an order that was placed."""

    words: str = ""
    """What was wrong; empty where that was not said."""


@dataclass(frozen=True)
class Feedback:
    words: str = ""


AboutSupport = AskTotal | AskDish | Problem | Feedback
ASK = "[can you|could you|would you|please] [tell me|explain]"
SUM = "(total|bill|price|amount|sum|charge|charges)"
TOTALS = (
    f"{ASK} what is (in|included in|part of) (my|our|the|this|that) {SUM}",
    f"{ASK} what (my|our|the|this|that) {SUM} is (made of|made up of)",
    f"what (is|was) (my|our|the|this|that) {SUM} (made of|made up of)",
    f"what (does|did|do) (my|our|the|this|that) {SUM} (include|consist of)",
    f"why is (it|that|this|(my|our|the) {SUM}) (so|that) (much|high|expensive)",
    f"[can you|could you] (break down|explain|itemize) (my|our|the|this|that) {SUM} [for me]",
    f"[can you|could you] break (my|our|the|this|that) {SUM} down [for me]",
    "how much (is|was) the (tax|delivery fee|fee|tip|discount)", "how much (tax|tip) (is|was) (it|that|there)",
    "what (is|was) the (tax|delivery fee|tip)", "what (are|were) the (fees|taxes|charges)",
    "what (did|do) you charge me for", "what (am i|was i) (charged|paying) for",
)  # fmt: skip
WRONG = "(wrong|cold|burnt|burned|raw|spoiled|bad|awful|terrible|disgusting|inedible|soggy|incomplete|not right|stale)"
PROBLEMS = (
    "(i|we) (have|had|got|am having) (a|an|some) (problem|problems|issue|trouble|complaint) [with (my|our|the|an|that|"
    "my last|our last|the last) (order|food|delivery)]",
    "there (is|was) (a|an|some) (problem|issue|mistake) with (my|our|the) [last] (order|food|delivery)",
    "(there is|there was) something wrong with (my|our|the) [last] (order|food|delivery)",
    "something (is|was|went) wrong with (my|our|the) [last] (order|food|delivery)",
    "(i|we) (want|would like|need|have) to (complain|make a complaint|file a complaint|report a problem) "
    "[about (my|our|the|my last|something) [order|food|delivery]]", "i am calling to complain", "complaint",
)  # fmt: skip
SAYS_WHAT = (
    f"(my|our|the) [last] (order|food|delivery) (is|was) [all|totally|completely] {WRONG}",
    "(something|an item|a dish|part of it) (is|was) missing [(from|in) (my|our|the) [last] order]",
    "you (forgot|missed) (something|an item|part of (my|our|the) order)",
)  # fmt: skip
"""These say what was wrong themselves."""
FEEDBACK = (
    "(i|we) (have|want to give|would like to give|want to leave|would like to leave) [you|some|a bit of] feedback",
    "[can i|could i|may i] (give|leave) [you|some] feedback",
    "(i|we) (want|would like) to (say|tell you) something about (the|your) (food|restaurant|service)", "feedback",
)  # fmt: skip
CONTENTS = (
    f"{ASK} what is (in|inside|on) [the|your|a|an]", f"{ASK} what (comes|goes) (in|on|with) [the|your|a|an]",
    "what (ingredients|stuff) (is|are) in [the|your|a|an]", "what are the ingredients (of|in) [the|your|a|an]",
    "(what does|what do) [the|your|a|an]", "[can you|could you] describe [the|your|a|an]",
    "what is [the|your|a|an]",
)  # fmt: skip
AFTER_THE_DISH = (
    "", "made (of|with|from|out of)", "[come|comes] with", "come with", "contain", "have in it", "have on it", "like",
    "exactly", "made of exactly",
)  # fmt: skip
MUST_BE_FOLLOWED = frozenset((("what", "does"), ("what", "do"), ("what", "is")))
"""Openings that ask what is in a dish only with words like "contain" after it."""
IT = frozenset((("it",), ("that",), ("that", "one"), ("this",), ("those",), ("them",)))
REST_OF_IT = frozenset(("and", "because", "my", "the", "it", "that", "they", "there", "i", "we", "you"))
"""What a sentence goes on with after it has said that something was wrong."""


def about_support(utterance: str, context: Context) -> AboutSupport | None:
    """Where the whole utterance is about it. In a read-back "something is wrong" is a change, and no complaint."""
    words = bare(content_of(words_in(utterance)))
    if words in _phrases(TOTALS):
        return AskTotal()
    if not context.quote_is_open:
        if _said(words, SAYS_WHAT) is not None:
            return Problem(" ".join(words))
        if (problem := _said(words, PROBLEMS)) is not None:
            return Problem(problem)
        if (feedback := _said(words, FEEDBACK)) is not None:
            return Feedback(feedback)
    dish = _dish_asked(words, context)
    return AskDish(dish) if dish is not None else None


def _said(words: Words, patterns: tuple[str, ...]) -> str | None:
    """What follows such a phrase; None where there is none."""
    known = _phrases(patterns)
    for end in range(min(len(words), max(map(len, known))), 0, -1):
        if words[:end] in known and (end == len(words) or words[end] in REST_OF_IT):
            return " ".join(words[end:])
    return None


def _dish_asked(words: Words, context: Context) -> str | None:
    for opening in sorted(_phrases(CONTENTS), key=len, reverse=True):
        if words[: len(opening)] != opening:
            continue
        dish = _named(words[len(opening) :], context, is_weak=opening[:2] in MUST_BE_FOLLOWED and len(opening) <= 3)
        if dish is not None:
            return dish
    return None


def _named(words: Words, context: Context, *, is_weak: bool) -> str | None:
    """One dish, with nothing else around it: "it" is the only one shown, else the one ordered last."""
    for end in range(len(words), 0, -1):
        after = words[end:]
        if after not in _phrases(AFTER_THE_DISH) or (is_weak and not after):
            continue
        if words[:end] in IT:
            return _pointed_at(context)
        found = context.lexicon.dish_at(words[:end], 0)
        if found is not None and found.end == end:
            meant = narrowed(Draft(found.values, " ".join(words[:end])), context)
            return meant[0].name if len(meant) == 1 else None
    return None


def _pointed_at(context: Context) -> str | None:
    if len(context.shown) == 1:
        return context.shown[0].name
    return None if context.last_line is None else context.lines[context.last_line].item.name


@cache
def _phrases(patterns: tuple[str, ...]) -> frozenset[Words]:
    return frozenset(content_of(phrase) if phrase else () for phrase in all_expansions(patterns))
