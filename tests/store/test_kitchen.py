"""The kitchen's slots and load, wishes kept with the cart, and what becomes of an order; on every store."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import IllegalChange, NotUnderstood
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Quote
from phone_agent.ordering.pricing import Totals
from phone_agent.ordering.readiness import KitchenLoad, SlotTaken
from phone_agent.ordering.states import OrderEvent, Status
from phone_agent.ordering.wishes import NO_WISHES, Fulfilment, Tip, Wishes
from phone_agent.store.protocol import Store
from tests.builders import NOON, a_call, a_cart, a_quote, a_thai_cart, an_id

SLOT = NOON + timedelta(minutes=15)
HOME = Fulfilment("delivery", NOON + timedelta(hours=2), "1 Lake Street", "32801")
WISHES = Wishes(HOME, Tip(10, 250), "LUNCH", order_note="ring twice", allergy_note="sesame")


async def a_slot_quote(store: Store, menu: Menu, capacity: int = 2) -> Quote:
    """A guest's quote for the slot, as the domain would have made it."""
    return replace(await a_quote(store, menu), slot_start=SLOT, slot_capacity=capacity)


async def test_all_that_was_wished_for_comes_back_with_the_order(store: Store, menu: Menu) -> None:
    plain = await a_quote(store, menu)
    totals = Totals(plain.totals.subtotal_cents, 253, 200, 399, 410)
    arrives_at = NOON + timedelta(hours=2)
    quote = replace(plain, wishes=WISHES, totals=totals, arrives_at=arrives_at, slot_start=SLOT)

    placed = await store.place_order(quote, confirmed_by="keypad", now=NOON)

    (order,) = await store.find_orders()
    assert order == placed
    assert (order.fulfilment, order.arrives_at, order.slot_start, order.totals) == (HOME, arrives_at, SLOT, totals)
    assert (order.order_note, order.allergy_note, order.coupon) == ("ring twice", "sesame", "LUNCH")
    assert order.payment_method == "on_delivery"


async def test_wishes_are_kept_with_the_cart_and_leave_its_version(store: Store, menu: Menu) -> None:
    record = await a_call(store)
    cart = await store.save_cart(a_cart(menu), call_id=record.id)
    before = await store.load_wishes(cart.id)

    await store.save_wishes(WISHES, cart_id=cart.id)

    assert before == NO_WISHES
    assert await store.load_wishes(cart.id) == WISHES
    assert (await store.find_cart(record.id)) == cart


async def test_a_full_slot_takes_no_further_order(store: Store, menu: Menu) -> None:
    quotes = [await a_slot_quote(store, menu) for _ in range(3)]
    for quote in quotes[:2]:
        await store.place_order(quote, confirmed_by="voice", now=NOON)

    with pytest.raises(SlotTaken, match="just filled up") as refused:
        await store.place_order(quotes[2], confirmed_by="voice", now=NOON)

    assert refused.value.load.per_slot == {SLOT: 2}
    assert len(await store.find_orders()) == 2
    assert await store.find_cart(quotes[2].call_id) is not None


async def test_twenty_callers_at_once_fill_a_slot_exactly(store: Store, menu: Menu) -> None:
    quotes = await asyncio.gather(*(a_slot_quote(store, menu, capacity=7) for _ in range(20)))

    placed = await asyncio.gather(
        *(store.place_order(quote, confirmed_by="voice", now=NOON) for quote in quotes), return_exceptions=True
    )

    assert sum(isinstance(result, SlotTaken) for result in placed) == 13
    assert len(await store.find_orders(limit=50)) == 7


async def test_a_cancelled_order_gives_its_place_back(store: Store, menu: Menu) -> None:
    first, second = await a_slot_quote(store, menu, 1), await a_slot_quote(store, menu, 1)
    order = await store.place_order(first, confirmed_by="voice", now=NOON)
    await store.change_order_status(order.id, "cancelled", who="staff", now=NOON)

    assert (await store.place_order(second, confirmed_by="voice", now=NOON)).number == 2


