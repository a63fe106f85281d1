"""The migrations on an empty project, on one that is half migrated, and on another channel's database with its rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from phone_agent.store import migrate as sqlite_migrate
from tests.postgrest.project import Project
from tests.postgrest.servers import MIGRATIONS, Postgres, migrate
from tests.store.known import KNOWN

pytestmark = pytest.mark.postgrest
FOOD_COURT = (Path(__file__).parents[1] / "postgrest" / "food_court.sql").read_text(encoding="utf-8")
ONLY_HERE = {"rowid": "SQLite has it unasked"}
"""Columns of PostgreSQL that SQLite lacks, and why."""
CATALOG = {
    "columns": "select table_name, column_name, data_type, is_nullable, column_default, identity_generation "
    "from information_schema.columns where table_schema = 'public'",
    "constraints": "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint "
    "where connamespace = 'public'::regnamespace",
    "indexes": "select indexname, indexdef from pg_indexes where schemaname = 'public'",
    "triggers": "select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
    "functions": "select oid::regprocedure::text, prosrc, proconfig::text, proacl::text from pg_proc "
    "where pronamespace = 'public'::regnamespace",
    "policies": "select tablename, policyname, roles::text, cmd, qual from pg_policies",
    "rights": "select relname, relrowsecurity, relacl::text from pg_class where relnamespace = 'public'::regnamespace "
    "and relkind = 'r'",
}


@pytest.fixture
def database(postgres: Postgres, request: pytest.FixtureRequest) -> Iterator[psycopg.Connection[Any]]:
    name = f"migrated_{abs(hash(request.node.name)) % 10**9}"
    with postgres.create(name) as owner:
        yield owner
    with postgres.connect("postgres") as superuser:
        superuser.execute(f"drop database {name}")


def schema_of(connection: psycopg.Connection[Any]) -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(connection.execute(query).fetchall(), key=repr) for name, query in CATALOG.items()}


def rows_of(connection: psycopg.Connection[Any], known: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """Of the columns that were there before."""
    return {
        table: sorted(connection.execute(f"select {', '.join(columns)} from {table}").fetchall(), key=repr)
        for table, columns in known.items()
    }


def columns_of(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {}
    for table, column, *_ in sorted(connection.execute(CATALOG["columns"]).fetchall(), key=repr):
        columns.setdefault(table, []).append(column)
    return columns


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_every_earlier_version_becomes_the_newest(
    database: psycopg.Connection[Any], project: Project, version: int
) -> None:
    migrate(database, MIGRATIONS[:version])

    migrate(database, MIGRATIONS[version:])
    newest = schema_of(database)
    migrate(database, MIGRATIONS)

    assert schema_of(database) == newest == schema_of(project.connection)


@pytest.mark.parametrize("first", range(len(MIGRATIONS)))
def test_all_from_any_migration_on_may_be_applied_again(database: psycopg.Connection[Any], first: int) -> None:
    migrate(database, MIGRATIONS)
    before = schema_of(database)

    migrate(database, MIGRATIONS[first:])

    assert schema_of(database) == before


def test_another_channels_rows_and_rights_stay_as_they_are(database: psycopg.Connection[Any]) -> None:
    database.execute(FOOD_COURT)
    known, before = columns_of(database), schema_of(database)
    rows = rows_of(database, known)

    migrate(database, MIGRATIONS)
    migrate(database, MIGRATIONS)

    after = schema_of(database)
    assert rows_of(database, known) == rows
    assert set(before["columns"]) <= set(after["columns"])
    assert set(before["constraints"]) <= set(after["constraints"])
    assert [policy for policy in after["policies"] if policy in before["policies"]] == before["policies"]
    assert {name for name, *_ in set(after["policies"]) - set(before["policies"])} <= {
        "fc_order_items", "fc_order_item_options"}  # fmt: skip
    was = {name: secured for name, secured, _ in before["rights"]}
    assert {name: secured for name, secured, _ in after["rights"] if name in was} == was


def test_orders_from_before_wait_in_no_kitchen(database: psycopg.Connection[Any]) -> None:
    database.execute(FOOD_COURT)

    migrate(database, MIGRATIONS)
    database.execute("insert into fc_orders (restaurant_name, total) values ('Bay Noodles', 3.05)")

    orders = database.execute("select total::text, status from fc_orders o order by o.total").fetchall()
    assert orders == [("3.05", "placed"), ("17.25", "delivered")]


def test_orders_that_were_placed_before_there_were_states_are_confirmed(database: psycopg.Connection[Any]) -> None:
    earlier = next(n for n, script in enumerate(MIGRATIONS) if "kitchen" in script.stem)
    migrate(database, MIGRATIONS[:earlier])
    guest = database.execute("insert into fc_profiles default values returning id").fetchone()
    assert guest is not None
    orders = "insert into fc_orders (profile_id, restaurant_name, total, order_number) values (%s, 'Grill', 9, %s)"
    database.execute(orders, [guest[0], 1])
    database.execute(orders, [guest[0], None])
    database.execute("insert into fc_order_events (intent, status) values ('order_placed', 'placed')")

    migrate(database, MIGRATIONS[earlier:])

    assert database.execute("select order_number, status from fc_orders order by 1").fetchall() == [
        (1, "confirmed"),
        (None, "placed"),
    ]
    assert database.execute("select status from fc_order_events").fetchall() == [("confirmed",)]


def test_both_stores_name_the_same_tables_and_columns(project: Project) -> None:
    ours = sqlite3.connect(":memory:", isolation_level=None)
    sqlite_migrate.migrate(ours, sqlite_migrate.migrations())
    tables = [name for (name,) in ours.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    sqlite = {t: {row[1] for row in ours.execute(f"PRAGMA table_info({t})")} for t in tables}
    ours.close()

    postgres = {t: set(c) - set(ONLY_HERE) for t, c in columns_of(project.connection).items()}
    assert postgres == sqlite


@pytest.mark.parametrize("table", KNOWN)
def test_every_table_has_the_columns_that_are_known(project: Project, table: str) -> None:
    assert set(KNOWN[table].split()) <= set(columns_of(project.connection)[table])
