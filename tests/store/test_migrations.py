"""A database of any earlier version becomes the newest one, with what it held."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.migrate import migrate, migrations, version_of
from phone_agent.store.sqlite import SqliteStore

SCRIPTS = migrations()


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(tmp_path / "store.sqlite3", isolation_level=None)
    yield opened
    opened.close()


def schema_of(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(connection.execute("SELECT name, sql FROM sqlite_master"))


@cache
def newest_schema() -> set[tuple[str, str]]:
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    migrate(fresh, SCRIPTS)
    schema = schema_of(fresh)
    fresh.close()
    return schema


@pytest.mark.parametrize("version", range(len(SCRIPTS) + 1))
def test_every_earlier_version_becomes_the_newest(connection: sqlite3.Connection, version: int) -> None:
    migrate(connection, SCRIPTS[:version])

    migrate(connection, SCRIPTS)

    assert version_of(connection) == len(SCRIPTS)
    assert schema_of(connection) == newest_schema()


def test_migrating_again_changes_nothing(connection: sqlite3.Connection) -> None:
    migrate(connection, SCRIPTS)
    connection.execute("INSERT INTO fc_profiles (id) VALUES ('kept')")

    migrate(connection, SCRIPTS)

    assert connection.execute("SELECT id FROM fc_profiles").fetchall() == [("kept",)]


def test_a_step_that_fails_leaves_the_version_before(connection: sqlite3.Connection) -> None:
    migrate(connection, SCRIPTS[:1])
    before = schema_of(connection)

    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, [*SCRIPTS, "CREATE TABLE fc_new (id TEXT);\nALTER TABLE fc_missing ADD COLUMN x TEXT;\n"])

    assert version_of(connection) == 1
    assert schema_of(connection) == before


def test_a_newer_database_is_left_as_it_is(connection: sqlite3.Connection) -> None:
    migrate(connection, [*SCRIPTS, "CREATE TABLE fc_new (id TEXT);\n"])

    migrate(connection, SCRIPTS)

    assert version_of(connection) == len(SCRIPTS) + 1


async def test_orders_of_the_first_version_are_found_in_the_newest(
    connection: sqlite3.Connection, tmp_path: Path, menu: Menu
) -> None:
    migrate(connection, SCRIPTS[:1])
    connection.execute("INSERT INTO fc_profiles (id, household_name) VALUES ('p1', 'Chen Household')")
    connection.execute(
        """
        INSERT INTO fc_orders (id, profile_id, restaurant_name, total, cuisine, rating)
        VALUES ('o1', 'p1', 'Thai Garden', '17.25', 'Thai', 5)
        """
    )

    store = await SqliteStore.open(tmp_path / "store.sqlite3")
    (order,) = await store.find_orders(profile_id="p1")
    await store.close()

    assert (order.restaurant_name, order.totals.total_cents, order.number) == ("Thai Garden", 1725, 0)


async def test_orders_that_were_placed_before_there_were_states_are_confirmed(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    earlier = next(n for n, script in enumerate(SCRIPTS) if "fc_orders_of_kitchen" in script)
    migrate(connection, SCRIPTS[:earlier])
    connection.execute("INSERT INTO fc_profiles (id) VALUES ('p1')")
    connection.execute(
        """
        INSERT INTO fc_orders (id, profile_id, restaurant_name, total, order_number, status)
        VALUES ('ours', 'p1', 'Thai Garden', '17.25', 1, 'placed'),
               ('theirs', 'p1', 'Thai Garden', '9.00', NULL, 'placed')
        """
    )
    connection.execute("INSERT INTO fc_order_events (id, intent, status) VALUES ('e1', 'order_placed', 'placed')")

    store = await SqliteStore.open(tmp_path / "store.sqlite3")
    orders = {order.id: order.status for order in await store.find_orders()}
    await store.close()

    assert orders == {"ours": "confirmed", "theirs": "confirmed"}
    assert connection.execute("SELECT status FROM fc_orders ORDER BY id").fetchall() == [("confirmed",), ("placed",)]
    assert connection.execute("SELECT status FROM fc_order_events").fetchall() == [("confirmed",)]


def test_of_two_active_carts_of_one_call_the_newer_stays_active(connection: sqlite3.Connection) -> None:
    before = next(number for number, script in enumerate(SCRIPTS) if "fc_carts_active_of_call" in script)
    migrate(connection, SCRIPTS[:before])
    connection.execute("INSERT INTO fc_profiles (id) VALUES ('guest')")
    connection.execute(
        "INSERT INTO fc_calls (id, room, channel, profile_id, started_at) "
        "VALUES ('call', 'room', 'phone', 'guest', '2026-11-20T17:00:00.000000+00:00')"
    )
    for cart, call in (("older", "call"), ("newer", "call"), ("of a page", None)):
        connection.execute("INSERT INTO fc_carts (id, profile_id, call_id) VALUES (?, 'guest', ?)", (cart, call))

    migrate(connection, SCRIPTS)

    assert connection.execute("SELECT id, status FROM fc_carts ORDER BY rowid").fetchall() == [
        ("older", "abandoned"),
        ("newer", "active"),
        ("of a page", "active"),
    ]
