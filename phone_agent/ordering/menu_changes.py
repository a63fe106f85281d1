"""What one menu has that another one had not: said to whoever imports a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Literal

from phone_agent.ordering.menu import Menu, MenuItem, OptionGroup, Restaurant
from phone_agent.ordering.menu_adoption import vanishing

Kind = Literal["added", "removed", "repriced", "changed"]


@dataclass(frozen=True)
class MenuChange:
    kind: Kind
    what: str
    """ "Lotus Garden: Pad Thai"."""
    was_cents: int | None = None
    is_cents: int | None = None
    fields: tuple[str, ...] = ()
    """What is different, where it is not the price."""


def changes_between(old: Menu, new: Menu) -> tuple[MenuChange, ...]:
    """`old` as it is stored, with what has left the menu and is kept as unavailable."""
    was = {place.id: place for place in old.restaurants}
    changes = [MenuChange("removed", place.name) for place in vanishing(new, old)]
    for place in new.restaurants:
        before = was.get(place.id)
        changes += [MenuChange("added", place.name)] if before is None else _of_restaurant(before, place)
    return tuple(changes)


def _of_restaurant(old: Restaurant, new: Restaurant) -> Iterator[MenuChange]:
    different = _differences(replace(old, sections=(), version=new.version), replace(new, sections=()))
    if [replace(s, items=()) for s in old.sections] != [replace(s, items=()) for s in new.sections]:
        different = (*different, "sections")
    if different:
        yield MenuChange("changed", new.name, fields=different)
    was, now = {item.id: item for item in old.items}, {item.id: item for item in new.items}
    for item in old.items:
        if item.id not in now and (item.is_available or item.is_sold_out):
            yield MenuChange("removed", f"{new.name}: {item.name}")
    for item in new.items:
        before = was.get(item.id)
        if before is None:
            yield MenuChange("added", f"{new.name}: {item.name}", is_cents=item.price_cents)
        else:
            yield from _of_item(f"{new.name}: {item.name}", before, item)


def _of_item(what: str, old: MenuItem, new: MenuItem) -> Iterator[MenuChange]:
    """A mark of the staff outlives the import, so it is no change."""
    if old.price_cents != new.price_cents:
        yield MenuChange("repriced", what, old.price_cents, new.price_cents)
    was = {modifier.id: modifier for group in old.option_groups for modifier in group.modifiers}
    for modifier in (modifier for group in new.option_groups for modifier in group.modifiers):
        before = was.get(modifier.id)
        if before is not None and before.price_cents != modifier.price_cents:
            yield MenuChange("repriced", f"{what}, {modifier.label}", before.price_cents, modifier.price_cents)
    same = replace(old, is_available=new.is_available) if old.is_sold_out else old
    different = _differences(_without_prices(same), _without_prices(new))
    if different:
        yield MenuChange("changed", what, fields=different)


def _differences(old: object, new: object) -> tuple[str, ...]:
    names = (field.name for field in fields(old))  # type: ignore[arg-type]
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _without_prices(item: MenuItem) -> MenuItem:
    groups = tuple(_group_without_prices(group) for group in item.option_groups)
    return replace(item, price_cents=0, option_groups=groups, is_sold_out=False, sold_out_until=None)


def _group_without_prices(group: OptionGroup) -> OptionGroup:
    """A part of a combo is what its dish is, whose own change is told."""
    plain = (replace(modifier, price_cents=0) for modifier in group.modifiers)
    modifiers = (replace(m, label="", aliases=(), is_available=True) if m.item_id else m for m in plain)
    return replace(group, modifiers=tuple(modifiers))
