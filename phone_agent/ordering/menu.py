"""The menu: restaurants, sections, menu items, option groups and modifiers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Role = Literal["size", "other"]


@dataclass(frozen=True)
class Modifier:
    id: str
    """The store's key."""
    slug: str
    """The id in the menu file, unique in its group."""
    label: str
    price_cents: int = 0
    """Added to the item's price, once per piece."""
    is_default: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)


@dataclass(frozen=True)
class OptionGroup:
    id: str
    slug: str
    title: str
    modifiers: tuple[Modifier, ...]
    required: bool = False
    min: int = 0
    max: int = 1
    role: Role = "other"

    @property
    def least(self) -> int:
        """How many must be chosen."""
        return max(self.min, int(self.required))

    @property
    def defaults(self) -> tuple[Modifier, ...]:
        return tuple(modifier for modifier in self.modifiers if modifier.is_default)


@dataclass(frozen=True)
class MenuItem:
    id: str
    slug: str
    name: str
    price_cents: int
    restaurant_id: str
    section_id: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    option_groups: tuple[OptionGroup, ...] = ()
    dietary_tags: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    is_available: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Section:
    id: str
    slug: str
    title: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True)
class Restaurant:
    id: str
    slug: str
    name: str
    cuisine: str
    """As people say it: "Thai", "seafood"."""
    cuisine_group: str
    sections: tuple[Section, ...]
    tax_rate_basis_points: int
    """650 is 6.5 %."""
    timezone: str
    eta_minutes: int
    city: str
    state: str
    address: str = ""
    phone: str = ""
    aliases: tuple[str, ...] = ()
    dietary_tags: tuple[str, ...] = ()
    standout_dish: str = ""
    is_active: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    @property
    def items(self) -> tuple[MenuItem, ...]:
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True)
class Menu:
    restaurants: tuple[Restaurant, ...]

    @property
    def items(self) -> tuple[MenuItem, ...]:
        return tuple(self._items.values())

    def item(self, item_id: str) -> MenuItem:
        return self._items[item_id]

    def restaurant(self, restaurant_id: str) -> Restaurant:
        return self._restaurants[restaurant_id]

    def restaurant_of(self, item: MenuItem) -> Restaurant:
        return self._restaurants[item.restaurant_id]

    def section_of(self, item: MenuItem) -> Section:
        sections = self.restaurant_of(item).sections
        return next(section for section in sections if section.id == item.section_id)

    @cached_property
    def _items(self) -> dict[str, MenuItem]:
        return {item.id: item for restaurant in self.restaurants for item in restaurant.items}

    @cached_property
    def _restaurants(self) -> dict[str, Restaurant]:
        return {restaurant.id: restaurant for restaurant in self.restaurants}
