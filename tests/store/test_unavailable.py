"""A database that cannot be read or written is a sentence to the caller, soon, and nothing is half-written."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.sentences import Sentence
from phone_agent.store.sqlite import SqliteStore
from tests.builders import NOON, a_call, a_cart, a_quote
from tests.store import processes
from tests.store.test_processes import quote_in

SAID = "can't reach our order book"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """One that other users can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


async def test_a_lock_held_by_another_is_said_in_bounded_time(path: Path, menu: Menu) -> None:
    store = await SqliteStore.open(path, longest_wait_s=0.3)
    quote = await a_quote(store, menu)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        tries = [store.place_order(quote, confirmed_by="keypad", now=NOON) for _ in range(10)]
        failures = await asyncio.gather(*tries, return_exceptions=True)
        waited_s = time.monotonic() - began
    order = await store.place_order(quote, confirmed_by="keypad", now=NOON)
    await store.close()

    assert all(isinstance(failure, StoreUnavailable) and SAID in str(failure) for failure in failures)
    assert waited_s < 1.5
    assert order.number == 1


async def test_a_lock_held_for_a_moment_is_waited_for(path: Path, menu: Menu) -> None:
    store = await SqliteStore.open(path)
    record = await a_call(store)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(0.2, other.execute, "COMMIT")
        saved = await store.save_cart(a_cart(menu), call_id=record.id)
    await store.close()

    assert saved.version > 0


@pytest.mark.parametrize("begin", ["BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
async def test_a_new_file_that_another_is_just_opening_is_waited_for(tmp_path: Path, begin: str) -> None:
    path = tmp_path / "store.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE others (id TEXT)")
        other.execute(begin)
        other.execute("SELECT * FROM others").fetchall()
        asyncio.get_running_loop().call_later(0.2, other.execute, "COMMIT")
        store = await SqliteStore.open(path)
        menu = await store.load_menu()
        await store.close()

    assert not menu.restaurants


async def test_the_loop_runs_on_while_the_database_waits(path: Path) -> None:
    store = await SqliteStore.open(path, longest_wait_s=0.5)
    ticks = 0
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.ensure_future(a_call(store))
        while not waiting.done():
            await asyncio.sleep(0.01)
            ticks += 1
    await store.close()

    assert isinstance(waiting.exception(), StoreUnavailable)
    assert ticks > 20


async def test_a_full_disk_places_nothing_and_then_one_order(path: Path, menu: Menu) -> None:
    quote = await quote_in(path, menu)
    with processes.pool(1) as pool:
        said, orders, placed = pool.submit(processes.fill_the_disk, path, quote).result()

    assert said == Sentence.STORE_UNAVAILABLE.words()
    assert orders == 0
    assert placed.number == 1


def test_a_file_that_may_only_be_read_is_said(open_folder: Path) -> None:
    path = open_folder / "store.sqlite3"
    asyncio.run(create(path))
    path.chmod(0o444)
    open_folder.chmod(0o555)

    with processes.pool(1) as pool:
        said = pool.submit(processes.open_as_nobody, path).result()

    open_folder.chmod(0o755)
    assert SAID in said


async def create(path: Path) -> None:
    await (await SqliteStore.open(path)).close()


async def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=SAID):
        await SqliteStore.open(tmp_path / "missing" / "store.sqlite3")


async def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    path.write_bytes(b"not a database, but long enough to have a header of one hundred bytes" * 4)

    with pytest.raises(StoreUnavailable, match=SAID):
        await SqliteStore.open(path)


async def test_a_closed_store_says_so_and_closes_twice(path: Path) -> None:
    store = await SqliteStore.open(path)
    await store.close()
    await store.close()

    with pytest.raises(StoreUnavailable, match=SAID):
        await store.find_calls()


async def test_a_caller_cancelled_in_the_middle_leaves_no_half_order(path: Path, menu: Menu) -> None:
    store = await SqliteStore.open(path)
    quote = await a_quote(store, menu)

    placing = asyncio.ensure_future(store.place_order(quote, confirmed_by="keypad", now=NOON))
    await asyncio.sleep(0)
    placing.cancel()
    order = await store.place_order(quote, confirmed_by="keypad", now=NOON)
    orders = await store.find_orders()
    await store.close()

    assert placing.cancelled()
    assert list(orders) == [order]
