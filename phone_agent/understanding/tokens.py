"""Words as the parser sees them: lower case, no accents or punctuation, contractions written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

Words = tuple[str, ...]


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def phrase_list(text: str) -> tuple[Words, ...]:
    """Phrases divided by commas."""
    return tuple(tuple(phrase.split()) for phrase in text.split(","))


CONTRACTIONS: dict[str, str] = {
    "what's": "what is", "that's": "that is", "it's": "it is", "who's": "who is", "where's": "where is",
    "how's": "how is", "there's": "there is", "here's": "here is", "let's": "lets", "i'd": "i would",
    "i'll": "i will", "i'm": "i am", "i've": "i have", "we'd": "we would", "we'll": "we will", "we're": "we are",
    "we've": "we have", "you've": "you have", "you're": "you are", "they're": "they are", "that'll": "that will",
    "it'll": "it will", "what're": "what are", "don't": "do not", "doesn't": "does not", "didn't": "did not",
    "can't": "can not", "couldn't": "could not", "won't": "will not", "isn't": "is not", "aren't": "are not",
    "wouldn't": "would not", "haven't": "have not", "y'all": "you all", "could've": "could have",
    "she's": "she is", "he's": "he is",
    "name's": "name is",
}  # fmt: skip
ALSO_WORDS = ("i'd", "i'll", "we'd", "we're", "we'll", "name's")
"""Without their apostrophe these are other words."""
BARE_CONTRACTIONS: dict[str, str] = {
    key.replace("'", ""): words for key, words in CONTRACTIONS.items() if key not in ALSO_WORDS
}
SPELLINGS: dict[str, str] = {
    "check out": "checkout", "check-out": "checkout", "&": " and ", "w/o": " without ", "w/": " with ", "+": " and ",
    "%": " percent ",
}  # fmt: skip
VARIANTS: dict[str, str] = {
    "ok": "okay", "yup": "yep", "yeh": "yeah", "ya": "yeah", "u": "you", "pls": "please", "plz": "please",
    "thx": "thanks", "wanna": "want to", "gonna": "going to", "gimme": "give me", "lemme": "let me",
    "cannot": "can not", "cause": "because", "thankyou": "thank you", "goodbye": "good bye",
    "nevermind": "never mind", "gotta": "got to", "kinda": "kind of", "dya": "do you", "favourite": "favorite",
    "til": "till", "alright": "all right", "everythings": "everything is",
}  # fmt: skip
DROPPED = word_set(
    """
    um uh er erm ah hmm mm mhm please kindly just really maybe actually basically sorry oops guys folks
    """
)
_PIECE = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+|[a-z]+(?:'[a-z]+)*|x(?=\d)")


@lru_cache(maxsize=4096)
def words_in(text: str) -> Words:
    """Every word, hesitations included."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore") if text.isascii() else _without_accents(text)
    lowered = plain.decode().lower()
    for spelling, words in SPELLINGS.items():
        lowered = lowered.replace(spelling, words)
    return tuple(word for piece in _PIECE.findall(lowered) for word in _written_out(piece).split())


def content_of(words: Sequence[str]) -> Words:
    """Without hesitations; a sentence of nothing else is kept."""
    said = tuple(word for word in words if word not in DROPPED)
    return said or tuple(word for word in words if word != "please") or tuple(words)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The singular, roughly: the same cut on both sides of a comparison."""
    if len(word) <= 3 or word.endswith("ss") or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("oes", "xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1]


def stems(words: Sequence[str]) -> Words:
    return tuple(stem(word) for word in words)


def _without_accents(text: str) -> bytes:
    quoted = text.translate({0x2019: "'", 0x2018: "'", 0x02BC: "'", 0x2013: "-", 0x2014: " "})
    return unicodedata.normalize("NFKD", quoted).encode("ascii", "ignore")


def _written_out(piece: str) -> str:
    if piece in CONTRACTIONS:
        return CONTRACTIONS[piece]
    bare = piece.replace("'", "")
    return BARE_CONTRACTIONS.get(bare) or VARIANTS.get(bare, bare)