async def test_a_repeat_of_a_placed_quote_is_not_refused_by_its_own_order(store: Store, menu: Menu) -> None:
    quote = await a_slot_quote(store, menu, 1)
    order = await store.place_order(quote, confirmed_by="voice", now=NOON)

    assert await store.place_order(quote, confirmed_by="keypad", now=NOON) == order


async def test_the_load_counts_what_this_kitchen_has_before_it(store: Store, menu: Menu) -> None:
    slots = [await a_slot_quote(store, menu) for _ in range(2)]
    other, late = await a_quote(store, menu, a_thai_cart(menu)), await a_quote(store, menu)
    late = replace(late, ready_at=NOON + timedelta(hours=5))
    orders = [await store.place_order(quote, confirmed_by="voice", now=NOON) for quote in (*slots, other, late)]
    for status in ("preparing", "ready"):
        await store.change_order_status(orders[0].id, status, who="staff", now=NOON)

    assert await load_at_checkout(store, a_cart(menu)) == KitchenLoad(1, {SLOT: 2})
    assert await load_at_checkout(store, a_cart(menu), later=timedelta(hours=4)) == KitchenLoad(1)
    assert await load_at_checkout(store, a_thai_cart(menu), later=timedelta(hours=1)) == KitchenLoad()


async def load_at_checkout(store: Store, cart: Cart, later: timedelta = timedelta(0)) -> KitchenLoad:
    record = await a_call(store)
    return (await store.freeze_cart(cart, call_id=record.id, wishes=NO_WISHES, now=NOON + later)).load


async def test_every_change_of_an_order_is_an_event_with_who_and_when(store: Store, menu: Menu) -> None:
    order = await store.place_order(await a_quote(store, menu), confirmed_by="voice", now=NOON)
    steps: tuple[Status, ...] = ("preparing", "ready", "picked_up")
    for minutes, status in enumerate(steps, 1):
        changed = await store.change_order_status(order.id, status, who="Ana", now=NOON + timedelta(minutes=minutes))

    assert changed == replace(order, status="picked_up") == (await store.find_orders())[0]
    assert list(await store.find_order_events(order.id)) == [
        OrderEvent(NOON, "order_placed", "confirmed", "caller", "confirmed by voice"),
        *(OrderEvent(NOON + timedelta(minutes=n), "order_status", status, "Ana") for n, status in enumerate(steps, 1)),
    ]


async def test_an_illegal_change_leaves_the_order_and_no_event(store: Store, menu: Menu) -> None:
    order = await store.place_order(await a_quote(store, menu), confirmed_by="voice", now=NOON)

    with pytest.raises(IllegalChange, match="confirmed cannot become picked up"):
        await store.change_order_status(order.id, "picked_up", who="staff", now=NOON)
    with pytest.raises(NotUnderstood):
        await store.change_order_status(an_id("nowhere"), "preparing", who="staff", now=NOON)

    assert list(await store.find_orders()) == [order]
    assert len(await store.find_order_events(order.id)) == 1


async def test_two_who_advance_one_order_at_once_advance_it_once(store: Store, menu: Menu) -> None:
    order = await store.place_order(await a_quote(store, menu), confirmed_by="voice", now=NOON)
    changes = [store.change_order_status(order.id, "preparing", who=f"staff {n}", now=NOON) for n in range(5)]
    results = await asyncio.gather(*changes, return_exceptions=True)

    assert sum(isinstance(result, IllegalChange) for result in results) == 4
    assert len(await store.find_order_events(order.id)) == 2


async def test_an_order_and_a_profile_that_cannot_be_there_are_not_there(store: Store) -> None:
    assert list(await store.find_order_events("nothing")) == []
    with pytest.raises(KeyError):
        await store.load_profile("nobody")
