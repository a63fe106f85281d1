"""What the recogniser may hear: a JSGF grammar and the pronunciations it needs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .pronunciation import pronounce, unknown

_NOT_WORDS = re.compile(r"//[^\n]*|/\*.*?\*/|/[\d.eE+-]+/|\{[^}]*\}|<[^>]*>|#JSGF[^;]*;|\bgrammar\s[^;]*;", re.DOTALL)
_WORD = re.compile(r"[^\s()\[\]|=;*+\"]+")


@dataclass(frozen=True)
class Grammar:
    jsgf: str
    words: Mapping[str, str]

    @classmethod
    def spoken(cls, jsgf: str) -> "Grammar":
        """The grammar with a pronunciation for each word that the dictionary lacks."""
        text = re.sub(r"\bpublic\b(?=\s*<)", " ", _NOT_WORDS.sub(" ", jsgf))
        return cls(jsgf, {word: pronounce(word) for word in sorted(unknown(_WORD.findall(text)))})
