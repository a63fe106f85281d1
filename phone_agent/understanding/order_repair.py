"""Words of a whole order that the menu does not have, put right by its own words: split, joined or misspelt."""

from __future__ import annotations

from phone_agent.ordering.near import vocabulary_of
from phone_agent.understanding.numbers import ARTICLES
from phone_agent.understanding.order_index import OrderIndex, is_generic, key_of
from phone_agent.understanding.order_words import cue_words
from phone_agent.understanding.repair import common_words
from phone_agent.understanding.tokens import Words


def mended(words: Words, index: OrderIndex) -> Words:
    joined: list[str] = []
    at = 0
    while at < len(words):
        pair = "".join(words[at : at + 2])
        if at + 1 < len(words) and key_of(pair) in index.vocabulary and not _is_known_pair(words[at : at + 2], index):
            joined.append(pair)
            at += 2
            continue
        joined.extend(_apart(words[at], index))
        at += 1
    return tuple(joined)


def _is_known_pair(pair: Words, index: OrderIndex) -> bool:
    return all(key_of(word) in index.vocabulary for word in pair) or pair[0] in ARTICLES


def _apart(word: str, index: OrderIndex) -> Words:
    key = key_of(word)
    if key in index.vocabulary or word in cue_words() or is_generic(key):
        return (word,)
    if word.endswith("s") and word[:-1] in index.vocabulary:
        return (word[:-1],)
    if key in index.compounds:
        return index.compounds[key]
    if word.isdigit() or word in common_words():
        return (word,)
    nearest = vocabulary_of(index.vocabulary).nearest(key)
    return (word if nearest == key else nearest,)
