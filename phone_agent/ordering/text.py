"""Words as they are compared: small letters, no accents or punctuation, singular, no fillers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_FILLERS = (
    "a an and any for have i me my of one ones order orders piece plate please portion slice some the want with your"
)
FILLERS = frozenset(_FILLERS.split())
APOSTROPHES = "'\u2019"
KEEPS_ITS_S = ("ss", "us", "is")
ENDINGS = (("ies", "y"), ("ie", "y"), ("oes", "o"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"))
SHORTEST_INFLECTED = 4


@lru_cache(maxsize=16_384)
def plain_words(text: str) -> tuple[str, ...]:
    """All of them, fillers too, as they were said."""
    letters = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    letters = unicodedata.normalize("NFKD", letters)  # a small letter can fall apart once more
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in APOSTROPHES)
    return tuple(re.findall(r"[^\W_]+", bare))


@lru_cache(maxsize=16_384)
def key_words(text: str) -> tuple[str, ...]:
    """The words that tell one thing from another; where there are fillers only, those."""
    words = plain_words(text)
    telling = tuple(singular(word) for word in words if word not in FILLERS)
    return telling or tuple(singular(word) for word in words)


def singular(word: str) -> str:
    """The same for one and for many; not always the dictionary's singular."""
    if len(word) <= SHORTEST_INFLECTED:
        return word[:-1] if len(word) == SHORTEST_INFLECTED and _ends_in_plural_s(word) else word
    for ending, instead in ENDINGS:
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word[:-1] if _ends_in_plural_s(word) else word


def joined(words: Iterable[str]) -> str:
    """Without spaces: "cheese cake" and "cheesecake" are the same."""
    return "".join(words)


def _ends_in_plural_s(word: str) -> bool:
    return word.endswith("s") and not word.endswith(KEEPS_ITS_S)
