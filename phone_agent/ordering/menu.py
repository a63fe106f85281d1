"""The menu: restaurants, sections, menu items, option groups and modifiers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from phone_agent.ordering.hours import ALWAYS_OPEN, Hours
from phone_agent.ordering.terms import Capacity, Coupon, DeliveryTerms

Role = Literal["size", "part", "other"]
"""A part of a combo is a group whose modifiers stand for dishes: "a drink"."""
HalfPrice = Literal["dearer", "average"]
"""What two halves cost together: what the dearer one would as a whole, or the mean of both, rounded up to a cent."""


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
    prices_by_size: tuple[tuple[str, int], ...] = ()
    """Slug of the size → cents, where the price depends on it."""
    most: int = 1
    """How many of it one dish takes: "two extra shots" needs 2."""
    is_available: bool = True
    item_id: str = ""
    """The dish it stands for, in a part of a combo."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)

    def price_cents_at(self, size: str | None) -> int:
        """`size`: slug of the chosen size."""
        return dict(self.prices_by_size).get(size or "", self.price_cents)


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
    has_halves: bool = False
    """Each half of the dish may have its own choices: the toppings of a pizza."""
    aliases: tuple[str, ...] = ()

    def names_of(self, modifier: Modifier) -> tuple[str, ...]:
        """Also with the group's own name behind it: "oat milk" is oat, where the group is called "milk"."""
        with_group = (f"{name} {alias}" for name in modifier.names for alias in self.aliases)
        return (*modifier.names, *with_group)

    @property
    def least(self) -> int:
        """How many must be chosen."""
        return max(self.min, int(self.required))

    @property
    def defaults(self) -> tuple[Modifier, ...]:
        return tuple(modifier for modifier in self.offered if modifier.is_default)

    @property
    def offered(self) -> tuple[Modifier, ...]:
        """Those that are to be had today."""
        return tuple(modifier for modifier in self.modifiers if modifier.is_available)


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
    prep_minutes: int | None = None
    """None: the restaurant's eta."""
    day_parts: tuple[str, ...] = ()
    """Names of the restaurant's day parts; empty: at any time."""
    minimum_age: int = 0
    """Above 0 it is refused by phone, where nobody can show a card."""
    half_price: HalfPrice | None = None
    """None: sold whole only."""
    is_sold_out: bool = False
    """Marked by staff; a menu file does not undo it."""
    sold_out_until: datetime | None = None
    """When it comes back by itself."""
    image: str = field(default="", compare=False)
    """Its address on the web; other channels write it, no menu file does."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    @property
    def is_combo(self) -> bool:
        return any(group.role == "part" for group in self.option_groups)

    def size(self, slug: str) -> Modifier | None:
        sizes = (modifier for group in self.option_groups if group.role == "size" for modifier in group.modifiers)
        return next((size for size in sizes if size.slug == slug), None)


@dataclass(frozen=True)
class Section:
    id: str
    slug: str
    title: str
    items: tuple[MenuItem, ...]
    aliases: tuple[str, ...] = ()


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
    """Takes orders by phone."""
    has_tax_rate: bool = True
    """False: another channel made it, and nobody has said the rate yet; not active then."""
    hours: Hours = ALWAYS_OPEN
    delivery: DeliveryTerms | None = None
    """None: pickup only."""
    capacity: Capacity | None = None
    coupons: tuple[Coupon, ...] = ()
    numbers: tuple[str, ...] = ()
    """E.164: who dials one of these orders from this restaurant only."""
    translations: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Code of a language → its names, each by the one that the kitchen knows."""
    image: str = field(default="", compare=False)
    """As a dish's."""
    version: int = field(default=0, compare=False)
    """Raised by the store with every change of its terms; 0: of no store."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def names_in(self, code: str) -> tuple[tuple[str, str], ...]:
        return dict(self.translations).get(code, ())

    @property
    def items(self) -> tuple[MenuItem, ...]:
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True)
class Menu:
    restaurants: tuple[Restaurant, ...]

    @cached_property
    def active(self) -> tuple[Restaurant, ...]:
        """The restaurants that take orders by phone."""
        return tuple(restaurant for restaurant in self.restaurants if restaurant.is_active)

    @property
    def items(self) -> tuple[MenuItem, ...]:
        return tuple(self._items.values())

    def item(self, item_id: str) -> MenuItem:
        return self._items[item_id]

    def restaurant(self, restaurant_id: str) -> Restaurant:
        return self._restaurants[restaurant_id]

    def known_restaurant(self, restaurant_id: str | None) -> Restaurant | None:
        """None: it is not on this menu, or not any more."""
        return self._restaurants.get(restaurant_id or "")

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
