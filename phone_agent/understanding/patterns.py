"""Phrases written once for parser and speech grammar: `(a|b)` is a choice, `[a]` may be left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"[()\[\]|]|[^\s()\[\]|]+")
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class _Reader:
    pieces: tuple[str, ...]

    def choice(self, start: int) -> tuple[tuple[Phrase, ...], int]:
        """Every expansion of `a b|c d` from here to a closing bracket or the end."""
        options: list[Phrase] = []
        current: tuple[Phrase, ...] = ((),)
        at = start
        while at < len(self.pieces) and self.pieces[at] not in ")]":
            piece = self.pieces[at]
            if piece == "|":
                options.extend(current)
                current, at = ((),), at + 1
                continue
            ways, at = self._one(piece, at)
            current = tuple(left + right for left in current for right in ways)
        return (*options, *current), at

    def _one(self, piece: str, at: int) -> tuple[tuple[Phrase, ...], int]:
        if piece not in "([":
            return ((piece,),), at + 1
        inner, end = self.choice(at + 1)
        return (inner if piece == "(" else (*inner, ())), end + 1


@lru_cache(maxsize=1024)
def expansions(pattern: str) -> tuple[Phrase, ...]:
    """Every way to say it."""
    return tuple(dict.fromkeys(_Reader(tuple(_TOKEN.findall(pattern))).choice(0)[0]))


def all_expansions(patterns: tuple[str, ...]) -> Iterator[Phrase]:
    for pattern in patterns:
        yield from expansions(pattern)
