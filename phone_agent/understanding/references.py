"""What "it", "the second one" and "the strawberry one" mean."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.ordering.menu import MenuItem
from phone_agent.understanding.context import Context
from phone_agent.understanding.numbers import COUNTED, ORDINALS, UNITS
from phone_agent.understanding.phrases import CONNECTORS
from phone_agent.understanding.tokens import Words, content_of, phrase_list, stems, words_in

POINTING = frozenset(("the", "that", "this", "a", "your", "those", "these"))
ONE = ("one", "ones")
SINGLE = phrase_list("that one, this one, it, that, this, the same, that dish")
SEVERAL = phrase_list(
    "both of them, both of those, both, all of them, all of those, all three, one of each, each of them, them all,"
    "them both, all two, them, those"
)
LONGEST_DESCRIPTION = 3


@dataclass(frozen=True)
class Reference:
    groups: tuple[tuple[MenuItem, ...], ...]
    """For each thing meant, the dishes that it may be; empty where nothing was shown."""
    end: int
    words: str
    options: tuple[str, ...] = ()
    """It was not a dish but a choice: "the large one"."""


def offered(context: Context) -> tuple[MenuItem, ...]:
    """The dishes of the open question, else those shown last."""
    question = context.open_question
    if question is not None and question.group_id is None:
        named = tuple(item for name in question.candidates for item in context.menu.items if item.name == name)
        if named:
            return named
    return context.shown


def reference_at(words: Words, start: int, context: Context) -> Reference | None:
    return _ordinal(words, start, context) or _described(words, start, context) or _pronoun(words, start, context)


def ordinal_at(words: Words, start: int) -> tuple[int, int] | None:
    """ "the second one", "number two": the index (-1 is the last) and the position after it."""
    at = start + (start < len(words) and words[start] in POINTING)
    word = words[at] if at < len(words) else ""
    if word in ("number", "option") and at + 1 < len(words):
        value = UNITS.get(words[at + 1], int(words[at + 1][:3]) if words[at + 1].isdigit() else 0)
        return (value - 1, at + 2) if value else None
    if word not in ORDINALS:
        return None
    end = at + 1
    if end < len(words) and words[end] in ("one", "option", "dish", "choice", "item"):
        return ORDINALS[word], end + 1
    is_closed = end == len(words) or words[end] in CONNECTORS or at > start or (start > 0 and words[start - 1] == "the")
    return (ORDINALS[word], end) if is_closed else None


def _ordinal(words: Words, start: int, context: Context) -> Reference | None:
    found = ordinal_at(words, start)
    shown = offered(context)
    if found is None or not shown or not -1 <= found[0] < len(shown):
        return None
    return Reference(((shown[found[0]],),), found[1], " ".join(words[start : found[1]]))


def _described(words: Words, start: int, context: Context) -> Reference | None:
    """ "the strawberry one", "two vanilla ones"."""
    at = start + (start < len(words) and words[start] in POINTING)
    for end in range(at + 1, min(len(words), at + LONGEST_DESCRIPTION + 1)):
        if words[end - 1] in CONNECTORS or words[end - 1] in UNITS or words[end - 1] in ("with", "without", "no"):
            return None
        if words[end] == "one" and at == start and _is_dish(words[at:end], context):
            return None
        if words[end] in ONE and _ends(words, end + 1, context, is_pointed=at > start):
            return _fitting(words[at:end], end + 1, context)
    return None


def _is_dish(words: Words, context: Context) -> bool:
    """ "two pad thai, one with …": the dish's whole name describes nothing."""
    found = context.lexicon.dishes.at(words, 0)
    return found is not None and found.end == len(words) and len(words) > 1


def _ends(words: Words, end: int, context: Context, *, is_pointed: bool) -> bool:
    """ "one" closes a description, and does not begin the next dish: "caesar salad, one lemonade"."""
    if words[end - 1] == "ones" or end >= len(words) or is_pointed:
        return True
    following = words[end]
    return following in CONNECTORS or following in ("to", "with", "without", "from", "for", "in", "instead")


def _fitting(description: Words, end: int, context: Context) -> Reference | None:
    text = " ".join(description)
    for pool in (offered(context), tuple(line.item for line in context.lines), context.menu.items):
        found = tuple(item for item in pool if fits(description, item))
        if found:
            return Reference((found,), end, text)
    modifier = context.lexicon.modifiers.at(description, 0)
    if modifier is not None and modifier.end == len(description):
        return Reference((), end, text, options=(modifier.values[0].label,))
    return None


def fits(description: Words, item: MenuItem) -> bool:
    """Every word of it stands in one of the dish's names."""
    wanted = set(stems(description))
    return any(wanted <= set(stems(content_of(words_in(name)))) for name in item.names)


def _pronoun(words: Words, start: int, context: Context) -> Reference | None:
    shown = offered(context)
    for several in SEVERAL:
        end = start + len(several)
        if words[start:end] == several and _stands_alone(words, end, context):
            wants_two = COUNTED.get(several[:1]) == 2
            groups = tuple((item,) for item in shown) if not wants_two or len(shown) == 2 else (shown,)
            return Reference(groups if shown else (), end, " ".join(several))
    for single in SINGLE:
        end = start + len(single)
        if words[start:end] == single and _stands_alone(words, end, context):
            return Reference((shown,) if shown else (), end, " ".join(single))
    return None


def _stands_alone(words: Words, end: int, context: Context) -> bool:
    """ "that" and not "that salad"."""
    if end >= len(words):
        return True
    lexicon = context.lexicon
    return (
        lexicon.dish_at(words, end) is None
        and lexicon.modifiers.at(words, end) is None
        and words[end] not in ("more", "is", *ONE)
    )
