# ruff: noqa: RUF001 (the phonetic alphabet looks like Latin letters)
"""Pronunciations for words that the recogniser's dictionary lacks: names of dishes, mostly."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pocketsphinx import get_model_path

from .espeak import espeak

# Dishes that a spelling-to-sound rule for English gets wrong.
BORROWED = {
    "acai": "AA S AA IY",
    "banh": "B AA N",
    "bruschetta": "B R UW S K EH T AH",
    "bulgogi": "B UH L G OW G IY",
    "calamari": "K AA L AH M AA R IY",
    "ceviche": "S AH V IY CH EY",
    "chipotle": "CH IH P OW T L EY",
    "edamame": "EH D AH M AA M EY",
    "ew": "IY UW",
    "gnocchi": "N Y OW K IY",
    "gyoza": "G Y OW Z AH",
    "jalapeno": "HH AA L AH P EY N Y OW",
    "kimchi": "K IH M CH IY",
    "marinara": "M EH R AH N EH R AH",
    "paella": "P AY EY AH",
    "phad": "P AE D",
    "pho": "F AH",
    "poke": "P OW K EY",
    "prosciutto": "P R AH SH UW T OW",
    "quinoa": "K IY N W AA",
    "sriracha": "S ER AA CH AH",
    "tahini": "T AH HH IY N IY",
    "tiramisu": "T IH R AH M IY S UW",
    "tzatziki": "T S AA T S IY K IY",
}

# As English spelling has it, which is how many callers say them; and how a telephone carries an S.
ALSO = {
    "churro": "CH UH R OW",
    "churros": "CH UH R OW Z",
    "guacamole": "G W AE K AA M OW L",
    "margherita": "M AA R G R IY T AH",
    "quesadilla": "K W EY S AH D IH L AH",
    "quesadillas": "K W EY S AH D IH L AH Z",
    "quinoa": "K W IH N OW AH",
    "satay": "S AA T",
    "thank": "TH EH NG K",
    "thanks": "TH EH NG K S",
    "yes": "Y EH F",
}

_SOUNDS = {
    "aɪɚ": "AY ER", "aɪə": "AY AH", "aʊɚ": "AW ER", "ɔːɹ": "AO R", "oːɹ": "AO R", "ɑːɹ": "AA R", "ɛɹ": "EH R",
    "ɪɹ": "IH R", "ʊɹ": "UH R", "iːɹ": "IH R", "tʃ": "CH", "dʒ": "JH", "aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "oʊ": "OW",
    "əʊ": "OW", "ɔɪ": "OY", "ɜː": "ER", "iː": "IY", "uː": "UW", "ɑː": "AA", "ɔː": "AO", "oː": "AO", "eə": "EH R",
    "iə": "IY AH", "əl": "AH L", "n̩": "AH N", "l̩": "AH L", "ɚ": "ER", "ɝ": "ER", "ɐ": "AH", "ə": "AH", "ʌ": "AH",
    "æ": "AE", "a": "AE", "ɑ": "AA", "ɒ": "AA", "ɔ": "AO", "ɛ": "EH", "e": "EH", "ɪ": "IH", "ᵻ": "IH", "i": "IY",
    "ʊ": "UH", "u": "UW", "o": "OW", "p": "P", "b": "B", "t": "T", "ɾ": "T", "ʔ": "T", "d": "D", "k": "K", "ɡ": "G",
    "g": "G", "x": "K", "f": "F", "v": "V", "θ": "TH", "ð": "DH", "s": "S", "z": "Z", "ʃ": "SH", "ʒ": "ZH", "h": "HH",
    "m": "M", "n": "N", "ɲ": "N Y", "ŋ": "NG", "l": "L", "ɫ": "L", "ɬ": "L", "r": "R", "ɹ": "R", "w": "W", "j": "Y",
}  # fmt: skip
_LONGEST = max(map(len, _SOUNDS))
_MARKS = frozenset("ˈˌ'ː‿")
_TWICE_R = re.compile(r"\b(ER|R) R\b")


def unknown(words: Iterable[str]) -> set[str]:
    """Those that the recogniser's own dictionary lacks; one pass over its file, nothing kept."""
    missing = {word.lower().encode(): word for word in words}
    with Path(get_model_path(), "en-us", "cmudict-en-us.dict").open("rb") as lines:
        for line in lines:
            missing.pop(line.partition(b" ")[0], None)
    return set(missing.values())


def known(word: str) -> bool:
    return not unknown([word])


@lru_cache(maxsize=4096)
def pronounce(word: str) -> str:
    """The word's sounds in ARPAbet, as the recogniser's dictionary writes them."""
    plain = word.lower()
    if plain in BORROWED:
        return BORROWED[plain]
    if plain.endswith("s") and plain[:-1] in BORROWED:
        return f"{BORROWED[plain[:-1]]} Z"
    sounds = [sound for symbol in espeak().phonemes(plain) for sound in _arpabet(symbol)]
    if not sounds:
        raise ValueError(f"{word!r} has no sounds")
    return _TWICE_R.sub(r"\1", " ".join(sounds))


def _arpabet(symbol: str) -> list[str]:
    """One separated symbol of espeak-ng may hold several sounds; the longest match goes first."""
    rest = symbol.replace("ˈ", "").replace("ˌ", "")
    sounds: list[str] = []
    while rest:
        size = next((n for n in range(min(_LONGEST, len(rest)), 0, -1) if rest[:n] in _SOUNDS), 0)
        if size:
            sounds += _SOUNDS[rest[:size]].split()
        elif rest[0] not in _MARKS and not unicodedata.combining(rest[0]):
            raise ValueError(f"no sound is known for {rest[0]!r} in {symbol!r}")
        rest = rest[max(size, 1) :]
    return sounds
