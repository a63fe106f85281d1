"""The menu's import format (docs/menu_format.md): text in, a Menu out, or every mistake at once."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup, Restaurant, Role, Section
from phone_agent.ordering.menu_checks import path_of, slips_in

NAMESPACE = UUID("5f0c2f5e-0f0e-5b57-9a7e-0d5c0a4d1f10")
"""Ids come from the slugs under this namespace: the same file gives the same ids on every machine."""
MOST_CENTS = 1_000_000


class MenuFileError(ValueError):
    """`mistakes`: each one line, its path in the file first."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("The menu file cannot be used:\n" + "\n".join(mistakes))
        self.mistakes = mistakes


def _hundredths(value: object) -> int:
    """Exact: 8.99 is written as text or as a number, and read as a decimal, never as a float."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError('write it as "8.99" or 8.99')
    try:
        hundredths = Decimal(str(value).strip()) * 100
    except InvalidOperation:
        raise ValueError('write it as "8.99" or 8.99') from None
    if not hundredths.is_finite() or hundredths != hundredths.to_integral_value():
        raise ValueError("at most two digits after the point")
    if not 0 <= hundredths <= MOST_CENTS:
        raise ValueError("must be between 0 and 10000")
    return int(hundredths)


Cents = Annotated[int, BeforeValidator(_hundredths)]
BasisPoints = Annotated[int, BeforeValidator(_hundredths), Field(le=10_000)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^\S(.*\S)?$")]
Texts = tuple[Text, ...]


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModifierEntry(Entry):
    id: Slug
    label: Text
    price: Cents = 0
    is_default: bool = False
    aliases: Texts = ()

    def modifier(self, path: str) -> Modifier:
        return Modifier(_id(path), self.id, self.label, self.price, self.is_default, self.aliases)


class OptionGroupEntry(Entry):
    id: Slug
    title: Text
    modifiers: tuple[ModifierEntry, ...]
    required: bool = False
    min: int = Field(0, ge=0)
    max: int = Field(1, ge=1)
    role: Role = "other"

    def group(self, path: str) -> OptionGroup:
        return OptionGroup(
            id=_id(path),
            slug=self.id,
            title=self.title,
            modifiers=tuple(entry.modifier(f"{path}/{entry.id}") for entry in self.modifiers),
            required=self.required or self.min > 0,
            min=max(self.min, 1) if self.required else self.min,
            max=self.max,
            role=self.role,
        )


class ItemEntry(Entry):
    id: Slug
    name: Text
    price: Cents
    description: str = Field("", max_length=400)
    aliases: Texts = ()
    option_groups: tuple[OptionGroupEntry, ...] = ()
    dietary_tags: Texts = ()
    allergens: Texts = ()
    is_available: bool = True

    def item(self, path: str, restaurant_id: str, section_id: str) -> MenuItem:
        return MenuItem(
            id=_id(path),
            slug=self.id,
            name=self.name,
            price_cents=self.price,
            restaurant_id=restaurant_id,
            section_id=section_id,
            description=self.description,
            aliases=self.aliases,
            option_groups=tuple(entry.group(f"{path}/{entry.id}") for entry in self.option_groups),
            dietary_tags=self.dietary_tags,
            allergens=self.allergens,
            is_available=self.is_available,
        )


class SectionEntry(Entry):
    id: Slug
    title: Text
    items: tuple[ItemEntry, ...] = ()

    def section(self, restaurant: str) -> Section:
        """A dish's id does not name its section, so that it can move to another one."""
        section_id = _id(f"{restaurant}/sections/{self.id}")
        items = tuple(e.item(f"{restaurant}/items/{e.id}", _id(restaurant), section_id) for e in self.items)
        return Section(section_id, self.id, self.title, items)


class RestaurantEntry(Entry):
    id: Slug
    name: Text
    cuisine: Text
    cuisine_group: Text
    city: Text
    state: Text
    timezone: str = Field(pattern=r"^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$")
    tax_percent: BasisPoints
    eta_minutes: int = Field(ge=1, le=600)
    sections: tuple[SectionEntry, ...]
    address: str = Field("", max_length=200)
    phone: str = Field("", pattern=r"^(\+[1-9][0-9]{6,14})?$")
    aliases: Texts = ()
    dietary_tags: Texts = ()
    standout_dish: str = ""
    is_active: bool = True

    def restaurant(self) -> Restaurant:
        return Restaurant(
            id=_id(self.id),
            slug=self.id,
            name=self.name,
            cuisine=self.cuisine,
            cuisine_group=self.cuisine_group,
            sections=tuple(entry.section(self.id) for entry in self.sections),
            tax_rate_basis_points=self.tax_percent,
            timezone=self.timezone,
            eta_minutes=self.eta_minutes,
            city=self.city,
            state=self.state,
            address=self.address,
            phone=self.phone,
            aliases=self.aliases,
            dietary_tags=self.dietary_tags,
            standout_dish=self.standout_dish,
            is_active=self.is_active,
        )


class MenuEntry(Entry):
    format: Literal[1]
    restaurants: tuple[RestaurantEntry, ...]


def parse_menu(text: str) -> Menu:
    """Raises MenuFileError, which lists every mistake."""
    try:
        raw: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise MenuFileError((f"line {error.lineno}, column {error.colno}: not JSON: {error.msg}",)) from error
    slips = slips_in(raw)
    try:
        entry = MenuEntry.model_validate(raw)
    except ValidationError as error:
        shape = (f"{path_of(e['loc'])}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors())
        raise MenuFileError((*shape, *slips)) from error
    if slips:
        raise MenuFileError(slips)
    return Menu(tuple(restaurant.restaurant() for restaurant in entry.restaurants))


def _id(path: str) -> str:
    return str(uuid5(NAMESPACE, path))
