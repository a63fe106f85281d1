"""How many: number words, "a couple of", "half a dozen", "two orders of"."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.understanding.tokens import Words, word_set

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "eighteen nineteen",
)
UNITS = {word: value for value, word in enumerate(" ".join(SMALL).split())}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ARTICLES = frozenset(
    ("a", "an", "the", "some", "another", "any", "my", "our", "that", "this", "those", "these", "your")
)
COUNTED: dict[Words, int] = {
    ("a", "couple"): 2, ("couple",): 2, ("a", "pair"): 2, ("both",): 2, ("half", "a", "dozen"): 6, ("dozen",): 12,
    ("a", "half", "dozen"): 6, ("a", "dozen"): 12, ("one", "dozen"): 12, ("a", "few"): 3, ("a", "single"): 1,
    ("a", "hundred"): 100,
}  # fmt: skip
MEASURES = word_set(
    """
    order orders plate plates bowl bowls slice slices portion portions piece pieces side sides cup cups glass
    glasses bottle bottles serving servings box boxes can cans
    """
)
ORDINALS = {
    "first": 0, "second": 1, "third": 2, "middle": 1, "fourth": 3, "fifth": 4, "last": -1, "1st": 0, "2nd": 1, "3rd": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Count:
    value: int
    end: int
    """The position after it."""
    is_said: bool
    """A number, not only an article."""
    is_definite: bool = False
    """"the", "my": something already known."""


def number_at(words: Words, start: int) -> tuple[int, int] | None:
    """The value of the number that starts here and the position after it."""
    if start >= len(words):
        return None
    word = words[start]
    if word.isdigit():
        return min(int(word[:4]), 999), start + 1
    if words[start + 1 : start + 2] == ("hundred",) and word in UNITS:
        return UNITS[word] * 100, start + 2
    if word in UNITS:
        return UNITS[word], start + 1
    if word not in TENS:
        return None
    following = UNITS.get(words[start + 1], 0) if start + 1 < len(words) else 0
    return (TENS[word] + following, start + 2) if 1 <= following <= 9 else (TENS[word], start + 1)


def count_at(words: Words, start: int) -> Count | None:
    """A number or an article with what belongs to it: "two more orders of", "a couple of the"."""
    found = _counted(words, start) or number_at(words, start)
    if found is not None:
        return Count(found[0], _after_measure(words, found[1]), is_said=True)
    if start < len(words) and words[start] in ARTICLES:
        inner = number_at(words, start + 1)
        is_definite = words[start] in ("the", "my", "our", "that", "this", "those", "these")
        if inner is not None and is_definite:
            return Count(inner[0], _after_measure(words, inner[1]), is_said=True, is_definite=True)
        return Count(1, _after_measure(words, start + 1), is_said=False, is_definite=is_definite)
    return None


def _counted(words: Words, start: int) -> tuple[int, int] | None:
    for length in (3, 2, 1):
        value = COUNTED.get(words[start : start + length])
        if value is not None:
            return value, start + length
    return None


def _after_measure(words: Words, position: int) -> int:
    """Past "more", "orders of", "of the", "times"."""
    end = position
    if end < len(words) and words[end] in ("more", "x", "times", "extra") and words[end] != "extra":
        end += 1
    if end + 1 < len(words) and words[end] in MEASURES and words[end + 1] == "of":
        end += 1
    if end < len(words) and words[end] == "of":
        end += 1
        if end < len(words) and words[end] in ("the", "those", "these", "your", "my"):
            end += 1
    return end
