"""Options of one dish: what was asked for, applied to what it comes with, within what its groups allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from phone_agent.ordering.cart import Amount, ChosenModifier, Half, LineItem
from phone_agent.ordering.errors import Ambiguous, OptionMissing, OptionUnknown, SoldOut, TooMany
from phone_agent.ordering.lists import either
from phone_agent.ordering.matching import match_modifier
from phone_agent.ordering.menu import MenuItem, Modifier, OptionGroup
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.text import key_words

LESS: frozenset[Amount] = frozenset({"no", "light"})
HALVES: tuple[Half, ...] = get_args(Half)
LEAST_MOST = 2
"""Anything can be had "double", so two of it are never too many."""


@dataclass(frozen=True)
class OptionRequest:
    name: str
    amount: Amount = "regular"
    count: int | None = None
    """None: no number was said."""
    half: Half | None = None
    """None: on the whole dish."""


def apply_options(
    item: MenuItem, chosen: Sequence[ChosenModifier], requests: Sequence[OptionRequest]
) -> tuple[tuple[ChosenModifier, ...], tuple[str, ...]]:
    """The choices after the requests, and wishes for the kitchen: "no onions" where the dish has no such option.

    Raises OptionUnknown, Ambiguous, TooMany, SoldOut.
    """
    choices = list(chosen)
    wishes: list[str] = []
    for request in requests:
        try:
            group, modifier, amount = _asked_for(item, request)
        except OptionUnknown:
            if request.amount not in LESS:
                raise
            wishes.append(f"{request.amount} {request.name}")
            continue
        choices = _with(choices, _choice(item, group, modifier, replace(request, amount=amount)), group)
    _refuse_too_many(item, choices)
    return tuple(choices), tuple(wishes)


def fill_defaults(item: MenuItem, chosen: Sequence[ChosenModifier]) -> tuple[ChosenModifier, ...]:
    """In the menu's order. Raises OptionMissing where a required choice has no default."""
    filled: list[ChosenModifier] = []
    for group in item.option_groups:
        mine = [choice for choice in chosen if choice.group_id == group.id]
        mine += [ChosenModifier(group.id, default) for default in _open_defaults(group, mine)]
        if any(_taken(mine, half) < group.least for half in HALVES):
            raise OptionMissing(_question(item, group), item.id, group.id)
        order = {modifier.id: place for place, modifier in enumerate(group.modifiers)}
        filled += sorted(mine, key=lambda choice: (order[choice.modifier.id], choice.half or ""))
    return tuple(filled)


def carried_over(line: LineItem, item: MenuItem) -> tuple[ChosenModifier, ...]:
    """The line's choices that another dish has under the same names: "medium" stays medium."""
    kept: list[ChosenModifier] = []
    titles = {group.id: group.title for group in line.item.option_groups}
    for choice in line.modifiers:
        if choice.goes_without_saying:
            continue
        for group in item.option_groups:
            same = next((m for m in group.offered if m.label == choice.modifier.label), None)
            if same is not None and group.title == titles[choice.group_id]:
                kept.append(_fitting(replace(choice, group_id=group.id, modifier=same), group))
    return tuple(kept)


def _fitting(choice: ChosenModifier, group: OptionGroup) -> ChosenModifier:
    half = choice.half if group.has_halves else None
    return replace(choice, half=half, count=min(choice.count, choice.modifier.most))


def _asked_for(item: MenuItem, request: OptionRequest) -> tuple[OptionGroup, Modifier, Amount]:
    """ "extra hot" may be a choice of its own, and "no spice" another name for mild."""
    if request.amount != "regular":
        whole = key_words(f"{request.amount} {request.name}")
        for group in item.option_groups:
            for modifier in group.modifiers:
                if whole in (key_words(name) for name in modifier.names):
                    return group, modifier, "regular"
    try:
        group, modifier = match_modifier(item, request.name)
    except (Ambiguous, OptionUnknown):
        _ask_where_a_group_is_named(item, request)
        raise
    return group, modifier, request.amount


