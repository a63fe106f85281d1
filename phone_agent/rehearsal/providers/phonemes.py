# ruff: noqa: RUF001 (the phonetic alphabet looks like Latin letters)
"""Words that are written by their sounds, as sonic-3 takes them: spelt here so that a voice for texts can say them."""

from __future__ import annotations

import re

_WRITTEN = re.compile(r"<<([^<>\s]+)>>")
_STRESS = "ˈˌ"
_SPELT = {
    "ɑ": "ah", "æ": "a", "ə": "uh", "ʌ": "uh", "ɔ": "aw", "aʊ": "ow", "aɪ": "eye", "ɛ": "eh", "ɝ": "er", "eɪ": "ay",
    "ɪ": "ih", "i": "ee", "oʊ": "oh", "ɔɪ": "oy", "ʊ": "oo", "u": "oo", "ð": "th", "θ": "th", "ʃ": "sh", "ʒ": "zh",
    "tʃ": "ch", "dʒ": "j", "ŋ": "ng", "ɹ": "r", "j": "y", "ɡ": "g",
}  # fmt: skip


def spelt(text: str) -> str:
    return _WRITTEN.sub(lambda word: "".join(map(_letters, word[1].split("|"))), text)


def _letters(sound: str) -> str:
    plain = sound.strip(_STRESS)
    return _SPELT.get(plain, plain)
