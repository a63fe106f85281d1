"""Changes that code takes with no model: one line taken out, counted anew or given one choice, and pickup."""

from __future__ import annotations

from collections.abc import Iterable

from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import ChangeItem, Intent, RemoveItem
from phone_agent.understanding.term_intents import HandOver
from phone_agent.understanding.tokens import Words, content_of, stems, word_set, words_in


def around(words: Iterable[str]) -> frozenset[str]:
    """What may stand around what is meant, as it is compared."""
    return frozenset(stems(tuple(words)))


POLITE = word_set("can could would you please i we want to like okay the a an my")
AROUND_REMOVAL = around(POLITE | word_set("remove delete drop take off out from order cart"))
NUMBERS = word_set("one two three four five six seven eight nine ten twelve 1 2 3 4 5 6 7 8 9 10 12")
AROUND_COUNT = around(POLITE | word_set("make change that it those") | NUMBERS)
AROUND_CHOICE = around(POLITE | word_set("with and it that make have"))
AROUND_PICKUP = around(POLITE | word_set("will for it up pick picking pickup myself order get come by"))
PICKUP = HandOver(kind="pickup")


def is_certain_change(intent: Intent, utterance: str, context: Context) -> bool:
    """Every word is accounted for, and there is one line only that can be meant."""
    said = stems(content_of(words_in(utterance)))
    match intent:
        case RemoveItem(line):
            return _is_plain_removal(line, said, context)
        case ChangeItem(line, None, int(), None, None, None):
            has_one_number = sum(word in NUMBERS for word in said) == 1
            return has_one_number and line == _changed_last(context) and AROUND_COUNT.issuperset(said)
        case ChangeItem(line, None, None, (option,), None, None):
            is_plain = option.name and option.amount == "regular" and line == _changed_last(context)
            return bool(is_plain) and _names_once(said, [option.name], AROUND_CHOICE)
        case HandOver():
            return intent == PICKUP and AROUND_PICKUP.issuperset(said)
    return False


def _is_plain_removal(line: int, said: Words, context: Context) -> bool:
    """Of several of one dish it would be open how many."""
    meant = context.lines[line]
    alike = [other for other in context.lines if other.item.name == meant.item.name]
    return len(alike) == 1 and meant.quantity == 1 and _names_once(said, meant.item.names, AROUND_REMOVAL)


def _changed_last(context: Context) -> int | None:
    return context.last_line if context.last_line_id is not None else None


def _names_once(said: Words, names: Iterable[str], beside: frozenset[str]) -> bool:
    """One of the names as a whole, once, and nothing else but the words around it."""
    for name in sorted({stems(words_in(name)) for name in names}, key=len, reverse=True):
        starts = [at for at in range(len(said)) if name and said[at : at + len(name)] == name]
        if starts:
            rest = said[: starts[0]] + said[starts[0] + len(name) :]
            return len(starts) == 1 and beside.issuperset(rest)
    return False
