"""What other processes do to a store file; each function runs in a process of its own."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path
from sqlite3 import Connection
from typing import TypeVar

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.order import Order, Quote
from phone_agent.store import order_rows
from phone_agent.store.database import Database
from phone_agent.store.seed import fill_if_empty
from phone_agent.store.sqlite import SqliteStore
from tests.builders import NOON, a_menu, a_quote

Result = TypeVar("Result")
SPAWN = multiprocessing.get_context("spawn")
NOBODY = 65534
LITTLE_ROOM = 16_384
LONGEST_START_S = 60.0
_meeting: list[Barrier] = []


def pool(processes: int) -> ProcessPoolExecutor:
    """As many processes as tasks: each task waits until all are there, so that none begins late."""
    return ProcessPoolExecutor(processes, SPAWN, _meet_at, (SPAWN.Barrier(processes),))


def _meet_at(barrier: Barrier) -> None:
    _meeting.append(barrier)


def wait_for_the_others() -> None:
    _meeting[0].wait(LONGEST_START_S)


def open_together(path: Path) -> int:
    """Gives the number of restaurants."""

    async def work(store: SqliteStore) -> int:
        await fill_if_empty(store, a_menu(), "11111111-0000-0000-0000-0000000000fc")
        return len((await store.load_menu()).restaurants)

    wait_for_the_others()
    return with_store(path, work)


def place_together(path: Path, quote: Quote) -> Order:
    wait_for_the_others()
    return with_store(path, lambda store: store.place_order(quote, confirmed_by="keypad", now=NOON))


def take_calls(path: Path, calls: int) -> list[Order]:
    """That many callers at once, from their ring to their order."""

    async def one_call(store: SqliteStore) -> Order:
        quote = await a_quote(store, await store.load_menu())
        return await store.place_order(quote, confirmed_by="voice", now=NOON)

    async def work(store: SqliteStore) -> list[Order]:
        return list(await asyncio.gather(*(one_call(store) for _ in range(calls))))

    wait_for_the_others()
    return with_store(path, work)


def die_before_commit(path: Path, quote: Quote) -> None:
    def place_and_die(connection: Connection) -> None:
        order_rows.place(connection, quote, "keypad", NOON)
        os.kill(os.getpid(), signal.SIGKILL)

    async def work() -> None:
        await (await Database.open(path, 3.0)).write(place_and_die)

    asyncio.run(work())


def die_before_answer(path: Path, quote: Quote) -> None:
    async def work(store: SqliteStore) -> None:
        await store.place_order(quote, confirmed_by="keypad", now=NOON)
        os.kill(os.getpid(), signal.SIGKILL)

    with_store(path, work)


def take_calls_until_killed(path: Path) -> None:
    async def work(store: SqliteStore) -> None:
        while True:
            quote = await a_quote(store, a_menu())
            await store.place_order(quote, confirmed_by="voice", now=NOON)

    with_store(path, work)


def open_as_nobody(path: Path) -> str:
    """The sentence that the caller hears where this user may only read the file."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        with_store(path, lambda store: store.find_calls())
    except StoreUnavailable as error:
        return str(error)
    return "it opened"


def fill_the_disk(path: Path, quote: Quote) -> tuple[str, int, Order]:
    """What is said with no room left, how many orders there are then, and the order once there is room again."""

    async def work(store: SqliteStore) -> tuple[str, int, Order]:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (LITTLE_ROOM, hard))
        said = "it was written"
        try:
            await store.place_order(quote, confirmed_by="keypad", now=NOON)
        except StoreUnavailable as error:
            said = str(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        orders = len(await store.find_orders())
        return said, orders, await store.place_order(quote, confirmed_by="keypad", now=NOON)

    return with_store(path, work)


def with_store(path: Path, work: Callable[[SqliteStore], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        store = await SqliteStore.open(path)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())
