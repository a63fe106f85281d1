"""How long a text is for the network: 160 characters of the GSM alphabet, or 153 in each of several segments."""

from __future__ import annotations

import unicodedata

from gsm0338 import Codec

ONE, EACH_OF_SEVERAL = 160, 153
MOST_SEGMENTS = 2
TYPOGRAPHY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})
_gsm = Codec()


def in_gsm(text: str) -> str:
    """What the alphabet lacks loses its accent, or goes: one such character would halve what fits in a segment."""
    return "".join(map(_nearest, unicodedata.normalize("NFC", text.translate(TYPOGRAPHY)))).strip()


def _nearest(character: str) -> str:
    if is_gsm(character):
        return character
    plain = unicodedata.normalize("NFKD", character)
    return "".join(part for part in plain if is_gsm(part))


def is_gsm(text: str) -> bool:
    try:
        _gsm.encode(text)
    except UnicodeEncodeError:
        return False
    return True


def segments_of(text: str) -> int:
    """Of a text that is in the alphabet; a few characters, such as the euro sign, take the room of two."""
    septets = len(_gsm.encode(text)[0])
    return 1 if septets <= ONE else -(-septets // EACH_OF_SEVERAL)
