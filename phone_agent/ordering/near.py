"""Near misses: which of some named things the words mean, by spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from phone_agent.ordering.text import joined, key_words

T = TypeVar("T")
WHOLE_NAME_LIKENESS = 84.0
SHORTEST_MISSPELT = 5
MIDDLING_WORD, LONG_WORD = 7, 8
SOUNDS_LIKE = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f"} | dict.fromkeys("aeiouyhw", ""))

Names = Callable[[T], tuple[str, ...]]


def meant(things: Sequence[T], words: str, names: Names[T]) -> list[T]:
    """All that fit equally well: named outright, else named in part, else spelt nearly so."""
    said = key_words(words)
    if not said:
        return []
    known = _vocabulary(names(thing) for thing in things)
    together = put_together(said, known)
    for asked in dict.fromkeys((said, together, spelt_like(together, known))):
        found = _named_outright(things, asked, names) or _named_in_part(things, asked, names)
        if found:
            return found
    return _alike(things, said, names)


def put_together(said: Sequence[str], vocabulary: frozenset[str]) -> tuple[str, ...]:
    """A word said in two is one: "cheese cake"."""
    words: list[str] = []
    for word in said:
        if words and words[-1] + word in vocabulary:
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def spelt_like(said: Sequence[str], vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Each word that nobody knows becomes the known one that it is a slip away from."""
    return tuple(_nearest(word, vocabulary) for word in said)


def _nearest(word: str, vocabulary: frozenset[str]) -> str:
    if word in vocabulary or len(word) < SHORTEST_MISSPELT:
        return word
    near = [(OSA.distance(word, known), known) for known in vocabulary if _may_be(word, known)]
    return min(near, default=(0, word))[1]


def _may_be(word: str, known: str) -> bool:
    """Slips in vowels and doubled letters are common; another consonant is mostly another word (greek, green)."""
    if _skeleton(word) == _skeleton(known):
        return OSA.distance(word, known) <= (2 if len(word) >= MIDDLING_WORD else 1)
    return min(len(word), len(known)) >= LONG_WORD and OSA.distance(word, known) <= 1


@lru_cache(maxsize=16_384)
def _skeleton(word: str) -> str:
    consonants = word.translate(SOUNDS_LIKE)
    return "".join(letter for i, letter in enumerate(consonants) if consonants[i - 1 : i] != letter)


def _named_outright(things: Sequence[T], said: tuple[str, ...], names: Names[T]) -> list[T]:
    asked = joined(said)
    return [thing for thing in things if any(joined(key_words(name)) == asked for name in names(thing))]


def _named_in_part(things: Sequence[T], said: tuple[str, ...], names: Names[T]) -> list[T]:
    asked = set(said)
    return [thing for thing in things if any(asked <= set(key_words(name)) for name in names(thing))]


def _alike(things: Sequence[T], said: tuple[str, ...], names: Names[T]) -> list[T]:
    asked = joined(said)
    scores = [max(fuzz.ratio(asked, joined(key_words(name))) for name in names(thing)) for thing in things]
    best = max(scores, default=0.0)
    if best < WHOLE_NAME_LIKENESS:
        return []
    return [thing for thing, score in zip(things, scores, strict=True) if score == best]


def _vocabulary(names: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return _words_in(tuple(dict.fromkeys(name for some in names for name in some)))


@lru_cache(maxsize=256)
def _words_in(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in key_words(name))
