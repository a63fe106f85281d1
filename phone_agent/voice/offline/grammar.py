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
    read_back: str = ""
    """What is listened for while a read-back waits for its answer; nothing: the same as always."""

    @classmethod
    def spoken(cls, jsgf: str, read_back: str = "") -> "Grammar":
        """The grammar with a pronunciation for each word that the dictionary lacks."""
        text = re.sub(r"\bpublic\b(?=\s*<)", " ", _NOT_WORDS.sub(" ", f"{jsgf} {read_back}"))
        return cls(jsgf, {word: pronounce(word) for word in sorted(unknown(_WORD.findall(text)))}, read_back)
