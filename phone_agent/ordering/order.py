"""Quote and order: what the cart becomes when it is frozen, and when it is confirmed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from phone_agent.ordering.cart import Amount, Cart, ChosenModifier, LineItem
from phone_agent.ordering.dish_words import OptionRole, label_of, name_of, role_of
from phone_agent.ordering.errors import EmptyCart
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.pricing import Totals, totals_of
from phone_agent.ordering.sentences import Sentence

QUOTE_LIFE = timedelta(minutes=10)
ConfirmedBy = Literal["keypad", "voice", "page", "text"]


@dataclass(frozen=True)
class OrderLine:
    """A copy: the past does not move with the menu."""

    menu_item_id: str
    name: str
    quantity: int
    unit_price_cents: int
    total_cents: int
    options: tuple[OrderLineOption, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class OrderLineOption:
    label: str
    """As said to the kitchen: "large", "no onions", "extra cheese"."""
    price_cents: int
    amount: Amount = "regular"
    role: OptionRole = field(default="extra", compare=False)
    """How it is worded; the store does not keep it."""


@dataclass(frozen=True)
class Quote:
    id: str
    """Also the idempotency key of the order."""
    call_id: str
    cart_id: str
    cart_version: int
    restaurant_id: str
    restaurant_name: str
    cuisine: str
    timezone: str
    lines: tuple[OrderLine, ...]
    totals: Totals
    created_at: datetime
    valid_until: datetime
    ready_at: datetime

    def is_valid_at(self, now: datetime) -> bool:
        return now < self.valid_until


@dataclass(frozen=True)
class Order:
    id: str
    number: int
    """Counts from 1 per restaurant and local day; spoken as three digits."""
    profile_id: str
    restaurant_id: str
    restaurant_name: str
    timezone: str
    lines: tuple[OrderLine, ...]
    totals: Totals
    status: str
    channel: str
    placed_at: datetime
    ready_at: datetime
    confirmed_by: ConfirmedBy


def order_line(line: LineItem) -> OrderLine:
    """Options that go without saying are left out."""
    said = [choice for choice in line.modifiers if not choice.goes_without_saying]
    return OrderLine(
        menu_item_id=line.item.id,
        name=name_of(line),
        quantity=line.quantity,
        unit_price_cents=line.unit_price_cents,
        total_cents=line.total_cents,
        options=tuple(_order_option(line, choice) for choice in said),
        note=line.note,
    )


def _order_option(line: LineItem, choice: ChosenModifier) -> OrderLineOption:
    group = next(group for group in line.item.option_groups if group.id == choice.group_id)
    return OrderLineOption(label_of(choice), line.price_cents_of(choice), choice.amount, role_of(choice, group))


def make_quote(cart: Cart, restaurant: Restaurant, *, quote_id: str, call_id: str, now: datetime) -> Quote:
    """Freezes the cart. Raises EmptyCart. `now` is aware."""
    if cart.is_empty:
        raise EmptyCart(Sentence.CART_EMPTY.words())
    return Quote(
        id=quote_id,
        call_id=call_id,
        cart_id=cart.id,
        cart_version=cart.version,
        restaurant_id=restaurant.id,
        restaurant_name=restaurant.name,
        cuisine=restaurant.cuisine,
        timezone=restaurant.timezone,
        lines=tuple(order_line(line) for line in cart.lines),
        totals=totals_of(cart, restaurant.tax_rate_basis_points),
        created_at=now,
        valid_until=now + QUOTE_LIFE,
        ready_at=now + timedelta(minutes=restaurant.eta_minutes),
    )
