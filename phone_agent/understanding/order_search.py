"""Finds the reading of a whole order that leaves the fewest doubts."""

from __future__ import annotations

from collections.abc import Iterator

from phone_agent.understanding.numbers import count_at, number_at
from phone_agent.understanding.order_cues import STEPS
from phone_agent.understanding.order_index import LONGEST, OrderIndex, key_of
from phone_agent.understanding.order_state import State
from phone_agent.understanding.order_steps import dish, is_number_word, number, option
from phone_agent.understanding.order_words import AFTER_DISH, AFTER_OPTION, NOISE, order_cues
from phone_agent.understanding.tokens import Words

WIDTH = 24
UNKNOWN, STRAY = 2.0, 0.35


class Search:
    """One utterance, read once."""

    def __init__(self, words: Words, index: OrderIndex) -> None:
        self._words = words
        self._keys = tuple(key_of(word) for word in words)
        self._index = index

    def best(self) -> State:
        at: list[list[State]] = [[] for _ in range(len(self._words) + 1)]
        at[0] = [State()]
        for position in range(len(self._words)):
            for state in _fewest(at[position]):
                for following in self._onward(state):
                    at[following.at].append(following)
        return min((_ended(state) for state in at[-1]), key=lambda state: state.cost)

    def _onward(self, state: State) -> Iterator[State]:
        yield from self._named(state)
        yield from self._cue(state)
        yield from self._number(state)
        yield from self._generic(state)
        yield self._unknown(state)

    def _named(self, state: State) -> Iterator[State]:
        start = state.at
        for end in range(min(len(self._keys), start + LONGEST), start, -1):
            key = self._keys[start:end]
            named = self._index.dishes.get(key) or self._index.parts.get(key)
            if named is not None:
                yield from dish(state, end, named)
            having = self._index.options.get(key)
            if having is not None:
                yield from option(state, end, key, having)

    def _cue(self, state: State) -> Iterator[State]:
        found = order_cues().longest(self._words, state.at)
        if found is not None:
            yield from STEPS[found[0]](state, found[1])
            word = order_cues().longest(self._words[: state.at + 1], state.at)
            if word is not None and word != found:
                yield from STEPS[word[0]](state, word[1])

    def _number(self, state: State) -> Iterator[State]:
        count = count_at(self._words, state.at)
        if count is not None:
            measured = self._keys[count.end - 2] if count.end - state.at > 2 else ""
            doubt = 0.5 if (measured,) in self._index.options else 0.0
            yield from number(state._replace(cost=state.cost + doubt), count.end, count.value, is_said=count.is_said)
        bare = number_at(self._words, state.at)
        if bare is not None and (count is None or bare[1] != count.end):
            yield from number(state, bare[1], bare[0], is_said=True)
        if self._words[state.at] in ("times", "x"):
            factor = number_at(self._words, state.at + 1)
            if factor is not None:
                yield from STEPS["times"](state._replace(count=factor[0], is_number=True), factor[1])

    def _generic(self, state: State) -> Iterator[State]:
        """ "meatball marinara sandwich", "swiss cheese"."""
        key = self._keys[state.at]
        if state.after == "dish" and (key in AFTER_DISH or self._words[state.at] in AFTER_DISH):
            yield state._replace(cost=state.cost + 0.1, at=state.at + 1)
        if state.after in ("option", "pending") and (key in AFTER_OPTION or self._words[state.at] in AFTER_OPTION):
            doubt = 0.5 if (key,) in self._index.options else 0.1
            yield state._replace(cost=state.cost + doubt, at=state.at + 1)

    def _unknown(self, state: State) -> State:
        word = self._words[state.at]
        if word in NOISE and not is_number_word(word):
            return state._replace(cost=state.cost + STRAY, at=state.at + 1)
        span = (state.at, state.at + 1)
        return state._replace(
            cost=state.cost + UNKNOWN, at=state.at + 1, dropped=(*state.dropped, span), after="unknown", negated=False,
            weight=None,
        )  # fmt: skip


def _fewest(states: list[State]) -> list[State]:
    """Of readings that differ in their cost only, the cheapest; of those, the best few."""
    best: dict[tuple[object, ...], State] = {}
    for state in sorted(states, key=lambda state: state.cost):
        best.setdefault(_signature(state), state)
        if len(best) >= WIDTH:
            break
    return list(best.values())


def _signature(state: State) -> tuple[object, ...]:
    drafts = tuple((draft.span, draft.quantity, draft.wishes, draft.parent) for draft in state.drafts)
    return (drafts, *state[3:])


def _ended(state: State) -> State:
    """What waits for a dish that did not come is not understood."""
    cost, dropped, drafts = state.cost, state.dropped, state.drafts
    if state.count is not None and state.corrects and drafts:
        drafts = (*drafts[:-1], drafts[-1]._replace(quantity=state.count))
    elif state.count is not None:
        cost += 1.0 if state.is_number else 0.1
    for wish in state.pending:
        cost += 1.6
        dropped = (*dropped, wish.span)
    cost += 1.5 * (state.weight is not None or state.negated)
    return state._replace(cost=cost, dropped=dropped, drafts=drafts)
