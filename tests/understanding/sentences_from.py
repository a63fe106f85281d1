"""Sentences of a JSGF grammar, drawn at random."""

from __future__ import annotations

import random
import re

TOKEN = re.compile(r"/[^/]*/|<[^>]*>|[()\[\]|]|[^\s()\[\]|/<>]+")


class Sentences:
    def __init__(self, grammar: str, seed: int) -> None:
        lines = (line.removeprefix("public ").rstrip(";") for line in grammar.splitlines() if " = " in line)
        self._rules = {name: TOKEN.findall(text) for name, text in (line.split(" = ", 1) for line in lines)}
        self._random = random.Random(seed)

    def draw(self) -> str:
        return " ".join(self._rule("<utterance>", 0))

    def _rule(self, name: str, depth: int) -> list[str]:
        words, _ = self._choice(self._rules[name], 0, depth)
        return words

    def _choice(self, tokens: list[str], at: int, depth: int) -> tuple[list[str], int]:
        """Everything up to the closing bracket; one alternative is kept, by weight."""
        ways: list[tuple[float, list[str]]] = []
        weight, words = 1.0, list[str]()
        while at < len(tokens) and tokens[at] not in ")]":
            token = tokens[at]
            at += 1
            if token == "|":
                ways.append((weight, words))
                weight, words = 1.0, []
            elif token[0] == "/":
                weight = float(token.strip("/"))
            else:
                said, at = self._one(token, tokens, at, depth)
                words += said
        ways.append((weight, words))
        return self._random.choices([w for _, w in ways], [weight for weight, _ in ways])[0], at + 1

    def _one(self, token: str, tokens: list[str], at: int, depth: int) -> tuple[list[str], int]:
        if token in "([":
            words, end = self._choice(tokens, at, depth)
            is_left_out = token == "[" and (depth > 6 or self._random.random() < 0.6)
            return ([] if is_left_out else words), end
        if token == "<NULL>":
            return [], at
        if token[0] == "<":
            return (self._rule(token, depth + 1) if depth < 40 else []), at
        return [token], at
