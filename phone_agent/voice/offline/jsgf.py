"""Sentences drawn from a JSGF grammar by its weights, in the phrases that they are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"(?:(public)\s+)?(<[^>]+>)\s*=\s*([^;]*);", re.DOTALL)
_TOKEN = re.compile(r"/[\d.eE+-]+/|<[^>]*>|[()\[\]|*+]|[^\s()\[\]|/<>*+]+")
_LEFT_OUT = 0.6
_DEEP = 7
_LEFT_OUT_WHEN_DEEP = 0.95
_AGAIN = 0.4


@dataclass(frozen=True)
class _Part:
    """A word, a rule's name, or alternatives in brackets; `may_repeat` is JSGF's + and *."""

    word: str = ""
    rule: str = ""
    ways: tuple[_Way, ...] = ()
    is_optional: bool = False
    may_repeat: bool = False


@dataclass(frozen=True)
class _Way:
    weight: float
    parts: tuple[_Part, ...]


class Sentences:
    """The same seed draws the same sentences. Words that always stand together in the grammar are one phrase."""

    def __init__(self, jsgf: str, seed: int = 1) -> None:
        self._rules: dict[str, tuple[_Way, ...]] = {}
        self._public = ""
        for public, name, body in _RULE.findall(_COMMENT.sub(" ", jsgf)):
            self._rules[name] = _Parser(_TOKEN.findall(body)).ways()
            self._public = self._public or (name if public else "")
        self._random = Random(seed)

    def draw(self) -> list[str]:
        return self._one_of(self._rules[self._public], 0)

    def _one_of(self, ways: Sequence[_Way], depth: int) -> list[str]:
        way = self._random.choices(ways, [way.weight for way in ways])[0]
        return [word for part in way.parts for word in self._said(part, depth)]

    def _said(self, part: _Part, depth: int) -> list[str]:
        if part.is_optional and self._random.random() < (_LEFT_OUT if depth < _DEEP else _LEFT_OUT_WHEN_DEEP):
            return []
        words = self._once(part, depth)
        while part.may_repeat and depth < _DEEP and self._random.random() < _AGAIN:
            words += self._once(part, depth)
        return words

    def _once(self, part: _Part, depth: int) -> list[str]:
        if part.rule:
            return self._one_of(self._rules[part.rule], depth + 1) if part.rule in self._rules else []
        return [part.word] if part.word else self._one_of(part.ways, depth)


class _Parser:
    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def ways(self) -> tuple[_Way, ...]:
        """Up to the closing bracket."""
        ways: list[_Way] = []
        weight, parts = 1.0, list[_Part]()
        while self._at < len(self._tokens) and self._tokens[self._at] not in ")]":
            token = self._tokens[self._at]
            self._at += 1
            if token == "|":
                ways.append(_Way(weight, tuple(parts)))
                weight, parts = 1.0, []
            elif token.startswith("/"):
                weight = float(token.strip("/"))
            else:
                parts.append(self._part(token))
        return tuple(_Way(way.weight, _joined(way.parts)) for way in (*ways, _Way(weight, tuple(parts))))

    def _part(self, token: str) -> _Part:
        ways: tuple[_Way, ...] = ()
        if token in "([":
            ways = self.ways()
            self._at += 1
        mark = self._tokens[self._at] if self._at < len(self._tokens) else ""
        repeats = mark in ("*", "+")
        self._at += repeats
        optional = token == "[" or mark == "*"
        if ways:
            return _Part(ways=ways, is_optional=optional, may_repeat=repeats)
        if token.startswith("<"):
            return _Part(rule=token, is_optional=optional, may_repeat=repeats)
        return _Part(word=token, is_optional=optional, may_repeat=repeats)


def _joined(parts: Sequence[_Part]) -> tuple[_Part, ...]:
    joined: list[_Part] = []
    for part in parts:
        if joined and _is_said_once(part) and _is_said_once(joined[-1]):
            joined[-1] = _Part(word=f"{joined[-1].word} {part.word}")
        else:
            joined.append(part)
    return tuple(joined)


def _is_said_once(part: _Part) -> bool:
    return bool(part.word) and not part.is_optional and not part.may_repeat
