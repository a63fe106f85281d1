"""Answers to the question that the agent asked last."""

from __future__ import annotations

from dataclasses import replace

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.menu import MenuItem, Modifier, OptionGroup
from phone_agent.ordering.selection import OpenQuestion, OptionRequest
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import Choose, Intent
from phone_agent.understanding.phrase_index import command_at
from phone_agent.understanding.phrases import COMPLETE, Kind
from phone_agent.understanding.reader import read
from phone_agent.understanding.reading import Draft, narrowed
from phone_agent.understanding.references import ordinal_at
from phone_agent.understanding.tokens import Words, content_of, stems, words_in

MOST_WORDS_BESIDE = 2
OPENINGS = (Kind.WANT, Kind.ADD, Kind.MAKE, Kind.MEANT, Kind.YES)


def answer_of(words: Words, context: Context) -> tuple[Intent, ...] | None:
    """The answer, or None where the words are no answer to the open question."""
    question = context.open_question
    if question is None:
        return None
    said = _without_opening(words)
    if not said:
        return None
    if question.group_id is not None:
        return _option_answer(said, question, context)
    return _dish_answer(said, question, context)


def _without_opening(words: Words) -> Words:
    found = command_at(words, 0)
    if found is None or found[0] not in OPENINGS:
        return words
    return _without_opening(words[found[1] :]) if found[1] < len(words) else ()


def _by_ordinal(words: Words, question: OpenQuestion) -> str | None:
    found = ordinal_at(words, 0)
    if found is None or not -1 <= found[0] < len(question.candidates) or found[1] != len(words):
        return None
    return question.candidates[found[0]]


def _dish_answer(words: Words, question: OpenQuestion, context: Context) -> tuple[Intent, ...] | None:
    ordinal = _by_ordinal(words, question)
    if ordinal is not None:
        return (Choose(ordinal),)
    offered = {item.name: item for item in context.menu.items if item.name in question.candidates}
    reading = read(words, replace(context, shown=tuple(offered.values())))
    if len(reading.drafts) == 1 and not reading.unknown:
        return _chosen_dish(reading.drafts[0], offered, context)
    if not reading.drafts:
        return _by_description(words, question)
    return None


def _chosen_dish(draft: Draft, offered: dict[str, MenuItem], context: Context) -> tuple[Intent, ...] | None:
    found = [item for item in narrowed(draft, replace(context, shown=tuple(offered.values()))) if item.name in offered]
    if len(found) != 1:
        return None
    quantity = draft.quantity if draft.is_counted else None
    return (Choose(found[0].name, quantity, tuple(draft.options), ", ".join(draft.notes)),)


def _by_description(words: Words, question: OpenQuestion) -> tuple[Intent, ...] | None:
    """Words that only one of the candidates has: "chocolate"."""
    wanted = {word for word in stems(words) if word not in ("the", "one", "a", "with", "please")}
    fitting = [name for name in question.candidates if wanted and wanted <= set(stems(content_of(words_in(name))))]
    return (Choose(fitting[0]),) if len(fitting) == 1 else None


def _option_answer(words: Words, question: OpenQuestion, context: Context) -> tuple[Intent, ...] | None:
    group = next((g for i in context.menu.items for g in i.option_groups if g.id == question.group_id), None)
    ordinal = _by_ordinal(words, question)
    if ordinal is not None or group is None:
        return (Choose(ordinal),) if ordinal is not None else _by_description(words, question)
    chosen = _chosen_modifier(words, group)
    if chosen is None or _is_command(words):
        return None
    asked = next((item for item in context.menu.items if item.name == question.request.item_name), None)
    lines = (LineItem("open", asked),) if asked is not None else ()
    reading = read(words, replace(context, lines=lines, last_line_id=None))
    if len(reading.drafts) > 1 or len(reading.unknown) > MOST_WORDS_BESIDE:
        return None
    said = [*reading.options, *(option for draft in reading.drafts for option in draft.options)]
    others = tuple(option for option in said if option.name not in {name for m in group.modifiers for name in m.names})
    notes = [*reading.notes, *(note for draft in reading.drafts for note in draft.notes)]
    return (Choose(chosen.label, None, _unique(others), ", ".join(notes)),)


def _is_command(words: Words) -> bool:
    found = command_at(words, 0)
    return found is not None and found[0] in COMPLETE


def _unique(options: tuple[OptionRequest, ...]) -> tuple[OptionRequest, ...]:
    return tuple(dict.fromkeys(options))


def _chosen_modifier(words: Words, group: OptionGroup) -> Modifier | None:
    """The longest name of one of the group's modifiers that was said."""
    best: tuple[int, Modifier] | None = None
    for modifier in group.modifiers:
        for name in modifier.names:
            wanted = stems(content_of(words_in(name)))
            if _contains(stems(words), wanted) and (best is None or len(wanted) > best[0]):
                best = (len(wanted), modifier)
    return best[1] if best is not None else None


def _contains(words: Words, wanted: Words) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
