"""Clauses that change or remove what the cart holds."""

from __future__ import annotations

from dataclasses import replace

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.menu import MenuItem
from phone_agent.ordering.selection import OptionRequest
from phone_agent.understanding.clauses import Clause
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import (
    AddItems,
    ChangeItem,
    FindFood,
    Intent,
    Keep,
    NotInOrder,
    RemoveItem,
    WhichOne,
)  # fmt: skip
from phone_agent.understanding.numbers import count_at
from phone_agent.understanding.reader import read
from phone_agent.understanding.reading import Draft, Reading, narrowed, request_of
from phone_agent.understanding.references import ordinal_at
from phone_agent.understanding.tokens import Words

TO = ("to", "for", "with", "into", "by")
NOT = "not"


def change_of(line: int, reading: Reading, quantity: int | None = None) -> ChangeItem:
    options = tuple(dict.fromkeys(reading.options)) or None
    note = ", ".join(dict.fromkeys(reading.notes)) or None
    return ChangeItem(line, quantity=quantity, options=options, note=note)


def options_for(reading: Reading, context: Context) -> list[Intent]:
    """ "extra cheese", "no onions on the pizza": for the line named, else for the one that was changed last."""
    line = reading.line if reading.line is not None else context.last_line
    if line is None:
        return [NotInOrder(" ".join(option.name for option in reading.options) or " ".join(reading.notes))]
    if reading.adds:
        reading.options = [_beside(option, context.lines[line]) for option in reading.options]
    return [change_of(line, reading, quantity=reading.count)]


def _beside(option: OptionRequest, line: LineItem) -> OptionRequest:
    """ "One more shot": beside those that it has."""
    has = next((c for c in line.modifiers if c.modifier.label == option.name and c.amount != "no"), None)
    return option if has is None or option.count is None else replace(option, count=has.count + option.count)


def _less(option: OptionRequest, line: LineItem) -> OptionRequest:
    """ "Take off one shot": the others stay."""
    has = next((c for c in line.modifiers if c.modifier.label == option.name and c.half is None), None)
    if option.count is None or has is None or has.count <= option.count:
        return OptionRequest(option.name, "no")
    return replace(option, amount=has.amount, count=has.count - option.count)


def line_at(words: Words, context: Context) -> int | None:
    """The line of the cart that these words name."""
    ordinal = ordinal_at(words, 0)
    if ordinal is not None and -len(context.lines) <= ordinal[0] < len(context.lines):
        return ordinal[0] % len(context.lines)
    for draft in read(words, context).drafts:
        lines = lines_of(draft.candidates, context)
        if lines:
            return context.last_line if context.last_line in lines else lines[0]
    return None


def lines_of(items: tuple[MenuItem, ...], context: Context) -> list[int]:
    return [index for index, line in enumerate(context.lines) if line.item in items]


def removals(clause: Clause, context: Context) -> list[Intent]:
    """ "take off the salad", "remove one of the pad thais", "no more onions"."""
    ordinal = line_at(clause.words, context) if ordinal_at(clause.words, 0) is not None else None
    if ordinal is not None:
        return [RemoveItem(ordinal)]
    reading = read(clause.words, context)
    if reading.drafts:
        return _removed(reading, context)
    if reading.has_changes:
        line = reading.line if reading.line is not None else context.last_line
        off = tuple(
            OptionRequest(option.name, "no") if line is None else _less(option, context.lines[line])
            for option in reading.options
        )
        return options_for(Reading(options=list(off), notes=reading.notes, line=reading.line), context)
    if reading.unknown and context.lines:
        line = context.last_line if reading.line is None else reading.line
        return (
            [ChangeItem(line or 0, note="no " + " ".join(reading.unknown))] if _is_part(clause) else [_absent(clause)]
        )
    if reading.unknown or context.last_line is None:
        return [_absent(clause)]
    return [_reduced(context.last_line, reading.count, context)]


def _absent(clause: Clause) -> NotInOrder:
    return NotInOrder(
        " ".join(word for word in clause.words if word not in ("the", "a", "my", "from", "order", "cart"))
    )


def _is_part(clause: Clause) -> bool:
    return clause.phrase[:1] in (("hold",), ("leave",), ("skip",))


def _removed(reading: Reading, context: Context) -> list[Intent]:
    """From the last line to the first, so that the numbers of the others stay right."""
    found: dict[int, Intent] = {}
    for draft in reading.drafts:
        lines = lines_of(draft.candidates, context)
        if len({context.lines[line].item for line in lines}) > 1:
            return [WhichOne(tuple(dict.fromkeys(context.lines[line].item.name for line in lines))[:3])]
        if not lines:
            return [NotInOrder(draft.words)]
        found[lines[-1]] = _reduced(lines[-1], draft.quantity if draft.is_counted else None, context)
    return [found[line] for line in sorted(found, reverse=True)]


def _reduced(line: int, count: int | None, context: Context) -> Intent:
    left = context.lines[line].quantity - (count or context.lines[line].quantity)
    return ChangeItem(line, quantity=left) if left > 0 else RemoveItem(line)


