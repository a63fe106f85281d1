"""What the clauses of one utterance mean together."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.understanding.changes import corrections
from phone_agent.understanding.clauses import Clause
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import (
    AddItems,
    AskDiet,
    Checkout,
    Confirm,
    Decline,
    FindFood,
    Goodbye,
    Greeting,
    Help,
    Intent,
    Keep,
    More,
    Pause,
    ShowMenu,
    Thanks,
    Unclear,
)  # fmt: skip
from phone_agent.understanding.phrases import Kind
from phone_agent.understanding.synonyms import FREE_OF
from phone_agent.understanding.term_intents import TellAllergy
from phone_agent.understanding.tokens import stems

Found = tuple[Clause, list[Intent]]
SMALL_TALK = (Keep, Confirm, Decline, Thanks, Greeting, Pause, Unclear, Help)
"""Said beside a wish, these say nothing more."""


def combined(found: Sequence[Found], context: Context) -> tuple[Intent, ...]:
    intents = _corrected(found, context)
    if not intents:
        return (Unclear(),)
    if _is_yes_checkout(intents, context):
        return (Confirm(),)
    wishes: list[Intent] = [intent for intent in intents if not isinstance(intent, SMALL_TALK)]
    if not wishes:
        return (_weightiest(intents),)
    if len(wishes) > 1:
        wishes = [wish for wish in wishes if not isinstance(wish, Goodbye | More)] or wishes
    wishes = with_diet(wishes)
    if any(isinstance(wish, AskDiet) for wish in wishes):
        wishes = [wish for wish in wishes if not isinstance(wish, ShowMenu) or wish.section]
    return tuple(dict.fromkeys(_merged(wishes)))


def with_diet(wishes: Sequence[Intent]) -> list[Intent]:
    """ "I'm allergic to nuts, what can I have": not the whole menu."""
    told = (word for wish in wishes if isinstance(wish, TellAllergy) for word in stems(wish.words.split()))
    free = next((FREE_OF[word] for word in told if word in FREE_OF), None)
    if free is None:
        return list(wishes)
    return [AskDiet(free) if isinstance(wish, ShowMenu) and not wish.section else wish for wish in wishes]


def _corrected(found: Sequence[Found], context: Context) -> list[Intent]:
    """ "no, the green one" puts another dish in the place of the last one."""
    intents: list[Intent] = []
    for position, (clause, own) in enumerate(found):
        before = found[position - 1][0].kind if position else None
        is_named = any(isinstance(intent, AddItems | FindFood) for intent in own)
        if before is Kind.NO and clause.kind in (Kind.BARE, Kind.WANT) and is_named and _corrects(clause, context):
            intents.extend(corrections(clause, context) or own)
        else:
            intents.extend(own)
    return intents


def _corrects(clause: Clause, context: Context) -> bool:
    """Only what is spoken of as known ("the green one", "two"), not a new wish ("no, I'd like a salad")."""
    return context.last_line is not None and not context.quote_is_open and clause.kind is Kind.BARE


def _is_yes_checkout(intents: Sequence[Intent], context: Context) -> bool:
    kinds = {type(intent) for intent in intents}
    return context.quote_is_open and Confirm in kinds and kinds <= {Confirm, Checkout, Thanks}


def _weightiest(intents: Sequence[Intent]) -> Intent:
    """A no outweighs a yes: an order is never placed on "yes, no, wait"."""
    for kind in (Keep, Decline, Confirm, Help, Pause, Thanks, Greeting, Unclear):
        for intent in intents:
            if isinstance(intent, kind):
                return intent
    return Unclear()


def _merged(wishes: Sequence[Intent]) -> list[Intent]:
    """All dishes of an utterance in one AddItems."""
    merged: list[Intent] = []
    for wish in wishes:
        if isinstance(wish, AddItems) and merged and isinstance(merged[-1], AddItems):
            merged[-1] = AddItems(merged[-1].items + wish.items)
        else:
            merged.append(wish)
    return merged
