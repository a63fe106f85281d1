"""What a caller could not be told of is found again: by the quote, by the number, by the call's record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from phone_agent.order_pad.quoting import refuse_unless_as_known
from phone_agent.ordering.errors import CartOutdated, IllegalChange, QuoteOutdated
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.wishes import NO_WISHES
from phone_agent.store.protocol import Store
from tests.builders import NOON, a_call, a_cart, a_line, a_quote, item_named, with_item

NUMBER = "+14075550171"
LATER = NOON + timedelta(minutes=2)


async def test_a_quote_that_is_withdrawn_places_nothing_any_more(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)

    withdrawn = [await store.withdraw_quote(quote) for _ in range(2)]

    assert withdrawn == [None, None]
    with pytest.raises(QuoteOutdated):
        await store.place_order(quote, confirmed_by="keypad", now=NOON)
    assert not await store.find_orders()


async def test_a_quote_that_was_placed_is_not_withdrawn(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)
    order = await store.place_order(quote, confirmed_by="keypad", now=NOON)

    assert await store.withdraw_quote(quote) == order
    assert await store.place_order(quote, confirmed_by="keypad", now=NOON) == order


async def test_a_cart_that_was_ordered_is_quoted_no_more(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)
    cart = await store.find_cart(quote.call_id)
    assert cart is not None
    await store.place_order(quote, confirmed_by="keypad", now=NOON)

    with pytest.raises(CartOutdated, match="already placed"):
        await store.freeze_cart(cart, call_id=quote.call_id, wishes=NO_WISHES, now=NOON)


async def test_orders_are_found_by_the_number_that_called(store: Store, menu: Menu) -> None:
    quotes = [await a_quote(store, menu, number=number) for number in (NUMBER, NUMBER, "+14075550172", None)]
    orders = [
        await store.place_order(quote, confirmed_by="voice", now=NOON + timedelta(minutes=n))
        for n, quote in enumerate(quotes)
    ]

    assert list(await store.find_orders(caller_number=NUMBER)) == [orders[1], orders[0]]
    assert list(await store.find_orders(caller_number=NUMBER, profile_id=orders[2].profile_id)) == orders[2::-1]
    assert list(await store.find_orders(caller_number=NUMBER, limit=1)) == [orders[1]]
    assert not await store.find_orders(caller_number="+14075550199")


@pytest.mark.parametrize(("reason", "is_found"), [("lost", True), ("store_unavailable", True), ("goodbye", False)])
async def test_an_order_whose_call_broke_off_is_found_by_its_number(
    store: Store, menu: Menu, reason: str, is_found: bool
) -> None:
    quote = await a_quote(store, menu, number=NUMBER)
    order = await store.place_order(quote, confirmed_by="voice", now=NOON)
    running = await store.find_unheard_order(NUMBER, NOON)
    await store.close_call(quote.call_id, outcome="ordered", reason=reason, now=LATER)

    assert running is None
    assert await store.find_unheard_order(NUMBER, NOON) == (order if is_found else None)
    assert await store.find_unheard_order(NUMBER, LATER) is None
    assert await store.find_unheard_order("+14075550172", NOON) is None


async def test_a_call_that_an_order_came_of_has_ordered_whatever_its_job_knew(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)
    await store.place_order(quote, confirmed_by="voice", now=NOON)

    await store.close_call(quote.call_id, outcome="failed", reason="store_unavailable", now=LATER)

    (record,) = await store.find_calls()
    assert (record.outcome, record.reason) == ("ordered", "store_unavailable")


async def test_a_state_changes_only_from_the_one_that_was_seen(store: Store, menu: Menu) -> None:
    order = await store.place_order(await a_quote(store, menu), confirmed_by="voice", now=NOON)
    await store.change_order_status(order.id, "preparing", who="Ana", now=NOON)

    with pytest.raises(IllegalChange):
        await store.change_order_status(order.id, "cancelled", who="caller", now=NOON, only_from="confirmed")
    cancelled = await store.change_order_status(order.id, "cancelled", who="staff", now=NOON, only_from="preparing")

    assert cancelled.status == "cancelled"


async def test_a_saved_cart_comes_back_as_the_menu_has_it_now(store: Store, menu: Menu) -> None:
    record = await a_call(store)
    cart = await store.save_cart(a_cart(menu), call_id=record.id)
    salad, salmon = item_named(menu, "Caesar Salad"), item_named(menu, "Grilled Salmon")
    changed = with_item(with_item(menu, replace(salad, price_cents=1000)), replace(salmon, is_available=False))
    await store.save_menu(changed)

    saved = await store.save_cart(cart.add(a_line(salad, note="no egg")), call_id=record.id)

    assert [(line.unit_price_cents, line.is_available) for line in saved.lines] == [
        (1000, True),
        (2299, False),
        (1000, True),
    ]
    assert saved == await store.find_cart(record.id)


def with_another_tax(menu: Menu) -> Menu:
    grill, *others = menu.restaurants
    return Menu((replace(grill, tax_rate_basis_points=900), *others))


def without_the_grill(menu: Menu) -> Menu:
    grill, *others = menu.restaurants
    return Menu((replace(grill, is_active=False), *others))


@pytest.mark.parametrize("change", [with_another_tax, without_the_grill])
async def test_a_quote_is_outdated_by_its_restaurant(store: Store, menu: Menu, change: Callable[[Menu], Menu]) -> None:
    known = await store.load_menu()
    quote = await a_quote(store, known)
    cart = await store.find_cart(quote.call_id)
    assert cart is not None
    await store.save_menu(change(menu))

    with pytest.raises(QuoteOutdated, match="menu"):
        await store.place_order(quote, confirmed_by="keypad", now=NOON)
    frozen = await store.freeze_cart(cart, call_id=quote.call_id, wishes=NO_WISHES, now=NOON)
    with pytest.raises(QuoteOutdated, match="menu"):
        refuse_unless_as_known(frozen, cart, known.restaurant(quote.restaurant_id))

    assert not await store.find_orders()


async def test_a_restaurant_described_in_other_words_outdates_no_quote(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, await store.load_menu())
    grill, *others = menu.restaurants
    await store.save_menu(Menu((replace(grill, standout_dish="Caesar Salad, again", phone="+14075550109"), *others)))

    assert (await store.place_order(quote, confirmed_by="keypad", now=NOON)).totals == quote.totals
