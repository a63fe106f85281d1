"""Several processes share one SQLite file, and any of them may be killed at any moment."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Quote
from phone_agent.store.sqlite import SqliteStore
from tests.builders import NOON, a_quote
from tests.store import processes

pytestmark = pytest.mark.program


async def quote_in(path: Path, menu: Menu) -> Quote:
    store = await SqliteStore.open(path)
    quote = await a_quote(store, menu)
    await store.close()
    return quote


def run_until_it_dies(target: object, *arguments: object) -> int | None:
    process = processes.SPAWN.Process(target=target, args=arguments)  # type: ignore[arg-type]
    process.start()
    process.join(30)
    return process.exitcode


def test_six_processes_open_one_new_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    with processes.pool(6) as pool:
        opened = [pool.submit(processes.open_together, path) for _ in range(6)]

    assert [future.result() for future in opened] == [2] * 6
    assert rows(path, "SELECT count(*) FROM fc_orders") == [(1,)]


async def test_one_quote_placed_by_four_processes_is_one_order(path: Path, menu: Menu) -> None:
    quote = await quote_in(path, menu)
    with processes.pool(4) as pool:
        placed = [pool.submit(processes.place_together, path, quote) for _ in range(4)]

    assert len({future.result() for future in placed}) == 1
    assert rows(path, "SELECT count(*) FROM fc_orders") == [(1,)]


def test_fifty_callers_in_five_processes_get_the_numbers_1_to_50(path: Path) -> None:
    with processes.pool(5) as pool:
        taken = [pool.submit(processes.take_calls, path, 10) for _ in range(5)]
    orders = [order for future in taken for order in future.result()]

    assert sorted(order.number for order in orders) == list(range(1, 51))
    assert rows(path, "SELECT count(DISTINCT profile_id), count(*) FROM fc_orders") == [(50, 50)]


async def test_an_order_whose_answer_was_lost_is_found_again(path: Path, menu: Menu) -> None:
    quote = await quote_in(path, menu)

    exit_code = run_until_it_dies(processes.die_before_answer, path, quote)
    store = await SqliteStore.open(path)
    stored = await store.find_orders()
    again = await store.place_order(quote, confirmed_by="keypad", now=NOON)
    await store.close()

    assert exit_code == -signal.SIGKILL
    assert list(stored) == [again]


async def test_a_process_killed_while_placing_leaves_nothing(path: Path, menu: Menu) -> None:
    quote = await quote_in(path, menu)

    exit_code = run_until_it_dies(processes.die_before_commit, path, quote)
    store = await SqliteStore.open(path)
    stored, cart = await store.find_orders(), await store.find_cart(quote.call_id)
    placed = await store.place_order(quote, confirmed_by="keypad", now=NOON)
    await store.close()

    assert exit_code == -signal.SIGKILL
    assert not stored
    assert cart is not None
    assert placed.number == 1


@pytest.mark.parametrize("lived_s", [0.05, 0.11, 0.23])
def test_a_kill_at_any_moment_leaves_whole_orders_only(path: Path, lived_s: float) -> None:
    process = processes.SPAWN.Process(target=processes.take_calls_until_killed, args=(path,))
    process.start()
    wait_for_an_order(path)
    time.sleep(lived_s)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()

    placed = rows(path, "SELECT count(*) FROM fc_orders")[0][0]
    assert rows(path, "SELECT max(order_number) FROM fc_orders") == [(placed,)]
    assert rows(path, "SELECT count(*) FROM fc_carts WHERE status = 'ordered'") == [(placed,)]
    assert rows(path, "SELECT count(*) FROM fc_calls WHERE order_id IS NOT NULL") == [(placed,)]
    assert rows(path, "SELECT count(*) FROM fc_order_events WHERE intent = 'order_placed'") == [(placed,)]
    assert rows(path, "SELECT count(*) FROM fc_order_items") == [(2 * placed,)]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def wait_for_an_order(path: Path) -> None:
    give_up_at = time.monotonic() + 30
    while rows(path, "SELECT count(*) FROM fc_orders") == [(0,)]:
        assert time.monotonic() < give_up_at
        time.sleep(0.01)


def rows(path: Path, sql: str) -> list[tuple[int | str, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found
