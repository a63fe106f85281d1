"""The names that a menu's restaurants have in other languages."""

from __future__ import annotations

from collections.abc import Iterator

from phone_agent.ordering.menu import Menu, Restaurant


def names_in(menu: Menu, code: str) -> dict[str, str]:
    """The kitchen's names → those of that language; also as they stand inside a sentence, in small letters."""
    own = [pair for place in menu.restaurants for pair in place.names_in(code)]
    return {**{name.lower(): translated.lower() for name, translated in own}, **dict(own)}


def speaks(menu: Menu, code: str) -> bool:
    return any(place.names_in(code) for place in menu.restaurants)


def names_of(place: Restaurant) -> Iterator[str]:
    """What a restaurant may translate."""
    yield from (place.name, place.cuisine, *place.dietary_tags, *(part.name for part in place.hours.day_parts))
    for section in place.sections:
        yield section.title
        for item in section.items:
            yield from (item.name, *item.dietary_tags, *item.allergens)
            for group in item.option_groups:
                yield from (group.title, *(modifier.label for modifier in group.modifiers))
