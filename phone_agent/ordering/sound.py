"""How words sound: words spelt differently that are said alike have a key in common."""

from __future__ import annotations

from functools import lru_cache

from jellyfish import metaphone
from rapidfuzz import fuzz

LOANS = (
    ("ae", "e"), ("lla", "ya"), ("llo", "yo"), ("j", "h"), ("cch", "k"), ("gn", "ny"), ("ñ", "ny"), ("zz", "ts"),
    ("sch", "sk"), ("cci", "chi"), ("cce", "che"), ("xp", "sp"),
)  # fmt: skip
"""How loan words are said, beside how they would be read: caesar, tortilla, jalapeno, gnocchi, pizza."""
VOWELS = frozenset("aeiouy")
SHORT, SHORTEST_KEY = 4, 2
ALIKE, FURTHEST = 50.0, 3


@lru_cache(maxsize=32_768)
def sounds_of(word: str) -> frozenset[str]:
    loan = word
    for letters, said in LOANS:
        loan = loan.replace(letters, said)
    keys = {_key(word), _key(loan), *(_key(word.replace(letters, said)) for letters, said in LOANS)}
    return frozenset(key for key in keys if key)


def sound_alike(word: str, known: str) -> bool:
    """A key drops the vowels, so that the letters must be near too; all vowels of a short word must be the same."""
    if abs(len(word) - len(known)) > FURTHEST or not sounds_of(word) & sounds_of(known):
        return False
    if min(len(word), len(known)) <= SHORT:
        return _vowels(word) == _vowels(known)
    return fuzz.ratio(word, known) >= ALIKE


def _key(word: str) -> str:
    return metaphone(word).replace(" ", "")


def _vowels(word: str) -> str:
    return "".join(letter for letter in word if letter in VOWELS)
