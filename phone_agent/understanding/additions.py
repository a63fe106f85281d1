"""Clauses that ask for dishes."""

from __future__ import annotations

from phone_agent.ordering.menu import MenuItem
from phone_agent.ordering.selection import ItemRequest
from phone_agent.understanding.changes import change_of, options_for
from phone_agent.understanding.clauses import Clause
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import AddItems, ChangeItem, FindFood, Intent, WhichOne
from phone_agent.understanding.phrases import Kind
from phone_agent.understanding.questions import asked
from phone_agent.understanding.reader import read
from phone_agent.understanding.reading import Draft, Reading, narrowed, request_of
from phone_agent.understanding.synonyms import PLACES

MOST_UNKNOWN_WORDS = 4
REORDER = frozenset(("another", "more"))


def additions(clause: Clause, context: Context) -> list[Intent]:
    """ "I'd like …", "add …", or only the dishes."""
    reading = read(clause.words, context)
    if reading.drafts:
        return _requests(clause, reading, context)
    if reading.refers or (not clause.words and not reading.has_changes):
        return _more_of_last(clause, reading, context)
    if reading.has_changes and not reading.unknown:
        return options_for(reading, context)
    if reading.count is not None and not reading.unknown:
        return _more_of_last(clause, reading, context)
    return _search(clause, reading, context)


def _requests(clause: Clause, reading: Reading, context: Context) -> list[Intent]:
    unclear = [draft for draft in reading.drafts if draft.is_reference and len(narrowed(draft, context)) > 1]
    if unclear:
        return [WhichOne(tuple(item.name for item in narrowed(unclear[0], context)[:3]))]
    if _is_search(clause, reading, context):
        return asked(clause, context) if _is_question(clause) else [FindFood(_words_of(reading.drafts[0], reading))]
    if reading.line is not None and reading.has_changes and not reading.drafts:
        return [change_of(reading.line, reading)]
    requests = tuple(request_of(draft, context, reading.restaurant) for draft in reading.drafts)
    return [AddItems(requests), *_unknown_dishes(reading)]


def _words_of(draft: Draft, reading: Reading) -> str:
    return f"{draft.words} {reading.restaurant}".strip()


def _is_question(clause: Clause) -> bool:
    return any(word in PLACES for word in clause.words)


def _is_search(clause: Clause, reading: Reading, context: Context) -> bool:
    """ "I want cheesecake", where there are several, asks to hear them; "two cheesecakes" orders."""
    draft = reading.drafts[0]
    if len(reading.drafts) > 1 or draft.options or draft.is_counted or draft.is_reference:
        return False
    if _is_question(clause):
        return True
    return clause.kind in (Kind.WANT, Kind.BARE) and len(narrowed(draft, context)) > 1


def _unknown_dishes(reading: Reading) -> list[Intent]:
    words = " ".join(reading.unknown)
    return [FindFood(words)] if words and len(reading.unknown) <= MOST_UNKNOWN_WORDS and reading.count else []


def _more_of_last(clause: Clause, reading: Reading, context: Context) -> list[Intent]:
    """ "add it" with one dish shown, "one more", "another one"."""
    item = _meant(context)
    last = context.last_line
    if len(context.shown) > 1 and not context.lines:
        return [WhichOne(tuple(shown.name for shown in context.shown[:3]))]
    if last is not None and (reading.refers or reading.count is not None) and item is None:
        extra = reading.count or 1
        return [ChangeItem(last, quantity=context.lines[last].quantity + extra)]
    if item is None:
        return []
    return [AddItems((ItemRequest(item.name, reading.count or 1, tuple(reading.options), ", ".join(reading.notes)),))]


def _meant(context: Context) -> MenuItem | None:
    return context.shown[0] if len(context.shown) == 1 else None


def _search(clause: Clause, reading: Reading, context: Context) -> list[Intent]:
    """Words that are no dish: a cuisine, a section, a tag, or a search by what was said."""
    if clause.kind is Kind.BARE:
        return asked(clause, context, is_bare=True)
    return asked(clause, context) if reading.unknown and len(reading.unknown) <= MOST_UNKNOWN_WORDS else []
