"""What a stretch of words names: dishes with options, or options without a dish."""

from __future__ import annotations

from dataclasses import dataclass, field

from phone_agent.ordering.menu import MenuItem
from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.understanding.context import Context


@dataclass
class Draft:
    """One dish while it is being read."""

    candidates: tuple[MenuItem, ...]
    words: str
    quantity: int = 1
    is_counted: bool = False
    is_definite: bool = False
    is_whole: bool = True
    is_reference: bool = False
    """By "it", "the second one": something that the agent named."""
    apart_of: Draft | None = None
    """The draft that this one is a part of: "three burgers, one with bacon"."""
    options: list[OptionRequest] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Reading:
    drafts: list[Draft] = field(default_factory=list)
    options: list[OptionRequest] = field(default_factory=list)
    """Said of no dish."""
    notes: list[str] = field(default_factory=list)
    count: int | None = None
    line: int | None = None
    """The line of the cart that the options are for: "on the pizza"."""
    restaurant: str = ""
    adds: bool = False
    """ "one more shot": so many beside those that are there."""
    refers: bool = False
    """"it", with nothing shown that it could mean."""
    unknown: list[str] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        return bool(self.options or self.notes)


def narrowed(draft: Draft, context: Context) -> tuple[MenuItem, ...]:
    """Of several dishes that fit the words, those shown last, else those of the cart's restaurant."""
    found = draft.candidates
    if len(found) < 2:
        return found
    shown = tuple(item for item in found if item in context.shown)
    if shown:
        return shown
    near = tuple(item for item in found if item.restaurant_id == context.restaurant_id)
    return near or found


def request_of(draft: Draft, context: Context, restaurant: str) -> ItemRequest:
    """The dish by its name where it is certain, else by the caller's words."""
    found = narrowed(draft, context)
    name = found[0].name if len(found) == 1 else draft.words
    if len(found) == 1 and not restaurant and _is_ambiguous_name(found[0], context):
        restaurant = context.menu.restaurant_of(found[0]).name
    note = ", ".join(dict.fromkeys(draft.notes))
    return ItemRequest(name, draft.quantity, tuple(dict.fromkeys(draft.options)), note, restaurant)


def _is_ambiguous_name(item: MenuItem, context: Context) -> bool:
    return sum(other.name == item.name for other in context.menu.items) > 1
