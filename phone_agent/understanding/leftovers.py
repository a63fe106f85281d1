"""Words beside dishes that the menu does not know: what a dish should come with, or a dish of their own."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.understanding.context import Context
from phone_agent.understanding.numbers import ARTICLES, count_at
from phone_agent.understanding.phrase_index import tail_at
from phone_agent.understanding.phrases import CONNECTORS
from phone_agent.understanding.reader import read
from phone_agent.understanding.reading import Reading
from phone_agent.understanding.tokens import Words

WITH, AND = "with", ("and", "plus", "also")
MOST_WORDS = 4
MOST_WORDS_UNCOUNTED = 2
SAYS_NOTHING = frozenset(("everything", "all", "usual", "love", "works"))


@dataclass(frozen=True)
class Leftovers:
    options: tuple[tuple[int, OptionRequest], ...] = ()
    """With the number of the dish that each is for, from 0."""
    dishes: tuple[ItemRequest, ...] = ()


def leftovers_of(words: Words, reading: Reading, context: Context) -> Leftovers:
    options: list[tuple[int, OptionRequest]] = []
    dishes: list[ItemRequest] = []
    for start, end in _runs(words, reading.unknown):
        run = words[start:end]
        if len(run) > MOST_WORDS or SAYS_NOTHING & set(run):
            continue
        before = _before(words, start)
        draft = len(read(words[:start], context).drafts) - 1
        if draft >= 0 and _is_option(words, before, start, draft, context):
            options.append((draft, OptionRequest(" ".join(run))))
        elif _is_dish(words, before, start, end):
            count = count_at(words, before)
            dishes.append(ItemRequest(" ".join(run), count.value if count is not None and before < start else 1))
    return Leftovers(tuple(options), tuple(dishes))


def _runs(words: Words, unknown: list[str]) -> list[tuple[int, int]]:
    """Where the unknown words stand, side by side."""
    runs: list[tuple[int, int]] = []
    left = list(unknown)
    for at, word in enumerate(words):
        if not left or word != left[0]:
            continue
        left.pop(0)
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _before(words: Words, start: int) -> int:
    """Where its article or number begins."""
    for at in range(max(0, start - MOST_WORDS), start):
        count = count_at(words, at)
        if count is not None and count.end == start:
            return at
    return start


def _is_option(words: Words, before: int, start: int, draft: int, context: Context) -> bool:
    """After "with", or after "and" in what began with it: "with pineapple and mango"."""
    if before and words[before - 1] == WITH:
        return True
    if before < start or not before or words[before - 1] not in AND or WITH not in words[:before]:
        return False
    said_with = before - 1 - words[:before][::-1].index(WITH)
    return len(read(words[:said_with], context).drafts) - 1 == draft


def _is_dish(words: Words, before: int, start: int, end: int) -> bool:
    """After "and", or first of all with a number; it must be all that is said there."""
    is_closed = end == len(words) or words[end] in CONNECTORS or tail_at(words, end) is not None
    if not is_closed or (before and words[before - 1] not in AND):
        return False
    is_counted = before < start and words[before] not in ARTICLES - {"a", "an", "some", "another"}
    return is_counted or (before > 0 and end - start <= MOST_WORDS_UNCOUNTED)
