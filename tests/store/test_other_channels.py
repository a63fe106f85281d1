"""Other channels read and write the same tables, knowing only the columns that they always had."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from phone_agent.ordering.errors import CartOutdated, QuoteOutdated
from phone_agent.ordering.menu import Menu
from phone_agent.store.sqlite import SqliteStore
from tests.builders import NOON, a_call, a_cart, a_line, a_quote, a_thai_cart, item_named
from tests.store.known import KNOWN


@pytest.fixture
async def sqlite(path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(path)
    yield opened
    await opened.close()


@pytest.fixture
def other(path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(path, isolation_level=None)
    opened.execute("PRAGMA foreign_keys = ON")
    yield opened
    opened.close()


@pytest.mark.parametrize("table", KNOWN)
def test_every_table_has_the_columns_that_are_known(other: sqlite3.Connection, table: str) -> None:
    columns = {row[1] for row in other.execute(f"PRAGMA table_info({table})")}

    assert set(KNOWN[table].split()) <= columns


async def test_money_is_written_as_dollars(sqlite: SqliteStore, other: sqlite3.Connection, menu: Menu) -> None:
    await sqlite.place_order(await a_quote(sqlite, menu), confirmed_by="keypad", now=NOON)

    order = other.execute("SELECT subtotal, tax, fees, tip, total, typeof(total) FROM fc_orders").fetchone()
    lines = other.execute("SELECT name, quantity, base_price, total_price FROM fc_order_items").fetchall()
    assert order == ("40.97", "2.66", "0.00", "0.00", "43.63", "text")
    assert lines == [("Caesar Salad", 2, "8.99", "17.98"), ("Grilled Salmon", 1, "22.99", "22.99")]


async def test_an_order_event_says_who_confirmed_and_how(
    sqlite: SqliteStore, other: sqlite3.Connection, menu: Menu
) -> None:
    order = await sqlite.place_order(await a_quote(sqlite, menu), confirmed_by="voice", now=NOON)

    event = other.execute("SELECT order_id, intent, status, who, notes FROM fc_order_events").fetchall()
    assert event == [(order.id, "order_placed", "confirmed", "caller", "confirmed by voice")]


async def test_a_section_that_is_switched_off_outdates_a_quote_of_its_dishes(
    sqlite: SqliteStore, other: sqlite3.Connection, menu: Menu
) -> None:
    quotes = [await a_quote(sqlite, menu), await a_quote(sqlite, menu, a_thai_cart(menu))]

    other.execute("UPDATE fc_menu_sections SET is_active = 0 WHERE slug = 'salads'")

    with pytest.raises(QuoteOutdated, match="menu"):
        await sqlite.place_order(quotes[0], confirmed_by="keypad", now=NOON)
    cart = await sqlite.find_cart(quotes[0].call_id)
    assert cart is not None
    assert [line.is_available for line in cart.lines] == [False, True]
    assert await sqlite.place_order(quotes[1], confirmed_by="keypad", now=NOON)


async def test_only_the_cart_that_was_not_ordered_is_marked_as_orphaned(
    sqlite: SqliteStore, other: sqlite3.Connection, menu: Menu
) -> None:
    quote = await a_quote(sqlite, menu)
    await sqlite.place_order(quote, confirmed_by="keypad", now=NOON)
    left = await sqlite.save_cart(a_cart(menu), call_id=quote.call_id)
    other.execute("UPDATE fc_calls SET caller_number = '+14075550199'")

    await sqlite.close_call(quote.call_id, outcome="ordered", reason="hang-up", now=NOON)

    carts = other.execute("SELECT id, status, orphaned_at FROM fc_carts ORDER BY rowid").fetchall()
    assert carts == [
        (quote.cart_id, "ordered", None),
        (left.id, "active", "2026-11-20T17:00:00.000000+00:00"),
    ]


async def test_the_cart_of_a_lost_call_alone_is_marked_as_orphaned(
    sqlite: SqliteStore, other: sqlite3.Connection, menu: Menu
) -> None:
    lost, running = await a_call(sqlite), await a_call(sqlite)
    other.execute("UPDATE fc_calls SET started_at = '2026-11-20T16:59:59.999999+00:00' WHERE id = ?", (lost.id,))
    for call in (lost, running):
        await sqlite.save_cart(a_cart(menu), call_id=call.id)

    await sqlite.close_lost_calls(silent_since=NOON)

    carts = other.execute("SELECT call_id, orphaned_at FROM fc_carts ORDER BY rowid").fetchall()
    assert carts == [(lost.id, "2026-11-20T16:59:59.999999+00:00"), (running.id, None)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE fc_menu_items SET base_price = '13.50' WHERE name = 'Pad Thai'",
        "UPDATE fc_menu_items SET is_available = 0 WHERE name = 'Pad Thai'",
        "UPDATE fc_menu_item_option_choices SET price_adjustment = '0.80' WHERE label = 'Peanuts'",
        "INSERT INTO fc_menu_item_option_choices (id, option_group_id, label) "
        "SELECT 'new', option_group_id, 'Basil' FROM fc_menu_item_option_choices WHERE label = 'Peanuts'",
        "DELETE FROM fc_menu_item_option_choices WHERE label = 'Lime'",
        "UPDATE fc_menu_item_option_groups SET required = 1 WHERE title = 'Extras'",
        "UPDATE fc_cart_items SET quantity = 9",
        "UPDATE fc_cart_item_options SET price_adjustment = '9.00'",
        "DELETE FROM fc_cart_item_options",
        "DELETE FROM fc_cart_items",
        "UPDATE fc_carts SET status = 'abandoned'",
    ],
)
async def test_a_change_by_another_channel_outdates_the_quote(
    sqlite: SqliteStore, other: sqlite3.Connection, menu: Menu, change: str
) -> None:
    quote = await a_quote(sqlite, menu, a_thai_cart(menu))
    other.execute(change)

    with pytest.raises(QuoteOutdated):
        await sqlite.place_order(quote, confirmed_by="keypad", now=NOON)

    assert not await sqlite.find_orders()


async def test_a_rating_does_not_outdate_the_quote(sqlite: SqliteStore, other: sqlite3.Connection, menu: Menu) -> None:
    quote = await a_quote(sqlite, menu)
    other.execute("UPDATE fc_menu_items SET rating = 4.9, ratings_count = 12, description = 'fresh'")

    assert (await sqlite.place_order(quote, confirmed_by="keypad", now=NOON)).number == 1


async def test_a_cart_changed_by_another_channel_is_not_overwritten(
    sqlite: SqliteStore, other: sqlite3.Connection, menu: Menu
) -> None:
    quote = await a_quote(sqlite, menu)
    cart = await sqlite.find_cart(quote.call_id)
    assert cart is not None
    other.execute("UPDATE fc_cart_items SET quantity = 3 WHERE quantity = 2")

    with pytest.raises(CartOutdated):
        await sqlite.save_cart(cart.add(a_line(item_named(menu, "Grilled Salmon"))), call_id=quote.call_id)

    assert [line.quantity for line in (await sqlite.find_cart(quote.call_id) or cart).lines] == [3, 1]


async def test_an_edited_cart_leaves_no_rows_behind(sqlite: SqliteStore, other: sqlite3.Connection, menu: Menu) -> None:
    record = await a_call(sqlite)
    saved = await sqlite.save_cart(a_thai_cart(menu), call_id=record.id)

    await sqlite.save_cart(saved.remove(saved.lines[0].id), call_id=record.id)

    assert other.execute("SELECT * FROM fc_cart_items").fetchall() == []
    assert other.execute("SELECT * FROM fc_cart_item_options").fetchall() == []


async def test_what_others_put_beside_the_city_is_kept(sqlite: SqliteStore, other: sqlite3.Connection) -> None:
    place = '{"city": "Tampa", "state": "FL", "lat": 27.9}'
    other.execute("INSERT INTO fc_profiles (id, default_location) VALUES ('p1', ?)", (place,))
    profile = await sqlite.load_profile("p1")

    await sqlite.save_profile(profile)

    location = other.execute("SELECT default_location ->> 'lat' FROM fc_profiles").fetchone()
    assert (profile.city, location) == ("Tampa", (27.9,))
