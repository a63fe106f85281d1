from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bench.kitchen import Kitchen
from phone_agent.store.migrate import migrate, migrations

NUMBER, OTHER = "+14075560001", "+14075560002"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, migrations())
        for number in (NUMBER, OTHER):
            connection.execute("INSERT INTO fc_profiles (id) VALUES (?)", (number,))
            connection.execute(
                "INSERT INTO fc_calls (id, room, channel, profile_id, caller_number, started_at) "
                "VALUES (?, 'r', 'phone', ?, ?, '2026-01-01T00:00:00+00:00')",
                (f"call of {number}", number, number),
            )
        connection.execute("INSERT INTO fc_restaurants (id, slug, name) VALUES ('r', 'r', 'R')")
    return path


def place(database: Path, number: str) -> float:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO fc_orders (id, profile_id, restaurant_id, restaurant_name, total, call_id, created_at) "
            "VALUES (?, ?, 'r', 'R', '8.99', ?, '2026-01-01T00:00:07.500000+00:00')",
            (f"order of {number}", number, f"call of {number}"),
        )
    return time.monotonic()


async def test_an_order_is_seen_within_milliseconds_of_its_commit(database: Path) -> None:
    watching = asyncio.create_task(asyncio.to_thread(Kitchen(database).watch_for_order, NUMBER, 5.0))
    await asyncio.sleep(0.2)
    committed = place(database, NUMBER)
    seen = await watching

    assert seen is not None
    assert seen - committed < 0.05


async def test_another_callers_order_is_not_this_ones(database: Path) -> None:
    watching = asyncio.create_task(asyncio.to_thread(Kitchen(database).watch_for_order, NUMBER, 0.5))
    await asyncio.sleep(0.1)
    place(database, OTHER)

    assert await watching is None
    assert (Kitchen(database).orders(NUMBER), Kitchen(database).orders(OTHER)) == (0, 1)


def test_an_order_tells_when_the_agent_made_it(database: Path) -> None:
    place(database, NUMBER)

    assert Kitchen(database).order_made_at(NUMBER) == 1767225607.5


def test_a_call_is_closed_when_its_record_has_an_end(database: Path) -> None:
    assert not Kitchen(database).is_call_closed(NUMBER)

    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("UPDATE fc_calls SET ended_at = '2026-01-01' WHERE caller_number = ?", (NUMBER,))

    assert Kitchen(database).is_call_closed(NUMBER)
    assert Kitchen(database).call_of("+10000000000") is None
