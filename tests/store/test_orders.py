from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from phone_agent.order_pad.quoting import refuse_unless_as_known
from phone_agent.ordering.errors import QuoteExpired, QuoteOutdated
from phone_agent.ordering.menu import Menu, MenuItem
from phone_agent.ordering.order import QUOTE_LIFE
from phone_agent.ordering.pricing import Totals
from phone_agent.ordering.wishes import NO_WISHES
from phone_agent.store.protocol import Store
from tests.builders import NOON, a_call, a_cart, a_line, a_quote, a_quote_of, a_thai_cart, item_named, with_item

TOMORROW = NOON + timedelta(days=1)


async def test_an_order_is_what_was_quoted(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)

    order = await store.place_order(quote, confirmed_by="keypad", now=NOON)

    assert (order.lines, order.totals, order.ready_at) == (quote.lines, quote.totals, quote.ready_at)
    assert order.totals == Totals(4097, 266)
    assert (order.number, order.status, order.channel, order.confirmed_by) == (1, "confirmed", "phone", "keypad")


async def test_an_order_comes_back_as_it_was_placed(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu, a_thai_cart(menu))

    placed = await store.place_order(quote, confirmed_by="voice", now=NOON)

    order = (await store.find_orders())[0]
    assert order == placed
    assert order.lines[0].note == "no plastic, please"
    assert [(o.price_cents, o.amount, o.role) for o in order.lines[0].options] == [
        (0, "regular", "choice"),
        (150, "double", "extra"),
        (0, "no", "extra"),
    ]


async def test_fifty_confirmations_of_one_quote_place_one_order(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)

    orders = await asyncio.gather(*(store.place_order(quote, confirmed_by="keypad", now=NOON) for _ in range(50)))

    assert set(orders) == set(await store.find_orders())
    assert len(set(orders)) == 1


async def test_fifty_callers_at_once_get_the_numbers_1_to_50(store: Store, menu: Menu) -> None:
    quotes = await asyncio.gather(*(a_quote(store, menu) for _ in range(50)))

    orders = await asyncio.gather(*(store.place_order(quote, confirmed_by="voice", now=NOON) for quote in quotes))

    assert sorted(order.number for order in orders) == list(range(1, 51))
    assert set(await store.find_orders(limit=100)) == set(orders)


async def test_a_repeat_after_the_quote_ran_out_gives_the_same_order(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)
    order = await store.place_order(quote, confirmed_by="keypad", now=NOON)

    again = await store.place_order(quote, confirmed_by="voice", now=NOON + QUOTE_LIFE * 2)

    assert again == order


async def test_numbers_count_per_restaurant(store: Store, menu: Menu) -> None:
    salad, noodles = await a_quote(store, menu), await a_quote(store, menu, a_thai_cart(menu))

    orders = [await store.place_order(quote, confirmed_by="voice", now=NOON) for quote in (salad, noodles)]

    assert [order.number for order in orders] == [1, 1]


async def test_numbers_begin_anew_at_midnight_where_the_restaurant_is(store: Store, menu: Menu) -> None:
    quotes = [replace(await a_quote(store, menu), id=str(uuid4()), valid_until=TOMORROW) for _ in range(3)]
    before_midnight = NOON + timedelta(hours=11, minutes=59)
    times = [NOON, before_midnight, before_midnight + timedelta(minutes=1)]

    orders = [
        await store.place_order(quote, confirmed_by="voice", now=now) for quote, now in zip(quotes, times, strict=True)
    ]

    assert [order.number for order in orders] == [1, 2, 1]


async def test_an_expired_quote_places_nothing(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)

    with pytest.raises(QuoteExpired, match="read your order again"):
        await store.place_order(quote, confirmed_by="keypad", now=quote.valid_until)

    assert not await store.find_orders()
    assert await store.find_cart(quote.call_id) is not None


async def test_a_quote_of_a_cart_that_changed_places_nothing(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)
    cart = await store.find_cart(quote.call_id)
    assert cart is not None
    await store.save_cart(cart.add(a_line(item_named(menu, "Grilled Salmon"), note="well done")), call_id=quote.call_id)

    with pytest.raises(QuoteOutdated, match="order has changed"):
        await store.place_order(quote, confirmed_by="keypad", now=NOON)

    assert not await store.find_orders()


