"""Near misses: which of some named things the words mean, by spelling and by sound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from phone_agent.ordering.sound import sound_alike, sounds_of
from phone_agent.ordering.text import joined, key_words

T = TypeVar("T")
WHOLE_NAME_LIKENESS = 84.0
SHORTEST_MISSPELT = 5
MIDDLING_WORD, LONG_WORD = 7, 8
SOUNDS_LIKE = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f"} | dict.fromkeys("aeiouyhw", ""))

Names = Callable[[T], tuple[str, ...]]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Known words by what a near miss has in common with them."""

    words: frozenset[str]
    by_skeleton: Mapping[str, tuple[str, ...]]
    by_sound: Mapping[str, tuple[str, ...]]
    long: tuple[str, ...]

    def nearest(self, word: str) -> str:
        """The known word that it is a slip away from, else the one that sounds like it, else itself."""
        if word in self.words:
            return word
        near = self._spelt_alike(word) if len(word) >= SHORTEST_MISSPELT else []
        if not near and len(word) > 1:
            near = [(OSA.distance(word, known), known) for known in self._sounding(word) if sound_alike(word, known)]
        return min(near, default=(0, word))[1]

    def _spelt_alike(self, word: str) -> list[tuple[int, str]]:
        """Slips in vowels and doubled letters are common; another consonant is mostly another word (greek, green)."""
        most = 2 if len(word) >= MIDDLING_WORD else 1
        same = [(OSA.distance(word, known), known) for known in self.by_skeleton.get(_skeleton(word), ())]
        near = [(distance, known) for distance, known in same if distance <= most]
        if len(word) >= LONG_WORD:
            found = process.extract(word, self.long, scorer=OSA.distance, score_cutoff=1, limit=None)
            near += [(int(distance), known) for known, distance, _ in found]
        return near

    def _sounding(self, word: str) -> set[str]:
        return {known for sound in sounds_of(word) for known in self.by_sound.get(sound, ())}


@dataclass(frozen=True)
class NameIndex:
    """Places of things in their sequence, by their names."""

    outright: Mapping[str, tuple[int, ...]]
    by_word: Mapping[str, frozenset[int]]
    """A word → the names (not the things) that have it."""
    things: tuple[int, ...]
    """The place of the thing that each name belongs to."""
    spelt: tuple[str, ...]
    """Each name without spaces."""
    vocabulary: Vocabulary

    def named_in_part(self, said: Key) -> tuple[int, ...]:
        having = [self.by_word.get(word, frozenset()) for word in said]
        return self._things_of(frozenset.intersection(*having)) if having else ()

    def alike(self, said: Key) -> tuple[int, ...]:
        asked = joined(said)
        found = process.extract(asked, self.spelt, scorer=fuzz.ratio, score_cutoff=WHOLE_NAME_LIKENESS, limit=None)
        best = max((score for _, score, _ in found), default=0.0)
        return self._things_of(frozenset(place for _, score, place in found if score == best))

    def _things_of(self, names: frozenset[int]) -> tuple[int, ...]:
        return tuple(sorted({self.things[name] for name in names}))


def meant(things: Sequence[T], words: str, names: Names[T]) -> list[T]:
    """All that fit equally well: named outright, else named in part, else spelt or said nearly so."""
    said = key_words(words)
    if not said or not things:
        return []
    index = _index_of(tuple([names(thing) for thing in things]))
    together = put_together(said, index.vocabulary.words)
    mended = tuple(index.vocabulary.nearest(word) for word in together)
    for asked in dict.fromkeys((said, together, mended)):
        found = index.outright.get(joined(asked)) or index.named_in_part(asked)
        if found:
            return [things[place] for place in found]
    return [things[place] for place in index.alike(said)]


def put_together(said: Sequence[str], vocabulary: frozenset[str]) -> Key:
    """A word said in two is one: "cheese cake"."""
    words: list[str] = []
    for word in said:
        if words and words[-1] + word in vocabulary:
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def spelt_like(said: Sequence[str], vocabulary: frozenset[str]) -> Key:
    """Each word that nobody knows becomes the known one that it is a slip away from."""
    known = vocabulary_of(vocabulary)
    return tuple(known.nearest(word) for word in said)


@lru_cache(maxsize=64)
def vocabulary_of(words: frozenset[str]) -> Vocabulary:
    ordered = sorted(words)
    return Vocabulary(
        words,
        _grouped((_skeleton(word), word) for word in ordered),
        _grouped((sound, word) for word in ordered for sound in sounds_of(word)),
        tuple(word for word in ordered if len(word) >= LONG_WORD),
    )


@lru_cache(maxsize=1024)
def _index_of(names: tuple[tuple[str, ...], ...]) -> NameIndex:
    """By the names alone, so that the same menu is indexed once however its dishes are handed in."""
    keys = [(place, key_words(name)) for place, some in enumerate(names) for name in some]
    outright = _grouped((joined(key), place) for place, key in keys)
    by_word = _grouped((word, at) for at, (_, key) in enumerate(keys) for word in key)
    return NameIndex(
        {name: tuple(dict.fromkeys(places)) for name, places in outright.items()},
        {word: frozenset(at) for word, at in by_word.items()},
        tuple(place for place, _ in keys),
        tuple(joined(key) for _, key in keys),
        vocabulary_of(frozenset(by_word)),
    )


V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, tuple[V, ...]]:
    groups: dict[str, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


@lru_cache(maxsize=16_384)
def _skeleton(word: str) -> str:
    consonants = word.translate(SOUNDS_LIKE)
    return "".join(letter for i, letter in enumerate(consonants) if consonants[i - 1 : i] != letter)
