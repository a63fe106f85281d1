"""Words that were written nearly right, put right by the menu's own words."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from phone_agent.understanding.lexicon import Lexicon
from phone_agent.understanding.patterns import all_expansions
from phone_agent.understanding.phrases import PHRASES, TAILS
from phone_agent.understanding.reader_words import NOISE
from phone_agent.understanding.synonyms import ASKED_FOR
from phone_agent.understanding.tokens import Words, content_of, stem, words_in

HEARD_FOR_TWO = re.compile(r"\b(like|want|have|take|get|need) too?\s+", re.IGNORECASE)
SHORTEST = 5
LONG = 8


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The words of the phrases: these are not mended."""
    phrases = (phrase for patterns in (*PHRASES.values(), TAILS) for phrase in all_expansions(patterns))
    return frozenset(word for phrase in phrases for word in phrase) | NOISE | ASKED_FOR


def with_two_for_to(utterance: str, lexicon: Lexicon) -> str:
    """ "I would like to grilled salmon": before a dish the verb's "to" is the number that sounds like it."""

    def two(found: re.Match[str]) -> str:
        is_dish = lexicon.dish_at(content_of(words_in(utterance[found.end() :])), 0) is not None
        return f"{found[1]} two " if is_dish else found[0]

    return HEARD_FOR_TWO.sub(two, utterance)


def repaired(words: Words, lexicon: Lexicon) -> Words:
    joined = _joined(words, lexicon)
    return tuple(word if _is_known(word, lexicon) else _nearest(word, lexicon) for word in joined)


def _is_known(word: str, lexicon: Lexicon) -> bool:
    return len(word) < SHORTEST or word in common_words() or stem(word) in lexicon.vocabulary


def _joined(words: Words, lexicon: Lexicon) -> Words:
    """ "cheese cake" is one word where the menu has it as one."""
    joined: list[str] = []
    at = 0
    while at < len(words):
        pair = "".join(words[at : at + 2])
        is_one = at + 1 < len(words) and stem(pair) in lexicon.vocabulary and words[at] not in common_words()
        joined.append(pair if is_one else words[at])
        at += 1 + is_one
    return tuple(joined)


def _nearest(word: str, lexicon: Lexicon) -> str:
    """The only word of the menu within one slip (two in a long word) that begins alike."""
    cut = stem(word)
    most = 2 if len(cut) >= LONG else 1
    near = [(OSA.distance(cut, known, score_cutoff=most), known) for known in lexicon.vocabulary if known[0] == cut[0]]
    near = [(distance, known) for distance, known in near if distance <= most and len(known) >= SHORTEST - 1]
    best = [known for distance, known in near if distance == min(near)[0]]
    return best[0] if len(best) == 1 else word