async def test_a_second_quote_of_a_placed_cart_places_nothing(store: Store, menu: Menu) -> None:
    first = await a_quote(store, menu)
    second = replace(first, id=str(uuid4()))
    order = await store.place_order(first, confirmed_by="keypad", now=NOON)

    with pytest.raises(QuoteOutdated):
        await store.place_order(second, confirmed_by="keypad", now=NOON)

    assert list(await store.find_orders()) == [order]


Change = Callable[[MenuItem], MenuItem]


def dearer(item: MenuItem) -> MenuItem:
    return replace(item, price_cents=item.price_cents + 100)


def sold_out(item: MenuItem) -> MenuItem:
    return replace(item, is_available=False)


def with_dearer_peanuts(item: MenuItem) -> MenuItem:
    spice, extras = item.option_groups
    peanuts, *others = extras.modifiers
    return replace(item, option_groups=(spice, replace(extras, modifiers=(replace(peanuts, price_cents=99), *others))))


@pytest.mark.parametrize("change", [dearer, sold_out, with_dearer_peanuts])
async def test_a_quoted_dish_that_changed_places_nothing(store: Store, menu: Menu, change: Change) -> None:
    quote = await a_quote(store, menu, a_thai_cart(menu))
    await store.save_menu(with_item(menu, change(item_named(menu, "Pad Thai"))))

    with pytest.raises(QuoteOutdated, match="menu"):
        await store.place_order(quote, confirmed_by="keypad", now=NOON)

    assert not await store.find_orders()


async def test_a_dish_that_was_not_quoted_may_change(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)
    await store.save_menu(with_item(menu, dearer(item_named(menu, "Pad Thai"))))

    assert (await store.place_order(quote, confirmed_by="keypad", now=NOON)).totals == quote.totals


@pytest.mark.parametrize("change", [dearer, sold_out, with_dearer_peanuts])
async def test_a_price_that_no_longer_holds_is_not_quoted(store: Store, menu: Menu, change: Change) -> None:
    record = await a_call(store)
    cart = await store.save_cart(a_thai_cart(menu), call_id=record.id)
    await store.save_menu(with_item(menu, change(item_named(menu, "Pad Thai"))))

    frozen = await store.freeze_cart(cart, call_id=record.id, wishes=NO_WISHES, now=NOON)

    with pytest.raises(QuoteOutdated, match="menu"):
        refuse_unless_as_known(frozen, cart, menu.restaurant(cart.lines[0].item.restaurant_id))


async def test_checking_out_again_after_a_price_change_places_the_new_price(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)
    await store.save_menu(with_item(menu, dearer(item_named(menu, "Caesar Salad"))))
    cart = await store.find_cart(quote.call_id)
    assert cart is not None

    fresh = await a_quote_of(store, menu, cart, quote.call_id)
    order = await store.place_order(fresh, confirmed_by="keypad", now=NOON)

    assert order.totals.subtotal_cents == quote.totals.subtotal_cents + 200


async def test_orders_are_found_newest_first_and_by_profile(store: Store, menu: Menu) -> None:
    quotes = [await a_quote(store, menu, a_cart(menu)) for _ in range(3)]
    orders = [
        await store.place_order(quote, confirmed_by="voice", now=NOON + timedelta(minutes=n))
        for n, quote in enumerate(quotes)
    ]

    assert list(await store.find_orders()) == orders[::-1]
    assert list(await store.find_orders(limit=2)) == orders[:0:-1]
    assert list(await store.find_orders(profile_id=orders[1].profile_id)) == [orders[1]]


async def test_an_imported_order_is_kept_as_it_is_and_once(store: Store, menu: Menu) -> None:
    placed = await store.place_order(await a_quote(store, menu), confirmed_by="page", now=NOON)
    earlier = replace(placed, id=str(uuid4()), status="delivered", placed_at=NOON - timedelta(days=3))

    await store.import_order(earlier)
    await store.import_order(replace(earlier, status="ready"))

    assert list(await store.find_orders()) == [placed, earlier]
