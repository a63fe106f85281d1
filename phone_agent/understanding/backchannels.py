"""What people say to show that they listen: it asks for nothing, and answers only where something was asked."""

from __future__ import annotations

from phone_agent.ordering.language import ENGLISH, Language
from phone_agent.understanding.abroad import is_only
from phone_agent.understanding.tokens import phrase_list, words_in

SAID_WHILE_LISTENING = phrase_list(
    "okay, right, all right, good, great, fine, nice, cool, indeed, got it, i see, oh, ah, aha,"
    "uh huh, mm hm, mm hmm, mm, mhm, mmhmm, hm, hmm, um, uh"
)
LONGEST = max(map(len, SAID_WHILE_LISTENING))


def is_backchannel(text: str, language: Language = ENGLISH) -> bool:
    """Nothing else is said: "okay, two of them" is no backchannel."""
    return _is_english(text) or is_only(text, language.backchannels)


def _is_english(text: str) -> bool:
    words = words_in(text)
    at = 0
    while at < len(words):
        length = next((n for n in range(LONGEST, 0, -1) if words[at : at + n] in SAID_WHILE_LISTENING), 0)
        if not length:
            return False
        at += length
    return bool(words)