def makings(clause: Clause, context: Context) -> list[Intent]:
    """ "make that three", "make the salad two", "make it a large"."""
    last = context.last_line
    count = count_at(clause.words, 0)
    reading = read(clause.words, context)
    if last is None:
        return _wished(reading, context)
    if not reading.drafts:
        target = reading.line if reading.line is not None else last
        quantity = reading.count
        if quantity is None and count is not None and count.is_said and not any(o.count for o in reading.options):
            quantity = count.value
        if quantity is None and not reading.has_changes:
            return []
        return [change_of(target, reading, quantity)]
    return _remade(reading.drafts[0], reading, last, context)


def _wished(reading: Reading, context: Context) -> list[Intent]:
    """Nothing to change yet: what was named is added."""
    if not reading.drafts:
        return []
    return [AddItems(tuple(request_of(draft, context, reading.restaurant) for draft in reading.drafts))]


def _remade(draft: Draft, reading: Reading, last: int, context: Context) -> list[Intent]:
    lines = lines_of(draft.candidates, context)
    quantity = draft.quantity if draft.is_counted else reading.count
    if not lines:
        return [swapped(last, draft, context)]
    line = last if last in lines else lines[0]
    change = _with_draft(line, None, quantity, draft)
    if change != ChangeItem(line):
        return [change]
    if context.lines[line].other_half is not None:
        return [ChangeItem(line, context.lines[line].item.name)]
    return _in_its_place(line, reading, context)


def _in_its_place(line: int, reading: Reading, context: Context) -> list[Intent]:
    """ "Make the salad a lobster roll"; what the menu does not have is looked for, and changes nothing."""
    others = [draft for draft in reading.drafts[1:] if not lines_of(draft.candidates, context)]
    if others:
        return [swapped(line, others[0], context)]
    return [FindFood(" ".join(reading.unknown))] if reading.unknown else [Keep()]


def _with_draft(line: int, name: str | None, quantity: int | None, draft: Draft) -> ChangeItem:
    options = tuple(dict.fromkeys(draft.options)) or None
    return ChangeItem(line, name, quantity, options, ", ".join(draft.notes) or None)


def swapped(line: int, draft: Draft, context: Context) -> Intent:
    """Another dish in the place of this one."""
    found = narrowed(draft, context)
    if len(found) > 1:
        return WhichOne(tuple(item.name for item in found[:3]))
    return _with_draft(line, found[0].name, draft.quantity if draft.is_counted else None, draft)


def swaps(clause: Clause, context: Context) -> list[Intent]:
    """ "change the pad thai to green curry", "swap the salad for two lemonades", "change it to three"."""
    for at, word in enumerate(clause.words):
        if word in TO and at:
            return _swap(clause.words[:at], clause.words[at + 1 :], context)
    reading = read(clause.words, context)
    if clause.phrase in (("instead", "of"), ("rather", "than")):
        return []
    if context.last_line is not None and reading.has_changes and not reading.drafts:
        return options_for(reading, context)
    return corrections(clause, context)


def _swap(old: Words, new: Words, context: Context) -> list[Intent]:
    line = line_at(old, context)
    before = read(old, context)
    if line is None:
        line = before.line if before.line is not None else context.last_line
        if before.drafts or line is None:
            return [NotInOrder(" ".join(old))]
    after = read(new, context)
    if after.drafts:
        return (
            _remade(after.drafts[0], after, line, context)
            if not lines_of(after.drafts[0].candidates, context)
            else [swapped(line, after.drafts[0], context)]
        )
    count = count_at(new, 0)
    quantity = count.value if count is not None and count.is_said else None
    if quantity is None and not after.has_changes:
        return []
    return [change_of(line, after, quantity)]


def corrections(clause: Clause, context: Context) -> list[Intent]:
    """ "no, the green one", "I meant two", "I said pad thai, not green curry"."""
    said, wrong = _without_denied(clause.words)
    if not said and len(read(wrong, context).drafts) > 1:
        return _second_instead(wrong, context)
    last = line_at(wrong, context) if wrong else context.last_line
    last = context.last_line if last is None else last
    reading = read(said, context)
    if last is None:
        return _wished(reading, context)
    if not reading.drafts:
        if reading.count is None and not reading.has_changes:
            return []
        return [change_of(last if reading.line is None else reading.line, reading, reading.count)]
    draft = reading.drafts[0]
    if context.lines[last].item in draft.candidates:
        return [_with_draft(last, None, draft.quantity if draft.is_counted else None, draft)]
    return [swapped(last, draft, context)]


def _second_instead(words: Words, context: Context) -> list[Intent]:
    """ "not the margherita, the mushroom"."""
    denied, wanted = read(words, context).drafts[:2]
    lines = lines_of(denied.candidates, context)
    return [swapped(lines[-1], wanted, context)] if lines else [NotInOrder(denied.words)]


def _without_denied(words: Words) -> tuple[Words, Words]:
    """ "green curry not pad thai": what is wanted, and what is not."""
    for mark in (("not",), ("instead", "of"), ("rather", "than")):
        for at in range(len(words)):
            if words[at : at + len(mark)] == mark:
                before, after = words[:at], words[at + len(mark) :]
                return (before, after) if before else (_after_but(after), after)
    return words, ()


def _after_but(words: Words) -> Words:
    """ "not the pad thai but the green curry"."""
    return words[words.index("but") + 1 :] if "but" in words else ()
