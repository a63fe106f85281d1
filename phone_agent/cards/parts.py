"""What several cards are made of: money, dishes with their options, lines, sums, restaurants."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from phone_agent.ordering.money import format_usd
from phone_agent.ordering.states import Status

OrderStatus = Status


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Money(Part):
    cents: int
    text: str
    """As it is shown: "$31.98"."""


class PriceAtSize(Part):
    size_id: str
    price: Money


class Choice(Part):
    id: str
    label: str
    price: Money
    """Added to the dish's price."""
    prices_by_size: list[PriceAtSize]
    """Instead of `price`, where it depends on the size."""
    is_default: bool
    is_available: bool


class OptionGroup(Part):
    id: str
    title: str
    role: Literal["size", "part", "other"]
    """A part is one of the dishes of a combo."""
    least: int
    """How many must be chosen."""
    most: int
    has_halves: bool
    choices: list[Choice]


class Dish(Part):
    id: str
    name: str
    restaurant_id: str
    restaurant_name: str
    section: str
    price: Money
    description: str
    image: str | None
    """A web address (https)."""
    tags: list[str]
    allergens: list[str]
    options: list[OptionGroup]
    is_cut: bool
    """There are more options than a card can carry: they are left out."""
    is_available: bool
    back_at: datetime | None
    """When it comes back by itself, where it is sold out and that is known."""


class Place(Part):
    """A restaurant."""

    id: str
    slug: str
    name: str
    cuisine: str
    address: str
    city: str
    phone: str
    image: str | None
    tags: list[str]
    standout_dish: str
    eta_minutes: int
    is_open: bool
    delivers: bool


class MenuSection(Part):
    id: str
    title: str
    dishes: list[Dish]


class LineOption(Part):
    label: str
    """As said to the kitchen: "large", "no onions"."""
    price: Money


class Line(Part):
    name: str
    quantity: int
    options: list[LineOption]
    note: str
    unit_price: Money
    total: Money


class CartLine(Line):
    id: str
    dish_id: str
    is_available: bool


class Sums(Part):
    subtotal: Money
    discount: Money
    tax: Money
    fees: Money
    tip: Money
    total: Money


class Handover(Part):
    kind: Literal["pickup", "delivery"]
    ready_at: datetime
    ready_text: str
    """As the agent says it: "6:45 PM", "tomorrow at noon"; the arrival's where it is a delivery."""
    street: str
    zip_code: str


def money(cents: int) -> Money:
    sign = "-" if cents < 0 else ""
    return Money(cents=cents, text=sign + format_usd(abs(cents)))
