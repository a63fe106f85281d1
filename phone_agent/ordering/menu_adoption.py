"""Which stored rows a menu file means: its own by their keys, those of other channels by their slugs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from phone_agent.ordering.menu import Menu, MenuItem, OptionGroup, Restaurant, Section
from phone_agent.ordering.menu_fields import id_of

Keys = Mapping[str, str]


def adopting(new: Menu, stored: Menu) -> Menu:
    """The new menu, with the keys of stored restaurants, sections and dishes of the same slugs."""
    there = {place.slug: place for place in stored.restaurants if place.slug}
    keys = dict(pair for place in new.restaurants if place.slug in there for pair in _keys(place, there[place.slug]))
    changed = {key: kept for key, kept in keys.items() if key != kept}
    return Menu(tuple(_restaurant(place, changed) for place in new.restaurants)) if changed else new


def made_by_imports(stored: Menu) -> tuple[Restaurant, ...]:
    """Restaurants of other channels have keys that are not made of slugs."""
    return tuple(place for place in stored.restaurants if place.id == id_of(place.slug))


def vanishing(new: Menu, stored: Menu) -> tuple[Restaurant, ...]:
    """Restaurants that an import would take off the menu as a whole."""
    kept = {place.id for place in new.restaurants}
    return tuple(place for place in made_by_imports(stored) if place.is_active and place.id not in kept)


def _keys(new: Restaurant, old: Restaurant) -> Iterator[tuple[str, str]]:
    yield new.id, old.id
    sections = {section.slug: section.id for section in old.sections if section.slug}
    yield from ((section.id, sections[section.slug]) for section in new.sections if section.slug in sections)
    items = {item.slug: item.id for item in old.items if item.slug}
    yield from ((item.id, items[item.slug]) for item in new.items if item.slug in items)


def _restaurant(place: Restaurant, keys: Keys) -> Restaurant:
    sections = tuple(_section(section, keys) for section in place.sections)
    return replace(place, id=keys.get(place.id, place.id), sections=sections)


def _section(section: Section, keys: Keys) -> Section:
    return replace(section, id=keys.get(section.id, section.id), items=tuple(_item(i, keys) for i in section.items))


def _item(item: MenuItem, keys: Keys) -> MenuItem:
    return replace(
        item,
        id=keys.get(item.id, item.id),
        restaurant_id=keys.get(item.restaurant_id, item.restaurant_id),
        section_id=keys.get(item.section_id, item.section_id),
        option_groups=tuple(_group(group, keys) for group in item.option_groups),
    )


def _group(group: OptionGroup, keys: Keys) -> OptionGroup:
    """A part of a combo names its dish."""
    modifiers = (replace(part, item_id=keys.get(part.item_id, part.item_id)) for part in group.modifiers)
    return replace(group, modifiers=tuple(modifiers))