def _ask_where_a_group_is_named(item: MenuItem, request: OptionRequest) -> None:
    """ "With a drizzle" does not say which one. Raises OptionMissing."""
    said = key_words(request.name)
    for group in item.option_groups:
        if request.amount != "no" and said in (key_words(name) for name in (group.title, *group.aliases)):
            raise OptionMissing(_question(item, group), item.id, group.id)


def _choice(item: MenuItem, group: OptionGroup, modifier: Modifier, request: OptionRequest) -> ChosenModifier:
    """Raises SoldOut, TooMany, OptionUnknown."""
    amount, count = request.amount, 1 if request.count is None else request.count
    if group.role == "size":
        if count == 0 or amount == "no":
            raise OptionUnknown(_question(item, group))
        amount, count = "regular", 1
    if count == 0 or amount == "no":
        amount, count = "no", 1
    elif not modifier.is_available:
        raise SoldOut(_words_for_instead(modifier, group))
    if count > max(modifier.most, LEAST_MOST):
        raise TooMany(Sentence.OPTION_TOO_OFTEN.words(choice=modifier.label, limit=str(max(modifier.most, LEAST_MOST))))
    if count > modifier.most:
        amount, count = "double", 1
    if request.half is not None and not group.has_halves:
        raise OptionUnknown(Sentence.OPTION_NOT_HALVED.words(choice=modifier.label, dish=item.name))
    return ChosenModifier(group.id, modifier, amount, count, request.half)


def _words_for_instead(modifier: Modifier, group: OptionGroup) -> str:
    others = [other.label for other in group.offered]
    if not others:
        return Sentence.OPTION_SOLD_OUT_ALONE.words(choice=modifier.label)
    return Sentence.OPTION_SOLD_OUT.words(choice=modifier.label, options=either(others))


def _with(choices: list[ChosenModifier], choice: ChosenModifier, group: OptionGroup) -> list[ChosenModifier]:
    """In a group of one the last choice stands; leaving something out replaces nothing else."""

    def is_replaced(other: ChosenModifier) -> bool:
        if other.group_id != group.id or not _overlap(other, choice):
            return False
        is_only_one = group.max == 1 and "no" not in (choice.amount, other.amount)
        return is_only_one or other.modifier.id == choice.modifier.id

    kept = [other for other in choices if not is_replaced(other)]
    twin = next((other for other in kept if choice.half and replace(other, half=choice.half) == choice), None)
    if twin is not None:
        return [replace(choice, half=None) if other is twin else other for other in kept]
    return [*kept, choice]


def _overlap(one: ChosenModifier, other: ChosenModifier) -> bool:
    return one.half is None or other.half is None or one.half == other.half


def _open_defaults(group: OptionGroup, mine: Sequence[ChosenModifier]) -> list[Modifier]:
    """What the dish comes with and nobody spoke about; in a group of one any choice takes the default's place."""
    spoken_of = {choice.modifier.id for choice in mine}
    if group.max == 1 and any(choice.amount != "no" for choice in mine):
        return []
    return [default for default in group.defaults if default.id not in spoken_of]


def _taken(choices: Sequence[ChosenModifier], half: Half) -> int:
    """How many choices lie on that half; a choice counts once, however many pieces it is."""
    return sum(choice.amount != "no" and choice.half in (None, half) for choice in choices)


def _refuse_too_many(item: MenuItem, choices: Sequence[ChosenModifier]) -> None:
    for group in item.option_groups:
        mine = [choice for choice in choices if choice.group_id == group.id]
        if max(_taken(mine, half) for half in HALVES) + len(_open_defaults(group, mine)) > group.max:
            labels = either([modifier.label for modifier in group.offered])
            raise TooMany(Sentence.OPTIONS_TOO_MANY.words(dish=item.name, limit=str(group.max), options=labels))


def _question(item: MenuItem, group: OptionGroup) -> str:
    labels = either([modifier.label for modifier in group.offered])
    if group.least > 1:
        return Sentence.OPTIONS_TOO_FEW.words(dish=item.name, count=str(group.least), options=labels)
    return Sentence.OPTION_QUESTION.words(dish=item.name, option_group=group.title.lower(), options=labels)
