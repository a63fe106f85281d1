"""The menu file's entries for dishes: sections, items, option groups, modifiers and the parts of a combo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from phone_agent.ordering.menu import HalfPrice, MenuItem, Modifier, OptionGroup, Section
from phone_agent.ordering.menu_fields import Cents, Entry, Slug, Text, Texts, id_of

Dishes = Mapping[str, "ItemEntry"]
"""The dishes of one restaurant by their id."""


class ModifierEntry(Entry):
    id: Slug
    label: Text
    price: Cents = 0
    price_by_size: dict[Slug, Cents] = Field(default_factory=dict)
    """Id of the size → the price instead, where it depends on the size."""
    is_default: bool = False
    aliases: Texts = ()
    most: int = Field(1, ge=1, le=20)
    """How many of it one dish takes: "two extra shots" needs 2."""
    is_available: bool = True

    def modifier(self, path: str) -> Modifier:
        return Modifier(
            id=id_of(path),
            slug=self.id,
            label=self.label,
            price_cents=self.price,
            is_default=self.is_default,
            aliases=self.aliases,
            prices_by_size=tuple(sorted(self.price_by_size.items())),
            most=self.most,
            is_available=self.is_available,
        )


class OptionGroupEntry(Entry):
    id: Slug
    title: Text
    modifiers: tuple[ModifierEntry, ...]
    required: bool = False
    min: int = Field(0, ge=0)
    max: int = Field(1, ge=1)
    role: Literal["size", "other"] = "other"
    has_halves: bool = False
    """Each half of the dish may have its own choices: the toppings of a pizza."""
    aliases: Texts = ()

    def group(self, path: str) -> OptionGroup:
        return OptionGroup(
            id=id_of(path),
            slug=self.id,
            title=self.title,
            modifiers=tuple(entry.modifier(f"{path}/{entry.id}") for entry in self.modifiers),
            required=self.required or self.min > 0,
            min=max(self.min, 1) if self.required else self.min,
            max=self.max,
            role=self.role,
            has_halves=self.has_halves,
            aliases=self.aliases,
        )


class ComboChoiceEntry(Entry):
    item: Slug
    """The id of a dish of the same restaurant."""
    price: Cents = 0
    """On top of the combo's price."""
    is_default: bool = False

    def modifier(self, path: str, dish_id: str, dish: ItemEntry, *, is_only: bool) -> Modifier:
        return Modifier(
            id=id_of(f"{path}/{self.item}"),
            slug=self.item,
            label=dish.name,
            price_cents=self.price,
            is_default=self.is_default or is_only,
            aliases=dish.aliases,
            is_available=dish.is_available,
            item_id=dish_id,
        )


class ComboPartEntry(Entry):
    """One of these dishes comes with the combo: "a drink"."""

    id: Slug
    title: Text
    choices: tuple[ComboChoiceEntry, ...]
    aliases: Texts = ()

    def group(self, path: str, items_path: str, dishes: Dishes) -> OptionGroup:
        is_only = len(self.choices) == 1
        return OptionGroup(
            id=id_of(path),
            slug=self.id,
            title=self.title,
            modifiers=tuple(
                choice.modifier(path, id_of(f"{items_path}/{choice.item}"), dishes[choice.item], is_only=is_only)
                for choice in self.choices
            ),
            required=True,
            min=1,
            role="part",
            aliases=self.aliases,
        )


class ItemEntry(Entry):
    id: Slug
    name: Text
    price: Cents
    description: str = Field("", max_length=400)
    aliases: Texts = ()
    option_groups: tuple[OptionGroupEntry, ...] = ()
    combo: tuple[ComboPartEntry, ...] = ()
    """Dishes that come together for the price of this item."""
    dietary_tags: Texts = ()
    allergens: Texts = ()
    is_available: bool = True
    prep_minutes: int | None = Field(None, ge=0, le=600)
    """Where it is missing, the restaurant's eta_minutes."""
    day_parts: Texts = ()
    """Names of day parts of the restaurant's hours; none: served at any time."""
    minimum_age: int = Field(0, ge=0, le=99)
    """Above 0 it is refused by phone, where nobody can show a card."""
    half_price: HalfPrice | None = None
    """Sold in halves with another dish that has it too, for the dearer one's price or for the average."""

    def item(self, items_path: str, restaurant_id: str, section_id: str, dishes: Dishes) -> MenuItem:
        path = f"{items_path}/{self.id}"
        own = tuple(entry.group(f"{path}/{entry.id}") for entry in self.option_groups)
        parts = tuple(part.group(f"{path}/{part.id}", items_path, dishes) for part in self.combo)
        within = (dishes[choice.item].allergens for part in self.combo for choice in part.choices)
        return MenuItem(
            id=id_of(path),
            slug=self.id,
            name=self.name,
            price_cents=self.price,
            restaurant_id=restaurant_id,
            section_id=section_id,
            description=self.description,
            aliases=self.aliases,
            option_groups=(*own, *parts),
            dietary_tags=self.dietary_tags,
            allergens=tuple(dict.fromkeys([*self.allergens, *(a for allergens in within for a in allergens)])),
            is_available=self.is_available,
            prep_minutes=self.prep_minutes,
            day_parts=self.day_parts,
            minimum_age=self.minimum_age,
            half_price=self.half_price,
        )


class SectionEntry(Entry):
    id: Slug
    title: Text
    items: tuple[ItemEntry, ...] = ()
    aliases: Texts = ()

    def section(self, restaurant: str, dishes: Dishes) -> Section:
        """A dish's id does not name its section, so that it can move to another one."""
        section_id = id_of(f"{restaurant}/sections/{self.id}")
        items = tuple(e.item(f"{restaurant}/items", id_of(restaurant), section_id, dishes) for e in self.items)
        return Section(section_id, self.id, self.title, items, self.aliases)
