"""Sold-out marks, the version of the menu and the history of imports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import QuoteOutdated
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.selection import ItemRequest, OptionRequest, line_for
from phone_agent.store.protocol import Store
from phone_agent.store.records import MenuImport
from tests.builders import NOON, a_call, a_quote, an_id, item_named, with_item
from tests.ordering.menus import the_corner

EVENING = NOON + timedelta(hours=8)
"""When the corner restaurant is open."""
SOON = datetime.now(UTC) + timedelta(hours=2)
JUST_NOW = datetime.now(UTC) - timedelta(seconds=1)


async def is_available(store: Store, name: str) -> bool:
    return item_named(await store.load_menu(), name).is_available


async def test_a_whole_menu_comes_back_as_it_was_saved(store: Store) -> None:
    menu = the_corner()

    await store.save_menu(menu)

    loaded = await store.load_menu()
    assert [place for place in loaded.restaurants if place.is_active] == list(menu.restaurants)


async def test_a_dish_is_sold_out_until_it_is_back(store: Store, menu: Menu) -> None:
    salmon = item_named(menu, "Grilled Salmon")

    await store.sell_out(salmon.id, None)
    marked = item_named(await store.load_menu(), "Grilled Salmon")
    await store.bring_back(salmon.id)

    assert (marked.is_available, marked.is_sold_out, marked.sold_out_until) == (False, True, None)
    assert await store.load_menu() == menu


async def test_a_dish_comes_back_by_itself_when_the_time_has_passed(store: Store, menu: Menu) -> None:
    salmon = item_named(menu, "Grilled Salmon")

    await store.sell_out(salmon.id, SOON)
    marked = item_named(await store.load_menu(), "Grilled Salmon")
    await store.sell_out(salmon.id, JUST_NOW)

    assert (marked.is_available, marked.sold_out_until) == (False, SOON)
    assert await store.load_menu() == menu


async def test_an_import_does_not_undo_a_mark(store: Store, menu: Menu) -> None:
    await store.sell_out(item_named(menu, "Grilled Salmon").id, SOON)

    await store.save_menu(menu)

    assert not await is_available(store, "Grilled Salmon")


async def test_a_mark_on_what_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(KeyError):
        await store.sell_out("nothing", None)
    with pytest.raises(KeyError):
        await store.bring_back("nothing")


async def test_a_sold_out_dish_outdates_the_quote(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)

    await store.sell_out(item_named(menu, "Grilled Salmon").id, SOON)

    with pytest.raises(QuoteOutdated):
        await store.place_order(quote, confirmed_by="keypad", now=NOON)


async def test_every_change_raises_the_version_of_the_menu(store: Store, menu: Menu) -> None:
    salmon = item_named(menu, "Grilled Salmon")
    versions = [await store.menu_version()]

    await store.sell_out(salmon.id, SOON)
    versions.append(await store.menu_version())
    await store.sell_out(salmon.id, JUST_NOW)
    versions.append(await store.menu_version())
    await store.save_menu(with_item(menu, replace(salmon, price_cents=1)))
    versions.append(await store.menu_version())

    assert versions == sorted(set(versions))
    assert await store.menu_version() == versions[-1]


async def test_a_cart_does_not_raise_the_version_of_the_menu(store: Store, menu: Menu) -> None:
    version = await store.menu_version()

    await a_quote(store, menu)

    assert await store.menu_version() == version


async def test_imports_are_kept_newest_first(store: Store, menu: Menu) -> None:
    first = MenuImport(an_id("one"), NOON, "aa", "one.json", "{}")
    second = MenuImport(an_id("two"), NOON + timedelta(minutes=1), "bb", "two.json", "[]")

    for record in (first, second):
        await store.save_menu(menu, record)

    assert list(await store.find_menu_imports()) == [second, first]
    assert list(await store.find_menu_imports(limit=1)) == [second]


async def a_corner_cart(store: Store) -> Cart:
    menu = the_corner()
    await store.save_menu(menu)
    options = (OptionRequest("large"), OptionRequest("olives", half="left"))
    halves = ItemRequest("garden pizza", 2, options, other_half="farmer pizza")
    shots = ItemRequest("coffee", 1, (OptionRequest("shot", "extra", 3),))
    deal = ItemRequest("lunch deal", 1, (OptionRequest("tea"),))
    cart = Cart(an_id("cart"))
    for request in (halves, shots, deal):
        cart = cart.add(line_for(request, menu, line_id=an_id(request.item_name)))
    return cart


async def test_halves_counts_and_combos_come_back_from_the_store(store: Store) -> None:
    record = await a_call(store)

    saved = await store.save_cart(await a_corner_cart(store), call_id=record.id)

    assert await store.find_cart(record.id) == saved
    assert saved.subtotal_cents == 2 * (1750 + 88) + (300 + 285) + 1450


@pytest.mark.parametrize("dish", ["Farmer Pizza", "Tea"])
async def test_a_half_or_a_part_that_sells_out_outdates_the_quote(store: Store, dish: str) -> None:
    cart = await a_corner_cart(store)
    menu = await store.load_menu()
    quote = await a_quote(store, menu, cart, now=EVENING)

    await store.sell_out(item_named(menu, dish).id, None)

    with pytest.raises(QuoteOutdated):
        await store.place_order(quote, confirmed_by="keypad", now=EVENING)
    again = await store.find_cart(quote.call_id)
    assert again is not None
    assert not all(line.is_available for line in again.lines)
