"""The menu file's entries for restaurants, and for the file as a whole."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.menu_entries import SectionEntry
from phone_agent.ordering.menu_fields import (
    PHONE_OR_NONE,
    BasisPoints,
    Entry,
    LanguageCode,
    Phone,
    Slug,
    Text,
    Texts,
    Timezone,
    id_of,
)
from phone_agent.ordering.menu_terms import CapacityEntry, CouponEntry, DeliveryEntry, HoursEntry


class RestaurantEntry(Entry):
    id: Slug
    name: Text
    cuisine: Text
    """As people say it: "Thai", "seafood"."""
    cuisine_group: Text
    city: Text
    state: Text
    timezone: Timezone
    tax_percent: BasisPoints
    """Of the subtotal, rounded once, half up: "6.5"."""
    eta_minutes: int = Field(ge=1, le=600)
    """From order to ready, for a dish that has no prep_minutes."""
    sections: tuple[SectionEntry, ...]
    address: str = Field("", max_length=200)
    phone: str = Field("", pattern=PHONE_OR_NONE)
    aliases: Texts = ()
    dietary_tags: Texts = ()
    standout_dish: str = ""
    is_active: bool = True
    hours: HoursEntry = HoursEntry()
    delivery: DeliveryEntry | None = None
    """Missing: pickup only."""
    capacity: CapacityEntry | None = None
    coupons: tuple[CouponEntry, ...] = ()
    numbers: tuple[Phone, ...] = ()
    """Who dials one of these orders from this restaurant only."""
    translations: dict[LanguageCode, dict[Text, Text]] = Field(default_factory=dict)
    """Language → the restaurant's names as they stand in this file → what they are called there: {"es": {…}}."""

    def restaurant(self) -> Restaurant:
        dishes = {item.id: item for section in self.sections for item in section.items}
        return Restaurant(
            id=id_of(self.id),
            slug=self.id,
            name=self.name,
            cuisine=self.cuisine,
            cuisine_group=self.cuisine_group,
            sections=tuple(entry.section(self.id, dishes) for entry in self.sections),
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
            hours=self.hours.hours(),
            delivery=self.delivery.terms() if self.delivery else None,
            capacity=self.capacity.capacity() if self.capacity else None,
            coupons=tuple(entry.coupon() for entry in self.coupons),
            numbers=self.numbers,
            translations=tuple(
                (code, tuple(sorted(names.items()))) for code, names in sorted(self.translations.items())
            ),
        )


class MenuEntry(Entry):
    schema_: str = Field("", alias="$schema")
    """For the editor: where this schema lies."""
    format: Literal[1]
    restaurants: tuple[RestaurantEntry, ...]
