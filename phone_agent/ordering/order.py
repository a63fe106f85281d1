"""Quote and order: what the cart becomes when it is frozen, and when it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from phone_agent.ordering.cart import Amount, Cart, ChosenModifier, LineItem
from phone_agent.ordering.coupons import coupon_said
from phone_agent.ordering.delivery import fees_cents, missing_cents, refuse_unless_delivered, terms_of
from phone_agent.ordering.dish_words import OptionRole, label_on, name_of, role_of
from phone_agent.ordering.errors import EmptyCart, NotDelivered, RestaurantClosed
from phone_agent.ordering.hours import local_date
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.pricing import Totals, totals_of
from phone_agent.ordering.readiness import NO_LOAD, KitchenLoad, ready_for
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.serving import refuse_unserved_then
from phone_agent.ordering.states import Status
from phone_agent.ordering.terms import Coupon
from phone_agent.ordering.wishes import NO_WISHES, PICKUP, Fulfilment, PaymentMethod, Wishes

QUOTE_LIFE = timedelta(minutes=10)
NO_VERSIONS: Mapping[str, int] = {}
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
    """How it is worded, and which half it is on."""


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
    wishes: Wishes = NO_WISHES
    arrives_at: datetime | None = None
    """At the caller's door; None: picked up."""
    slot_start: datetime | None = None
    slot_capacity: int | None = None
    """How many orders may be placed for that slot; the store counts them as it places one."""
    coupon_minimum_cents: int = 0
    """Of the coupon that does not count for so little; 0 where it counts."""
    versions: Mapping[str, int] = field(default_factory=dict)
    """Of the dishes and the restaurant that it was made from, by id; the store compares them as it places an order."""

    @property
    def fulfilment(self) -> Fulfilment:
        return self.wishes.fulfilment

    @property
    def payment_method(self) -> PaymentMethod:
        return self.fulfilment.payment_method

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
    status: Status
    channel: str
    placed_at: datetime
    ready_at: datetime
    confirmed_by: ConfirmedBy
    fulfilment: Fulfilment = PICKUP
    arrives_at: datetime | None = None
    slot_start: datetime | None = None
    coupon: str = ""
    order_note: str = ""
    allergy_note: str = ""
    """The kitchen reads it first."""
    payment_method: PaymentMethod = "at_pickup"
    customer_name: str = ""
    """For the kitchen; empty where the caller gave none."""


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
    return OrderLineOption(label_on(line, choice), line.price_cents_of(choice), choice.amount, role_of(choice, group))


def make_quote(
    cart: Cart,
    restaurant: Restaurant,
    *,
    quote_id: str,
    call_id: str,
    now: datetime,
    wishes: Wishes = NO_WISHES,
    load: KitchenLoad = NO_LOAD,
    versions: Mapping[str, int] = NO_VERSIONS,
) -> Quote:
    """Freezes the cart. `now` is aware.

    Raises EmptyCart, NotServed, NotDelivered, CouponRefused, RestaurantClosed, SlotFull, TimeNotPossible.
    """
    _refuse_unless_to_be_had(cart, restaurant, wishes.fulfilment, now)
    coupon = _coupon_of(wishes, restaurant, now)
    totals = _totals(cart, restaurant, wishes, coupon)
    ready = ready_for(cart, restaurant, wishes.fulfilment, load, now, QUOTE_LIFE)
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
        totals=totals,
        created_at=now,
        valid_until=ready.valid_until,
        ready_at=ready.at,
        wishes=wishes,
        arrives_at=ready.arrives_at,
        slot_start=ready.slot_start,
        slot_capacity=restaurant.capacity.orders if restaurant.capacity else None,
        coupon_minimum_cents=coupon.minimum_cents if coupon and not totals.discount_cents else 0,
        versions=versions,
    )


def _totals(cart: Cart, restaurant: Restaurant, wishes: Wishes, coupon: Coupon | None) -> Totals:
    fees = fees_cents(wishes.fulfilment, restaurant)
    return totals_of(cart, restaurant.tax_rate_basis_points, coupon=coupon, fees_cents=fees, tip=wishes.tip)


def _refuse_unless_to_be_had(cart: Cart, restaurant: Restaurant, fulfilment: Fulfilment, now: datetime) -> None:
    if cart.is_empty:
        raise EmptyCart(Sentence.CART_EMPTY.words())
    if not restaurant.is_active:
        raise RestaurantClosed(TermSentence.CLOSED_FOR_LONG.words(restaurant=restaurant.name))
    refuse_unserved_then(cart, restaurant, fulfilment.requested_at or now, now)
    _refuse_unless_worth_the_way(cart, restaurant, fulfilment)


def _coupon_of(wishes: Wishes, restaurant: Restaurant, now: datetime) -> Coupon | None:
    if not wishes.coupon:
        return None
    return coupon_said(wishes.coupon, restaurant.coupons, local_date(now, restaurant.timezone))


def _refuse_unless_worth_the_way(cart: Cart, restaurant: Restaurant, fulfilment: Fulfilment) -> None:
    refuse_unless_delivered(fulfilment, restaurant)
    missing = missing_cents(fulfilment, restaurant, cart.subtotal_cents)
    if missing:
        minimum = format_usd(terms_of(restaurant).minimum_cents)
        slots = {"restaurant": restaurant.name, "minimum": minimum, "missing": format_usd(missing)}
        raise NotDelivered(TermSentence.DELIVERY_MINIMUM.words(**slots))
