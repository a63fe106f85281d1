from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import CartOutdated
from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from tests.builders import NOON, a_call, a_cart, a_line, a_quote, a_thai_cart, item_named, with_item


@pytest.mark.parametrize("build", [a_cart, a_thai_cart])
async def test_a_cart_comes_back_as_it_was_saved(store: Store, menu: Menu, build: Callable[[Menu], Cart]) -> None:
    record = await a_call(store)

    saved = await store.save_cart(build(menu), call_id=record.id)

    assert await store.find_cart(record.id) == saved


async def test_a_cart_emptied_again_is_kept_empty(store: Store, menu: Menu) -> None:
    record = await a_call(store)
    saved = await store.save_cart(a_cart(menu), call_id=record.id)

    emptied = await store.save_cart(replace(saved, lines=()), call_id=record.id)

    assert await store.find_cart(record.id) == emptied
    assert emptied.is_empty


async def test_every_change_raises_the_version(store: Store, menu: Menu) -> None:
    record = await a_call(store)
    first = await store.save_cart(a_cart(menu), call_id=record.id)
    line = first.lines[0]

    second = await store.save_cart(first.change(line.id, replace(line, quantity=5)), call_id=record.id)
    third = await store.save_cart(second.remove(line.id), call_id=record.id)

    assert 0 < first.version < second.version < third.version


async def test_a_call_with_nothing_added_has_no_cart(store: Store) -> None:
    record = await a_call(store)

    assert await store.find_cart(record.id) is None


async def test_two_changes_of_one_version_do_not_overwrite_each_other(store: Store, menu: Menu) -> None:
    record = await a_call(store)
    cart = await store.save_cart(a_cart(menu), call_id=record.id)
    winner = await store.save_cart(cart.add(a_line(item_named(menu, "Caesar Salad"), 4)), call_id=record.id)

    with pytest.raises(CartOutdated):
        await store.save_cart(cart.remove(cart.lines[0].id), call_id=record.id)

    assert await store.find_cart(record.id) == winner


async def test_a_placed_order_can_no_longer_be_edited(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)
    cart = await store.find_cart(quote.call_id)
    order = await store.place_order(quote, confirmed_by="voice", now=NOON)
    assert cart is not None

    with pytest.raises(CartOutdated, match="already placed"):
        await store.save_cart(cart.remove(cart.lines[0].id), call_id=quote.call_id)

    assert list(await store.find_orders()) == [order]


async def test_a_cart_shows_the_prices_that_the_menu_has_now(store: Store, menu: Menu) -> None:
    record = await a_call(store)
    await store.save_cart(a_cart(menu), call_id=record.id)

    await store.save_menu(with_item(menu, replace(item_named(menu, "Caesar Salad"), price_cents=999)))

    cart = await store.find_cart(record.id)
    assert cart is not None
    assert cart.subtotal_cents == 2 * 999 + 2299


async def test_a_cart_outlives_its_call(store: Store, menu: Menu) -> None:
    record = await a_call(store, "+14075550199")
    saved = await store.save_cart(a_cart(menu), call_id=record.id)

    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=NOON + timedelta(minutes=1))

    assert await store.find_cart(record.id) == saved


async def test_two_calls_from_one_number_have_two_carts(store: Store, menu: Menu) -> None:
    first, second = await a_call(store, "+14075550155"), await a_call(store, "+14075550155")
    salads = await store.save_cart(a_cart(menu), call_id=first.id)
    noodles = await store.save_cart(a_thai_cart(menu), call_id=second.id)

    assert await store.find_cart(first.id) == salads
    assert await store.find_cart(second.id) == noodles


async def test_the_cart_after_an_order_is_a_new_one(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)
    await store.place_order(quote, confirmed_by="page", now=NOON)
    after_order = await store.find_cart(quote.call_id)

    saved = await store.save_cart(Cart(str(uuid4())).add(a_line(menu.items[0])), call_id=quote.call_id)

    assert after_order is None
    assert await store.find_cart(quote.call_id) == saved
