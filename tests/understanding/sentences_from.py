"""Sentences of a JSGF grammar, drawn at random."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

TOKEN = re.compile(r"/[^/]*/|<[^>]*>|[()\[\]|]|[^\s()\[\]|/<>]+")

DEEPEST = 6
"""Rules; below that nothing is said that may be left out."""
LEFT_OUT = 0.6


class Sentences:
    def __init__(self, grammar: str, seed: int) -> None:
        lines = (line.removeprefix("public ").rstrip(";") for line in grammar.splitlines() if " = " in line)
        self._rules = {name: TOKEN.findall(text) for name, text in (line.split(" = ", 1) for line in lines)}
        self._random = random.Random(seed)

    def draw(self) -> str:
        return " ".join(self._one_of(self._rules["<utterance>"], depth=0))

    def _one_of(self, tokens: list[str], depth: int) -> list[str]:
        """One alternative, by weight, and only that one is followed."""
        ways = list(_alternatives(tokens))
        weights = [float(way[0].strip("/")) if way and way[0][0] == "/" else 1.0 for way in ways]
        (way,) = self._random.choices(ways, weights)
        return self._sequence(way, depth)

    def _sequence(self, tokens: list[str], depth: int) -> list[str]:
        said: list[str] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token in "([":
                end = _closing(tokens, at)
                is_left_out = token == "[" and (depth > DEEPEST or self._random.random() < LEFT_OUT)
                said += [] if is_left_out else self._one_of(tokens[at + 1 : end], depth)
                at = end
            elif token[0] == "<" and token != "<NULL>":
                said += self._one_of(self._rules[token], depth + 1)
            elif token[0] not in "</":
                said.append(token)
            at += 1
        return said


def _closing(tokens: list[str], start: int) -> int:
    depth = 0
    for at in range(start, len(tokens)):
        depth += (tokens[at] in "([") - (tokens[at] in ")]")
        if depth == 0:
            return at
    raise ValueError("unbalanced brackets")


def _alternatives(tokens: list[str]) -> Iterator[list[str]]:
    way: list[str] = []
    depth = 0
    for token in tokens:
        depth += (token in "([") - (token in ")]")
        if token == "|" and depth == 0:
            yield way
            way = []
        else:
            way.append(token)
    yield way
