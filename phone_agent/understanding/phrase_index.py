"""The longest phrase that starts at a word: a trie of every phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from phone_agent.understanding.patterns import all_expansions
from phone_agent.understanding.phrases import PHRASES, TAILS, Kind
from phone_agent.understanding.tokens import Words, content_of


@dataclass
class _Node:
    following: dict[str, _Node] = field(default_factory=dict)
    kind: str | None = None


@dataclass(frozen=True)
class PhraseIndex:
    root: _Node

    def longest(self, words: Words, start: int) -> tuple[str, int] | None:
        """The phrase's kind and the position after it."""
        node, found = self.root, None
        for position in range(start, len(words)):
            following = node.following.get(words[position])
            if following is None:
                break
            node = following
            if node.kind is not None:
                found = (node.kind, position + 1)
        return found


def index_of(
    phrases: Iterable[tuple[str, tuple[str, ...]]], content: Callable[[Words], Words] = content_of
) -> PhraseIndex:
    """Where two kinds share a phrase, the first one has it."""
    root = _Node()
    for kind, patterns in phrases:
        for phrase in all_expansions(patterns):
            if phrase:
                _insert(root, content(phrase), kind)
    return PhraseIndex(root)


def _insert(root: _Node, phrase: tuple[str, ...], kind: str) -> None:
    node = root
    for word in phrase:
        node = node.following.setdefault(word, _Node())
    node.kind = node.kind or kind


@cache
def commands() -> PhraseIndex:
    return index_of((kind.value, patterns) for kind, patterns in PHRASES.items())


@cache
def tails() -> PhraseIndex:
    return index_of([("tail", TAILS)])


def command_at(words: Words, start: int) -> tuple[Kind, int] | None:
    found = commands().longest(words, start)
    return (Kind(found[0]), found[1]) if found else None


def tail_at(words: Words, start: int) -> int | None:
    found = tails().longest(words, start)
    return found[1] if found else None
