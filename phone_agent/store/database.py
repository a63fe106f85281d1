"""One SQLite connection on a thread of its own: each piece of work is one transaction, and none blocks the loop."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, Self, TypeVar

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.sentences import Sentence
from phone_agent.store.migrate import migrate, migrations

RETRY_S = 0.02
Begin = Literal["BEGIN", "BEGIN IMMEDIATE"]
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class Database:
    """The thread is the lock: work runs in the order it came, also when whoever awaits it is cancelled."""

    def __init__(self, path: Path, longest_wait_s: float) -> None:
        self._path = path
        self._longest_wait_s = longest_wait_s
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._connection: sqlite3.Connection | None = None

    @classmethod
    async def open(cls, path: Path, longest_wait_s: float) -> Self:
        """Raises StoreUnavailable."""
        database = cls(path, longest_wait_s)
        try:
            await database._on_thread(database._open)
        except StoreUnavailable:
            await database.close()
            raise
        return database

    async def read(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        return await self._on_thread(lambda: self._transact("BEGIN", work))

    async def write(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        return await self._on_thread(lambda: self._transact("BEGIN IMMEDIATE", work))

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)

    async def _on_thread(self, work: Callable[[], Result]) -> Result:
        too_late = time.monotonic() + self._longest_wait_s

        def in_time() -> Result:
            if time.monotonic() > too_late:
                raise StoreUnavailable(Sentence.STORE_UNAVAILABLE.words())
            try:
                return work()
            except sqlite3.Error as error:
                logger.error("the database failed", extra={"error": repr(error), "path": str(self._path)})
                raise StoreUnavailable(Sentence.STORE_UNAVAILABLE.words()) from error

        return await asyncio.get_running_loop().run_in_executor(self._thread, in_time)

    def _open(self) -> None:
        connection = sqlite3.connect(self._path, timeout=self._longest_wait_s, isolation_level=None)
        self._connection = connection
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        use_write_ahead_log(connection, self._longest_wait_s)
        # FULL: an order whose number has been spoken survives a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        migrate(connection, migrations())

    def _transact(self, begin: Begin, work: Callable[[sqlite3.Connection], Result]) -> Result:
        connection = self._connection
        if connection is None:
            raise StoreUnavailable(Sentence.STORE_UNAVAILABLE.words())
        connection.execute(begin)
        try:
            result = work(connection)
            connection.execute("COMMIT")
            return result
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def use_write_ahead_log(connection: sqlite3.Connection, longest_wait_s: float) -> None:
    """SQLite does not wait for its lock here by itself, so processes that open a new file together would fail."""
    give_up_at = time.monotonic() + longest_wait_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(RETRY_S)
