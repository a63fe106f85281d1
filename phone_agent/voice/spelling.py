# ruff: noqa: RUF001 (the phonetic alphabet looks like Latin letters)
"""Loan words as Cartesia's sonic-3 is to say them: their sounds written into the text, between << and >>."""

from __future__ import annotations

import re
from unicodedata import normalize

from phone_agent.voice.offline.pronunciation import BORROWED

_SOUNDS = {
    "AA": "ɑ", "AE": "æ", "AH": "ə", "AO": "ɔ", "AW": "aʊ", "AY": "aɪ", "B": "b", "CH": "tʃ", "D": "d", "DH": "ð",
    "EH": "ɛ", "ER": "ɝ", "EY": "eɪ", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IY": "i", "JH": "dʒ", "K": "k",
    "L": "l", "M": "m", "N": "n", "NG": "ŋ", "OW": "oʊ", "OY": "ɔɪ", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ",
    "T": "t", "TH": "θ", "UH": "ʊ", "UW": "u", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def with_sounds(text: str) -> str:
    return _WORD.sub(lambda word: _said(word[0]), text)


def _said(word: str) -> str:
    plain = normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
    sounds = BORROWED.get(plain)
    if sounds is None and plain.endswith("s") and plain[:-1] in BORROWED:
        sounds = f"{BORROWED[plain[:-1]]} Z"
    return f"<<{'|'.join(_SOUNDS[sound] for sound in sounds.split())}>>" if sounds else word
