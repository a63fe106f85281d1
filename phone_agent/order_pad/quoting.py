"""A quote made of the cart as the store has it, the wishes and how full the kitchen is at this moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import uuid4

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import CouponRefused, QuoteOutdated, SlotFull
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.order import ConfirmedBy, Order, Quote, make_quote
from phone_agent.ordering.readiness import SlotTaken, next_free
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.wishes import Wishes
from phone_agent.ordering.wording_terms import words_for_just_filled
from phone_agent.store.protocol import Store
from phone_agent.store.records import FrozenCart


def refuse_unless_as_known(frozen: FrozenCart, known: Cart, restaurant: Restaurant) -> None:
    """Raises QuoteOutdated where the dishes, the prices or the terms are others than those of the call's menu."""
    is_all_there = all(line.is_available for line in frozen.cart.lines)
    is_of_terms = restaurant.version in (0, frozen.versions.get(restaurant.id))
    if not (is_all_there and is_of_terms and frozen.cart.subtotal_cents == known.subtotal_cents):
        raise QuoteOutdated(Sentence.MENU_CHANGED.words())


def fresh_quote(frozen: FrozenCart, wishes: Wishes, restaurant: Restaurant, call_id: str, now: datetime) -> Quote:
    """Without a coupon that is not taken any more. Raises what make_quote raises."""
    make = partial(
        make_quote, frozen.cart, restaurant, quote_id=str(uuid4()), call_id=call_id, now=now, load=frozen.load,
        versions=frozen.versions,
    )  # fmt: skip
    try:
        return make(wishes=wishes)
    except CouponRefused:
        return make(wishes=replace(wishes, coupon=""))


async def place_or_name_the_next_time(
    store: Store, quote: Quote, restaurant: Restaurant, confirmed_by: ConfirmedBy, now: datetime
) -> Order:
    """Raises what Store.place_order raises."""
    try:
        return await store.place_order(quote, confirmed_by=confirmed_by, now=now)
    except SlotTaken as taken:
        raise _just_filled(taken, quote, restaurant, now) from None


def _just_filled(taken: SlotTaken, quote: Quote, restaurant: Restaurant, now: datetime) -> SlotFull:
    ready_at = next_free(quote.ready_at, taken.load, restaurant)
    road = quote.arrives_at - quote.ready_at if quote.arrives_at else ready_at - ready_at
    return SlotFull(words_for_just_filled(ready_at + road, quote.timezone, now))
