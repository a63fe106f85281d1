"""Clauses that ask for dishes."""

from __future__ import annotations

from dataclasses import replace

from phone_agent.ordering.menu import MenuItem
from phone_agent.ordering.selection import ItemRequest
from phone_agent.understanding.changes import corrections, options_for, removals
from phone_agent.understanding.clauses import Clause
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import AddItems, ChangeItem, FindFood, Intent, Keep, WhichOne
from phone_agent.understanding.leftovers import leftovers_of
from phone_agent.understanding.numbers import count_at, number_at
from phone_agent.understanding.phrases import Kind
from phone_agent.understanding.questions import asked
from phone_agent.understanding.reader import read
from phone_agent.understanding.reading import Draft, Reading, narrowed, request_of
from phone_agent.understanding.synonyms import PLACES
from phone_agent.understanding.tokens import stems, words_in

MOST_UNKNOWN_WORDS = 4
VAGUE = frozenset(("something", "anything"))
MORE = frozenset(("another", "more", "same", "again"))
OFF = frozenset(("off", "out", "away", "back"))
ASKING = frozenset(("will", "would", "is", "are", "does", "do", "did", "what", "which"))
"""First words of a question; "how", "when" and "where" are unknown to the reader of dishes anyway."""
INSTEAD = (("instead", "of"), ("rather", "than"))


def additions(clause: Clause, context: Context) -> list[Intent]:
    """ "I'd like …", "add …", or only the dishes."""
    if any(clause.words[at : at + 2] in INSTEAD for at in range(1, len(clause.words))) and context.lines:
        return corrections(clause, context)
    if VAGUE & set(clause.words):
        return asked(clause, context)
    if clause.phrase == ("take",) and OFF & set(clause.words):
        return removals(clause, context)
    reading = read(clause.words, context)
    if reading.drafts:
        return _requests(clause, reading, context)
    if set(reading.unknown) - MORE or _asks(clause):
        return _search(clause, reading, context)
    return _about_known(clause, replace(reading, refers=reading.refers or "same" in reading.unknown), context)


def _about_known(clause: Clause, reading: Reading, context: Context) -> list[Intent]:
    """Only "it", numbers and choices were said."""
    if reading.refers and reading.has_changes and context.lines:
        return options_for(replace(reading, count=None), context)
    if reading.refers or (not clause.words and not reading.has_changes):
        return _more_of_last(clause, reading, context)
    if reading.has_changes:
        return options_for(reading, context)
    if reading.count is not None:
        return _more_of_last(clause, reading, context)
    return _search(clause, reading, context)


def _asks(clause: Clause) -> bool:
    return clause.kind is Kind.BARE and clause.words[:1] != () and clause.words[0] in ASKING


def _requests(clause: Clause, reading: Reading, context: Context) -> list[Intent]:
    unclear = [draft for draft in reading.drafts if draft.is_reference and len(narrowed(draft, context)) > 1]
    if unclear:
        return [WhichOne(tuple(item.name for item in narrowed(unclear[0], context)[:3]))]
    if _is_search(clause, reading, context):
        return asked(clause, context) if _is_question(clause) else [FindFood(_words_of(reading.drafts[0], reading))]
    leftovers = leftovers_of(clause.words, reading, context)
    for draft, option in leftovers.options:
        reading.drafts[draft].options.append(option)
    requests = tuple(request_of(draft, context, reading.restaurant) for draft in reading.drafts)
    return [AddItems((*requests, *leftovers.dishes))]


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
    return clause.kind in (Kind.WANT, Kind.BARE) and not _is_certain(draft, context)


def _is_certain(draft: Draft, context: Context) -> bool:
    """One dish, by its name, by the last word of it, or out of those shown."""
    found = narrowed(draft, context)
    if len(found) > 1:
        return False
    heads = {stems(words_in(name))[-1] for name in found[0].names}
    return draft.is_whole or found[0] in context.shown or stems(tuple(draft.words.split()))[-1] in heads


def _more_of_last(clause: Clause, reading: Reading, context: Context) -> list[Intent]:
    """ "add it" with one dish shown, "one more", "another one"; "I'll take it" of what is ordered adds nothing."""
    if any(word == "for" and number_at(clause.words, at + 1) for at, word in enumerate(clause.words)):
        return []
    item = _meant(context)
    is_more = reading.count is not None or bool(MORE & set(clause.words)) or clause.kind is Kind.ADD
    if not is_more and context.last_line is not None and item in (None, context.lines[context.last_line].item):
        return [Keep()] if clause.words else []
    last = context.last_line
    if len(context.shown) > 1 and not context.lines:
        return [WhichOne(tuple(shown.name for shown in context.shown[:3]))]
    if last is not None and (reading.refers or reading.count is not None) and item is None:
        before = context.lines[last].quantity if reading.count is None or MORE & set(clause.words) else 0
        return [ChangeItem(last, quantity=before + (reading.count or 1))]
    if item is None:
        return []
    return [AddItems((ItemRequest(item.name, reading.count or 1, tuple(reading.options), ", ".join(reading.notes)),))]


def _meant(context: Context) -> MenuItem | None:
    return context.shown[0] if len(context.shown) == 1 else None


def _search(clause: Clause, reading: Reading, context: Context) -> list[Intent]:
    """Words that are no dish: a cuisine, a section, a tag, or a search by what was said."""
    if clause.kind is Kind.BARE:
        return asked(clause, context, is_bare=True) or _named(clause, reading)
    return asked(clause, context) if reading.unknown and len(reading.unknown) <= MOST_UNKNOWN_WORDS else []


def _named(clause: Clause, reading: Reading) -> list[Intent]:
    """ "a tuna melt": no dish of the menu, but spoken of as one."""
    is_thing = count_at(clause.words, 0) is not None and 0 < len(reading.unknown) <= MOST_UNKNOWN_WORDS
    return [FindFood(" ".join(reading.unknown))] if is_thing else []
