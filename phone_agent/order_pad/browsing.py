"""Where a caller is in a menu: sections first, then three dishes at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phone_agent.ordering.menu import Menu, MenuItem, Restaurant, Section
from phone_agent.ordering.wording import (
    DISHES_BY_EAR,
    RESTAURANTS_BY_EAR,
    Sentence,
    words_for_menu,
    words_for_more_restaurants,
    words_for_section,
    words_for_sections,
)

ALL = "all"


@dataclass(frozen=True)
class Found:
    """What was looked up, as a screen shows it: more than a voice would say."""

    query: str = ""
    dishes: tuple[MenuItem, ...] = ()
    places: tuple[Restaurant, ...] = ()
    menu_of: Restaurant | None = None
    sections: tuple[Section, ...] = ()
    """Of that restaurant."""


@dataclass(frozen=True)
class Page:
    """What is said, which dishes that names, and what a screen shows beside it."""

    words: str
    shown: tuple[MenuItem, ...] = ()
    found: Found | None = None


class Browsing:
    def __init__(self, menu: Menu) -> None:
        self._menu = menu
        self._place = ("", "")
        self._offset = 0

    def page(self, restaurant: str, section: str, nearby: Sequence[Restaurant]) -> Page:
        """The same place again gives the next dishes. `restaurant` and `section` are slugs or "all"."""
        if (restaurant, section) != self._place:
            self._place, self._offset = (restaurant, section), 0
        places = [r for r in self._menu.restaurants if r.slug == restaurant] or list(nearby)
        named = places[0] if restaurant != ALL or len(places) == 1 else None
        if section == ALL:
            if named is None:
                return Page(self._restaurants(nearby), found=Found(places=tuple(nearby)))
            return Page(words_for_sections(named), found=Found(menu_of=named, sections=named.sections))
        return self._dishes(named, [s for place in places for s in place.sections if s.slug == section])

    def _restaurants(self, places: Sequence[Restaurant]) -> str:
        at, self._offset = self._offset, self._offset + RESTAURANTS_BY_EAR
        if self._offset >= len(places):
            self._offset = 0
        return words_for_more_restaurants(places[at : at + RESTAURANTS_BY_EAR]) if at else words_for_menu(None, places)

    def _dishes(self, named: Restaurant | None, sections: Sequence[Section]) -> Page:
        if not sections:
            return Page(words_for_sections(named) if named else Sentence.SECTION_NOWHERE.words())
        items = [item for section in sections for item in section.items if item.is_available]
        page = tuple(items[self._offset : self._offset + DISHES_BY_EAR])
        if not page:
            self._offset = 0
            return Page(Sentence.NO_MORE.words())
        self._offset += len(page)
        words = words_for_section(sections[0], page, has_more=self._offset < len(items))
        whole = Found(menu_of=named, sections=tuple(sections)) if named else Found(sections[0].title, tuple(items))
        return Page(words, page, whole)


def menu_for(menu: Menu, dialled_number: str | None, slug: str | None = None) -> Menu:
    """Of the one restaurant whose number was dialled, or whose page it is; any other number is the food court's."""
    dialled = tuple(place for place in menu.active if dialled_number in place.numbers or place.slug == slug)
    return Menu(dialled) if dialled else menu


def restaurants_near(menu: Menu, city: str | None) -> tuple[Restaurant, ...]:
    """All where the city is not known, or has none."""
    near = tuple(place for place in menu.active if city and place.city.casefold() == city.casefold())
    return near or menu.active
