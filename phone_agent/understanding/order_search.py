"""Finds the reading of a whole order that leaves the fewest doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from phone_agent.ordering.menu import MenuItem
from phone_agent.understanding.numbers import count_at, number_at
from phone_agent.understanding.order_cues import STEPS
from phone_agent.understanding.order_index import LONGEST, Named, OrderIndex, key_of
from phone_agent.understanding.order_state import State
from phone_agent.understanding.order_steps import dish, is_number_word, number, option
from phone_agent.understanding.order_words import AFTER_DISH, AFTER_OPTION, NOISE, order_cues
from phone_agent.understanding.tokens import Words

WIDTH = 20
UNKNOWN, STRAY, OPTION_AS_MEASURE, MENU_WORD_SKIPPED = 2.0, 0.35, 0.8, 0.5


class Here(NamedTuple):
    """What may stand at one word."""

    dishes: list[tuple[int, Named]]
    options: list[tuple[int, Words, tuple[MenuItem, ...]]]
    cues: list[tuple[str, int]]
    numbers: list[tuple[int, int, bool, float]]
    factor: tuple[int, int] | None
    """ "times two"."""


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
            here = self._here(position)
            for state in _fewest(at[position]):
                for following in self._onward(state, here):
                    at[following.at].append(following)
        return min((_ended(state) for state in at[-1]), key=lambda state: state.cost)

    def _onward(self, state: State, here: Here) -> Iterator[State]:
        for end, named in here.dishes:
            yield from dish(state, end, named)
        for end, key, having in here.options:
            yield from option(state, end, key, having)
        for cue, end in here.cues:
            doubt = MENU_WORD_SKIPPED if cue == "skip" and (here.options or here.dishes) else 0.0
            yield from STEPS[cue](state._replace(cost=state.cost + doubt), end)
        for end, value, is_said, doubt in here.numbers:
            yield from number(state._replace(cost=state.cost + doubt), end, value, is_said=is_said)
        if here.factor is not None:
            yield from STEPS["times"](state._replace(number=here.factor[0], is_number=True), here.factor[1])
        yield from self._generic(state)
        yield self._unknown(state)

    def _here(self, start: int) -> Here:
        keys = [self._keys[start:end] for end in range(min(len(self._keys), start + LONGEST), start, -1)]
        dishes = [(key, self._dish(key)) for key in keys]
        options = [(key, self._index.options.get(key)) for key in keys]
        is_factor = self._words[start] in ("times", "x")
        return Here(
            [(start + len(key), named) for key, named in dishes if named is not None],
            [(start + len(key), key, having) for key, having in options if having is not None],
            self._cues(start),
            self._numbers(start),
            number_at(self._words, start + 1) if is_factor else None,
        )

    def _dish(self, key: Words) -> Named | None:
        """ "double cheese burger" is a double cheeseburger."""
        found = self._index.dishes.get(key) or self._index.parts.get(key)
        joints = range(len(key) - 1 if found is None else 0)
        joined = (self._index.dishes.get((*key[:at], key[at] + key[at + 1], *key[at + 2 :])) for at in joints)
        return found or next((named for named in joined if named is not None), None)

    def _cues(self, start: int) -> list[tuple[str, int]]:
        """The longest, and the one that is the first word by itself."""
        longest = order_cues().longest(self._words, start)
        single = order_cues().longest(self._words[: start + 1], start)
        return [found for found in dict.fromkeys((longest, single)) if found is not None]

    def _numbers(self, start: int) -> list[tuple[int, int, bool, float]]:
        found = []
        count = count_at(self._words, start)
        if count is not None:
            measure = self._keys[count.end - 2] if count.end - start > 2 else ""
            doubt = OPTION_AS_MEASURE if (measure,) in self._index.options else 0.0
            found.append((count.end, count.value, count.is_said, doubt))
        bare = number_at(self._words, start)
        if bare is not None and (count is None or bare[1] != count.end):
            found.append((bare[1], bare[0], True, 0.0))
        return found

    def _generic(self, state: State) -> Iterator[State]:
        """ "meatball marinara sandwich", "swiss cheese"."""
        key = self._keys[state.at]
        if state.after in ("pending", "number") and key in AFTER_DISH and self._begins_halves(state.at + 1):
            yield state._replace(cost=state.cost + 0.1, at=state.at + 1)
        is_name = (key,) in self._index.options or self._keys[state.at - 1 : state.at + 1] in self._index.dishes
        doubt = 0.5 if is_name else 0.1
        if state.after == "dish" and (key in AFTER_DISH or self._words[state.at] in AFTER_DISH):
            yield state._replace(cost=state.cost + doubt, at=state.at + 1)
        if state.after in ("option", "pending") and (key in AFTER_OPTION or self._words[state.at] in AFTER_OPTION):
            yield state._replace(cost=state.cost + doubt, at=state.at + 1)

    def _begins_halves(self, start: int) -> bool:
        """ "a large pizza, half margherita, half pepperoni"."""
        start += self._words[start : start + 1] in (("with",), ("that",))
        return self._words[start : start + 1] == ("half",) and "half" in self._words[start + 1 :]

    def _unknown(self, state: State) -> State:
        word = self._words[state.at]
        if word in NOISE and not is_number_word(word):
            after = "" if state.after in ("dish", "part") else state.after
            return state._replace(cost=state.cost + STRAY, at=state.at + 1, after=after)
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
    if state.number is not None and state.corrects and drafts:
        drafts = (*drafts[:-1], drafts[-1]._replace(quantity=state.number))
    elif state.number is not None:
        cost += 1.0 if state.is_number else 0.1
    cost += 2.0 * len(state.waiting)
    for wish in state.pending:
        cost += 1.6
        dropped = (*dropped, wish.span)
    cost += 1.5 * (state.weight is not None or state.negated)
    return state._replace(cost=cost, dropped=dropped, drafts=drafts)
