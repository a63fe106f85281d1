"""Answers to the question that the agent asked last."""

from __future__ import annotations

from dataclasses import replace

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.menu import MenuItem, Modifier, OptionGroup
from phone_agent.ordering.selection import OpenQuestion, OptionRequest
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import AddItems, Choose, Intent
from phone_agent.understanding.phrase_index import command_at
from phone_agent.understanding.phrases import COMPLETE, Kind
from phone_agent.understanding.reader import read
from phone_agent.understanding.reading import Draft, narrowed, request_of
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
    named = _chosen_modifier(words, group)
    chosen = named or _modifier_described(words, group)
    if chosen is None or _is_command(words):
        return None
    asked = next((item for item in context.menu.items if item.name == question.request.item_name), None)
    lines = (LineItem("open", asked),) if asked is not None else ()
    reading = read(words, replace(context, lines=lines, last_line_id=None))
    if len(reading.drafts) > 1 or len(reading.unknown) > MOST_WORDS_BESIDE:
        return None
    if named is None and any(chosen.label not in {item.name for item in draft.candidates} for draft in reading.drafts):
        return None
    labels = {name for m in group.modifiers for name in m.names}
    beside = [draft for draft in reading.drafts if _is_another(draft, asked, labels)]
    own = [draft for draft in reading.drafts if draft not in beside]
    said = [*reading.options, *(option for draft in own for option in draft.options)]
    others = tuple(option for option in said if option.name not in labels)
    notes = [*reading.notes, *(note for draft in own for note in draft.notes)]
    choice = Choose(chosen.label, None, _unique(others), ", ".join(notes))
    for draft in beside:
        draft.options = [option for option in draft.options if option.name not in chosen.names]
    more = tuple(request_of(draft, context, reading.restaurant) for draft in beside)
    return (choice, AddItems(more)) if more else (choice,)


def _is_another(draft: Draft, asked: MenuItem | None, labels: set[str]) -> bool:
    """A dish that is neither the one that was asked about nor an answer to the question."""
    return draft.is_whole and asked not in draft.candidates and not labels & {item.name for item in draft.candidates}


def _is_command(words: Words) -> bool:
    found = command_at(words, 0)
    return found is not None and found[0] in COMPLETE


def _unique(options: tuple[OptionRequest, ...]) -> tuple[OptionRequest, ...]:
    return tuple(dict.fromkeys(options))


def _chosen_modifier(words: Words, group: OptionGroup) -> Modifier | None:
    """The longest name of one of the group's modifiers that was said; of equally long ones the first."""
    said = stems(words)
    found: list[tuple[int, int, Modifier]] = []
    for modifier in group.modifiers:
        for name in modifier.names:
            wanted = stems(content_of(words_in(name)))
            places = [at for at in range(len(said) - len(wanted) + 1) if said[at : at + len(wanted)] == wanted]
            found += [(-len(wanted), places[0], modifier)] if places else []
    return min(found, key=lambda one: one[:2])[2] if found else None


def _modifier_described(words: Words, group: OptionGroup) -> Modifier | None:
    """ "The classic one" of Classic Cheeseburger and Veggie Burger: by words that no other of them has."""
    said = set(stems(words))
    own = {m.id: {word for name in m.names for word in stems(content_of(words_in(name)))} for m in group.offered}
    found = [m for m in group.offered if said & own[m.id] - set().union(*(own[o] for o in own if o != m.id))]
    return found[0] if len(found) == 1 else None
