"""Second thoughts about a line of the cart: some of its dishes are wanted otherwise, or what was left out is not."""

from __future__ import annotations

from dataclasses import replace

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.selection import ItemRequest
from phone_agent.understanding.changes import change_of, lines_of
from phone_agent.understanding.clauses import Clause
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import AddItems, ChangeItem, Intent
from phone_agent.understanding.kinds import Kind
from phone_agent.understanding.numbers import number_at
from phone_agent.understanding.reader import read
from phone_agent.understanding.reader_words import NOISE
from phone_agent.understanding.reading import request_of
from phone_agent.understanding.some_of_it import THEM, like, some_of_it
from phone_agent.understanding.tokens import Words, content_of, stems, words_in

KINDS = frozenset((Kind.MAKE, Kind.BARE, Kind.WANT, Kind.ADD, Kind.SWAP, Kind.MEANT))
LEFT_OUT = "no "
BACK = NOISE | {"with", "back", "add", "again", "after", "put", "leave", "keep"}


def second_thought(clause: Clause, context: Context) -> list[Intent] | None:
    if clause.kind not in KINDS or not context.lines:
        return None
    apart = _set_apart(clause.words, context) or some_of_it(clause.kind, clause.words, context)
    return apart or _wanted_after_all(clause.words, context)


def _set_apart(words: Words, context: Context) -> list[Intent] | None:
    """ "Make one of them with bacon": the new line first, so that nothing is lost where it cannot be had.

    All of the line are changed together.
    """
    found = number_at(words, 0)
    if found is None or words[found[1] : found[1] + 1] != ("of",):
        return None
    line, rest = _line_and_rest(words[found[1] + 1 :], context)
    if line is None or not 1 <= found[0] <= context.lines[line].quantity:
        return None
    if found[0] == context.lines[line].quantity:
        reading = read(rest, replace(context, last_line_id=context.lines[line].id))
        is_change = reading.has_changes and not reading.drafts and not reading.unknown
        return [change_of(line, reading)] if is_change else None
    wanted = _as_wanted(context.lines[line], found[0], rest, context)
    left = context.lines[line].quantity - found[0]
    return None if wanted is None else [AddItems((wanted,)), ChangeItem(line, quantity=left)]


def _line_and_rest(words: Words, context: Context) -> tuple[int | None, Words]:
    if words[:1] and words[0] in THEM:
        return context.last_line, words[1:]
    start = int(words[:1] in (("the",), ("my",), ("our",)))
    dish = context.lexicon.dish_at(words, start)
    lines = lines_of(dish.values, context) if dish is not None else []
    if dish is None or not lines:
        return None, ()
    return (context.last_line if context.last_line in lines else lines[0]), words[dish.end :]


def _as_wanted(line: LineItem, quantity: int, words: Words, context: Context) -> ItemRequest | None:
    reading = read(words, replace(context, last_line_id=line.id))
    if reading.unknown:
        return None
    if len(reading.drafts) == 1:
        return replace(request_of(reading.drafts[0], context, reading.restaurant), quantity=quantity)
    if reading.drafts or not reading.has_changes:
        return None
    return like(line, quantity, reading, context)


def _wanted_after_all(words: Words, context: Context) -> list[Intent] | None:
    """ "Actually with mustard", where a note says "no mustard"."""
    last = context.last_line or 0
    for index in sorted(range(len(context.lines)), key=lambda index: index != last):
        parts = context.lines[index].note.split(", ")
        kept = [part for part in parts if not (part.startswith(LEFT_OUT) and _is_all_said(part, words))]
        if len(kept) < len(parts):
            return [ChangeItem(index, note=", ".join(kept))]
    return None


def _is_all_said(part: str, words: Words) -> bool:
    name, said = stems(content_of(words_in(part.removeprefix(LEFT_OUT)))), stems(words)
    places = [at for at in range(len(said)) if said[at : at + len(name)] == name]
    if not name or not places or "no" in words or "without" in words:
        return False
    return {*said[: places[0]], *said[places[0] + len(name) :]} <= BACK
