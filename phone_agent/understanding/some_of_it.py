"""What is said of some of a dish that is ordered, or of more of it: "another one with no ice", "one with bacon"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.options import LESS
from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.understanding.changes import change_of
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import AddItems, ChangeItem, Intent
from phone_agent.understanding.kinds import Kind
from phone_agent.understanding.numbers import number_at
from phone_agent.understanding.reader import read
from phone_agent.understanding.reading import Reading
from phone_agent.understanding.tokens import Words

THEM = frozenset(("them", "those", "these", "which"))
WITH = frozenset(("with", "without", "no"))
SAME = frozenset(("same", "again", "one", "thing"))


@dataclass(frozen=True)
class Some:
    count: int
    end: int
    """The position of its "with"."""
    is_more: bool = False
    """Beside those that are ordered."""
    is_alike: bool = False
    """ "The same": with the options of those."""


def some_of_it(kind: Kind, words: Words, context: Context) -> list[Intent] | None:
    """Of the line that "it" means. What is more than that line has, or is spoken of as more, is added."""
    index = context.last_line
    parts = _parts(words)
    if index is None or not parts or any(item != context.lines[index].item for item in context.shown):
        return None
    line = context.lines[index]
    told = [(some, read(part, replace(context, last_line_id=line.id))) for some, part in parts]
    if any(reading.drafts or reading.unknown or not reading.has_changes for _, reading in told):
        return None
    if _is_more(kind, [some for some, _ in told], line.quantity):
        return [AddItems(tuple(_more(line, some, reading, context) for some, reading in told))]
    left = line.quantity - sum(some.count for some, _ in told)
    apart = told if left > 0 else told[:-1]
    added = AddItems(tuple(like(line, some.count, reading, context) for some, reading in apart))
    rest = ChangeItem(index, quantity=left) if left > 0 else change_of(index, told[-1][1], told[-1][0].count)
    return [added, rest] if added.items else [rest]


def _is_more(kind: Kind, told: Sequence[Some], ordered: int) -> bool:
    """ "One with bacon", of one that is ordered, is another one; of three it is one of them."""
    count = sum(some.count for some in told)
    if kind is Kind.ADD or any(some.is_more for some in told):
        return True
    return (kind in (Kind.BARE, Kind.WANT) and count == ordered == 1) or (len(told) > 1 and count > ordered)


def like(line: LineItem, quantity: int, reading: Reading, context: Context, *, is_whole: bool = True) -> ItemRequest:
    """The dish of a line with what is wanted otherwise; `is_whole`: and all else that the line has."""
    options = (*_options_of(line, is_whole=is_whole), *reading.options)
    note = ", ".join(part for part in (line.note if is_whole else "", *reading.notes) if part)
    other, place = line.other_half, context.menu.restaurant_of(line.item).name
    return ItemRequest(line.item.name, quantity, options, note, place, other.name if other is not None else "")


def _more(line: LineItem, some: Some, reading: Reading, context: Context) -> ItemRequest:
    """ "Another one with bacon" need not have the olives of the first; "another one without ice" is like it else."""
    is_less = all(option.amount in LESS for option in reading.options)
    return like(line, some.count, reading, context, is_whole=some.is_alike or is_less)


def _options_of(line: LineItem, *, is_whole: bool) -> Sequence[OptionRequest]:
    asked_for = {group.id for group in line.item.option_groups if is_whole or group.least}
    return [
        OptionRequest(chosen.modifier.label, chosen.amount, chosen.count if chosen.count > 1 else None, chosen.half)
        for chosen in line.modifiers
        if chosen.group_id in asked_for and not chosen.goes_without_saying
    ]


def _parts(words: Words) -> list[tuple[Some, Words]]:
    """ "One with oat milk and two with no ice": each with what is said of it; empty where it begins otherwise."""
    starts = [at for at in range(len(words)) if at == 0 or words[at - 1] == "and"]
    found = [(at, some) for at in starts if (some := _some_at(words, at)) is not None]
    if not found or found[0][0] != 0:
        return []
    ends = [at - 1 for at, _ in found[1:]] + [len(words)]
    return [(some, words[some.end : end]) for (_, some), end in zip(found, ends, strict=True)]


def _some_at(words: Words, at: int) -> Some | None:
    is_more = is_alike = False
    start = at + (words[at : at + 1] in (("the",), ("a",)) and words[at + 1 : at + 2] == ("same",))
    if words[start : start + 1] == ("same",):
        count, at, is_more, is_alike = 1, start, True, True
        while words[at : at + 1] and words[at] in SAME:
            at += 1
    else:
        is_more = words[at : at + 1] == ("another",)
        number = number_at(words, at + is_more)
        if number is None and not is_more:
            return None
        count, at = number or (1, at + 1)
    if words[at : at + 1] == ("more",):
        is_more, at = True, at + 1
    if words[at : at + 1] == ("of",) and words[at + 1 : at + 2] and words[at + 1] in THEM:
        is_alike, at = True, at + 2
    at += words[at : at + 1] in (("one",), ("ones",))
    at += words[at : at + 1] == ("but",)
    is_with = bool(words[at : at + 1]) and words[at] in WITH
    return Some(count, at, is_more, is_alike) if is_with and count else None
