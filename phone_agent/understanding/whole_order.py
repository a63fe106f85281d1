"""A whole order said in one go: its dishes with sizes, counts, options and halves, and the words nobody understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from phone_agent.ordering.cart import Half
from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup
from phone_agent.understanding.order_halves import each_on_its_half, halves_as_words
from phone_agent.understanding.order_index import choices_of, order_index
from phone_agent.understanding.order_repair import mended
from phone_agent.understanding.order_search import Search
from phone_agent.understanding.order_state import Draft, Span, Weight, Wish, left_of
from phone_agent.understanding.order_words import without_hesitation
from phone_agent.understanding.tokens import Words, words_in

LONGEST = 120
"""Words; what comes after is not understood."""


@dataclass(frozen=True)
class WholeOption:
    group: OptionGroup
    modifier: Modifier
    weight: Weight | None = None
    count: int | None = None
    negated: bool = False

    @property
    def amount(self) -> Literal["extra", "light"] | int | None:
        if self.count is not None:
            return self.count
        return 2 if self.weight == "double" else self.weight


@dataclass(frozen=True)
class WholeItem:
    item: MenuItem
    quantity: int = 1
    size: Modifier | None = None
    options: tuple[WholeOption, ...] = ()
    half: Half | None = None

    def is_same(self, other: WholeItem) -> bool:
        return replace(self, quantity=0, options=()) == replace(other, quantity=0, options=()) and set(
            self.options
        ) == set(other.options)


@dataclass(frozen=True)
class WholeOrder:
    items: tuple[WholeItem, ...]
    unmatched: tuple[str, ...] = ()
    """Phrase by phrase, as they were said."""
    doubts: float = 0.0


def whole_order(utterance: str, menu: Menu) -> WholeOrder:
    index = order_index(menu)
    said = without_hesitation(words_in(halves_as_words(utterance, index.vocabulary)))
    words, beyond = mended(said[:LONGEST], index), " ".join(said[LONGEST:])
    if not words:
        return WholeOrder(())
    state = Search(words, index).best()
    drafts = each_on_its_half(state.drafts)
    items = [item for draft in _divided(drafts) for item in _items(draft, words)]
    unclear = tuple(draft.span for draft in state.drafts if len(draft.items) != 1)
    unmatched = (*_phrases(words, (*state.dropped, *unclear)), *((beyond,) if beyond else ()))
    return WholeOrder(tuple(_merged(items)), unmatched, state.cost)


def _divided(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Without those that were set apart: of three burgers, one without onions, two are left."""
    everything = tuple(drafts)
    for place, draft in enumerate(drafts):
        left = draft.quantity if draft.parent is not None else left_of(everything, place)
        if left > 0:
            yield draft._replace(quantity=left)


def _items(draft: Draft, words: Words) -> Iterator[WholeItem]:
    if len(draft.items) != 1:
        return
    item = draft.items[0]
    halves: tuple[Half | None, ...] = (draft.half,)
    if any(wish.half for wish in draft.wishes):
        halves = ("left", "right") if any(wish.half == "right" for wish in draft.wishes) else ("left",)
    for half in halves:
        wishes = [wish for wish in draft.wishes if wish.half in (None, half)]
        chosen = _chosen(item, wishes, words)
        size = next((option.modifier for option in chosen if option.group.role == "size" and not option.negated), None)
        options = tuple(option for option in chosen if option.group.role != "size" or option.negated)
        yield WholeItem(item, draft.quantity, size, options, half)


def _chosen(item: MenuItem, wishes: Sequence[Wish], words: Words) -> list[WholeOption]:
    """Where a word means choices of two groups, the one whose group is still open."""
    chosen: list[WholeOption] = []
    for wish in wishes:
        taken = {option.group.id for option in chosen if option.group.max == 1}
        said = words[wish.span[0] : wish.span[1]]
        choices = sorted(choices_of(item)[wish.key], key=lambda choice: _likeness(choice[1], said))
        group, modifier = next((choice for choice in choices if choice[0].id not in taken), choices[0])
        option = WholeOption(group, modifier, wish.weight, wish.times, wish.negated)
        if option not in chosen:
            chosen.append(option)
    return chosen


def _likeness(modifier: Modifier, said: Words) -> int:
    """Its own name before another one of its names, and the very words before their singular."""
    names = [words_in(name) for name in modifier.names]
    return next((place > 0 for place, name in enumerate(names) if name == said), 2)


def _merged(items: Sequence[WholeItem]) -> list[WholeItem]:
    merged: list[WholeItem] = []
    for item in items:
        place = next((at for at, other in enumerate(merged) if other.is_same(item)), None)
        if place is None:
            merged.append(item)
        else:
            merged[place] = replace(merged[place], quantity=merged[place].quantity + item.quantity)
    return merged


def _phrases(words: Words, spans: Sequence[Span]) -> tuple[str, ...]:
    """Words that stand side by side are one phrase."""
    joined: list[Span] = []
    for start, end in sorted(set(spans)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(" ".join(words[start:end]) for start, end in joined if end > start)
