"""Networks of words: phrases go in, the smallest network that says exactly these phrases comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

START = 0
NOTHING = ""
"""The symbol of a step that says nothing."""


@dataclass(frozen=True)
class Network:
    """Deterministic: `arcs[state]` maps what is said there to the next state; it begins in state 0."""

    arcs: tuple[Mapping[str, int], ...]
    accepting: frozenset[int]


class Draft:
    """A network under construction, in which one symbol may lead to several states."""

    def __init__(self) -> None:
        self.arcs: list[dict[str, set[int]]] = []
        self.new_state()

    def new_state(self) -> int:
        self.arcs.append({})
        return len(self.arcs) - 1

    def join(self, source: int, symbol: str, target: int) -> None:
        self.arcs[source].setdefault(symbol, set()).add(target)

    def insert(self, source: int, part: Network, target: int) -> None:
        """A copy of the part, from source to target."""
        self.join(source, NOTHING, self.place(part, target))

    def place(self, part: Network, target: int) -> int:
        """A copy of the part that leads to target; its first state."""
        first = len(self.arcs)
        self.arcs += [{symbol: {first + state} for symbol, state in arcs.items()} for arcs in part.arcs]
        for state in part.accepting:
            self.join(first + state, NOTHING, target)
        return first

    def network(self, end: int) -> Network:
        closures = [self._reached_silently(state) for state in range(len(self.arcs))]
        start = closures[START]
        numbers, arcs, waiting = {start: 0}, [dict[str, int]()], [start]
        while waiting:
            here = waiting.pop()
            for symbol, targets in self._steps(here).items():
                there = frozenset().union(*(closures[state] for state in targets))
                if there not in numbers:
                    numbers[there] = len(arcs)
                    arcs.append({})
                    waiting.append(there)
                arcs[numbers[here]][symbol] = numbers[there]
        return Network(tuple(arcs), frozenset(number for states, number in numbers.items() if end in states))

    def _steps(self, states: Iterable[int]) -> Mapping[str, set[int]]:
        steps: dict[str, set[int]] = {}
        for state in states:
            for symbol, targets in self.arcs[state].items():
                if symbol != NOTHING:
                    steps.setdefault(symbol, set()).update(targets)
        return steps

    def _reached_silently(self, state: int) -> frozenset[int]:
        reached, waiting = {state}, [state]
        while waiting:
            new = self.arcs[waiting.pop()].get(NOTHING, set()) - reached
            reached |= new
            waiting += new
        return frozenset(reached)


def network_of(phrases: Iterable[Sequence[str]], parts: Mapping[str, Network], *, is_repeated: bool = False) -> Network:
    """A symbol that names a part stands for it; one with + after the name stands for one or more of it."""
    draft = Draft()
    end = draft.new_state()
    for phrase in phrases:
        here = START
        for symbol in phrase:
            here = _continued(draft, here, symbol, parts)
        draft.join(here, NOTHING, end)
    if is_repeated:
        draft.join(end, NOTHING, START)
    return _smallest(draft.network(end))


def with_parts(network: Network, parts: Mapping[str, Network]) -> Network:
    """The parts put in place of the symbols that name them; those that lead to the same state are one copy."""
    draft = Draft()
    draft.arcs = [{} for _ in network.arcs]
    places: dict[tuple[str, int], int] = {}
    for source, arcs in enumerate(network.arcs):
        for symbol, target in arcs.items():
            if symbol not in parts:
                draft.join(source, symbol, target)
                continue
            if (symbol, target) not in places:
                places[symbol, target] = draft.place(parts[symbol], target)
            draft.join(source, NOTHING, places[symbol, target])
    end = draft.new_state()
    for state in network.accepting:
        draft.join(state, NOTHING, end)
    return draft.network(end)


def _continued(draft: Draft, here: int, symbol: str, parts: Mapping[str, Network]) -> int:
    name = symbol.removesuffix("+")
    first, last = draft.new_state(), draft.new_state()
    draft.join(here, NOTHING, first)
    if name in parts:
        draft.insert(first, parts[name], last)
    else:
        draft.join(first, name, last)
    if symbol != name:
        draft.join(last, NOTHING, first)
    return last


def _smallest(network: Network) -> Network:
    """States from which the same can be said become one."""
    kinds = [int(state in network.accepting) for state in range(len(network.arcs))]
    count = 0
    while count < (count := _renumbered(kinds, network.arcs)):
        pass
    members = {kind: state for state, kind in reversed(list(enumerate(kinds)))}
    kept = (network.arcs[members[kind]] for kind in range(count))
    arcs = tuple({symbol: kinds[target] for symbol, target in arcs.items()} for arcs in kept)
    return Network(arcs, frozenset(kinds[state] for state in network.accepting))


def _renumbered(kinds: list[int], arcs: Sequence[Mapping[str, int]]) -> int:
    """Splits kinds whose members lead to different kinds, in order of first members; how many there are now."""
    numbers: dict[object, int] = {}
    kinds[:] = [
        numbers.setdefault((kinds[state], frozenset((s, kinds[t]) for s, t in arcs[state].items())), len(numbers))
        for state in range(len(arcs))
    ]
    return len(numbers)
