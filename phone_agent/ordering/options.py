"""Options of one dish: what was asked for, applied to what it comes with, within what its groups allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phone_agent.ordering.cart import Amount, ChosenModifier, Half, LineItem
from phone_agent.ordering.errors import OptionMissing, OptionUnknown, TooMany
from phone_agent.ordering.lists import either
from phone_agent.ordering.matching import match_modifier
from phone_agent.ordering.menu import MenuItem, Modifier, OptionGroup
from phone_agent.ordering.sentences import Sentence

LESS: frozenset[Amount] = frozenset({"no", "light"})


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

    Raises OptionUnknown, Ambiguous, TooMany.
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
        choices = _with(choices, ChosenModifier(group.id, modifier, amount), group)
    _refuse_too_many(item, choices)
    return tuple(choices), tuple(wishes)


def fill_defaults(item: MenuItem, chosen: Sequence[ChosenModifier]) -> tuple[ChosenModifier, ...]:
    """In the menu's order. Raises OptionMissing where a required choice has no default."""
    filled: list[ChosenModifier] = []
    for group in item.option_groups:
        mine = [choice for choice in chosen if choice.group_id == group.id]
        mine += [ChosenModifier(group.id, default) for default in _open_defaults(group, mine)]
        if sum(choice.amount != "no" for choice in mine) < group.least:
            raise OptionMissing(_question(item, group), item.id, group.id)
        order = {modifier.id: place for place, modifier in enumerate(group.modifiers)}
        filled += sorted(mine, key=lambda choice: order[choice.modifier.id])
    return tuple(filled)


def carried_over(line: LineItem, item: MenuItem) -> tuple[ChosenModifier, ...]:
    """The line's choices that another dish has under the same names: "medium" stays medium."""
    kept: list[ChosenModifier] = []
    titles = {group.id: group.title for group in line.item.option_groups}
    for choice in line.modifiers:
        if choice.goes_without_saying:
            continue
        for group in item.option_groups:
            same = next((m for m in group.modifiers if m.label == choice.modifier.label), None)
            if same is not None and group.title == titles[choice.group_id]:
                kept.append(ChosenModifier(group.id, same, choice.amount))
    return tuple(kept)


def _asked_for(item: MenuItem, request: OptionRequest) -> tuple[OptionGroup, Modifier, Amount]:
    """ "extra hot" may be a choice of its own, and "no spice" another name for mild."""
    if request.amount != "regular":
        whole = f"{request.amount} {request.name}".casefold()
        for group in item.option_groups:
            for modifier in group.modifiers:
                if whole in (name.casefold() for name in modifier.names):
                    return group, modifier, "regular"
    group, modifier = match_modifier(item, request.name)
    return group, modifier, request.amount


def _with(choices: list[ChosenModifier], choice: ChosenModifier, group: OptionGroup) -> list[ChosenModifier]:
    """In a group of one the last choice stands; leaving something out replaces nothing else."""
    kept = [other for other in choices if (other.group_id, other.modifier.id) != (group.id, choice.modifier.id)]
    if group.max == 1 and choice.amount != "no":
        kept = [other for other in kept if other.group_id != group.id or other.amount == "no"]
    return [*kept, choice]


def _open_defaults(group: OptionGroup, mine: Sequence[ChosenModifier]) -> list[Modifier]:
    """What the dish comes with and nobody spoke about; in a group of one any choice takes the default's place."""
    spoken_of = {choice.modifier.id for choice in mine}
    if group.max == 1 and any(choice.amount != "no" for choice in mine):
        return []
    return [default for default in group.defaults if default.id not in spoken_of]


def _refuse_too_many(item: MenuItem, choices: Sequence[ChosenModifier]) -> None:
    for group in item.option_groups:
        mine = [choice for choice in choices if choice.group_id == group.id]
        taken = sum(choice.amount != "no" for choice in mine) + len(_open_defaults(group, mine))
        if taken > group.max:
            labels = either([modifier.label for modifier in group.modifiers])
            raise TooMany(Sentence.OPTIONS_TOO_MANY.words(dish=item.name, limit=str(group.max), options=labels))


def _question(item: MenuItem, group: OptionGroup) -> str:
    labels = either([modifier.label for modifier in group.modifiers])
    if group.least > 1:
        return Sentence.OPTIONS_TOO_FEW.words(dish=item.name, count=str(group.least), options=labels)
    return Sentence.OPTION_QUESTION.words(dish=item.name, option_group=group.title.lower(), options=labels)
