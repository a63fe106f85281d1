"""A quote made of the cart, the wishes and how full the kitchen is at this moment."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import SlotFull
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.order import ConfirmedBy, Order, Quote, make_quote
from phone_agent.ordering.readiness import AHEAD, LATE, KitchenLoad, next_free
from phone_agent.ordering.wishes import Wishes
from phone_agent.ordering.wording_terms import words_for_just_filled
from phone_agent.store.protocol import Store


async def fresh_quote(
    store: Store, cart: Cart, wishes: Wishes, restaurant: Restaurant, call_id: str, now: datetime
) -> Quote:
    """Saved. Raises what make_quote raises, QuoteOutdated, StoreUnavailable."""
    load = await _load_of(store, restaurant, now)
    quote = make_quote(cart, restaurant, quote_id=str(uuid4()), call_id=call_id, now=now, wishes=wishes, load=load)
    await store.save_quote(quote)
    return quote


async def place_or_name_the_next_time(
    store: Store, quote: Quote, restaurant: Restaurant, confirmed_by: ConfirmedBy, now: datetime
) -> Order:
    """Raises what Store.place_order raises."""
    try:
        return await store.place_order(quote, confirmed_by=confirmed_by, now=now)
    except SlotFull:
        raise await _just_filled(store, quote, restaurant, now) from None


async def _just_filled(store: Store, quote: Quote, restaurant: Restaurant, now: datetime) -> SlotFull:
    load = await _load_of(store, restaurant, now)
    ready_at = next_free(quote.ready_at, load, restaurant)
    road = quote.arrives_at - quote.ready_at if quote.arrives_at else ready_at - ready_at
    return SlotFull(words_for_just_filled(ready_at + road, quote.timezone, now))


async def _load_of(store: Store, restaurant: Restaurant, now: datetime) -> KitchenLoad:
    return await store.kitchen_load(restaurant.id, since=now - LATE, until=now + AHEAD)
