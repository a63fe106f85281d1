"""What the store holds, read from outside while the agent writes it."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

POLL_S = 0.0005


class Kitchen:
    """Every caller of the bench has a number of its own, so a number means one call."""

    def __init__(self, database: Path) -> None:
        self._database = database

    def call_of(self, number: str) -> str | None:
        rows = self._ask("SELECT id FROM fc_calls WHERE caller_number = ?", number)
        return str(rows[0][0]) if rows else None

    def is_call_closed(self, number: str) -> bool:
        return bool(self._ask("SELECT 1 FROM fc_calls WHERE caller_number = ? AND ended_at IS NOT NULL", number))

    def dishes_in_cart(self, number: str) -> int:
        return self._count(
            "SELECT COALESCE(SUM(i.quantity), 0) FROM fc_cart_items i JOIN fc_carts c ON c.id = i.cart_id "
            "JOIN fc_calls k ON k.id = c.call_id WHERE c.status = 'active' AND k.caller_number = ?",
            number,
        )

    def times_written(self, number: str) -> int:
        """How often a cart was; every checkout writes it."""
        return self._count(
            "SELECT COALESCE(SUM(c.version), 0) FROM fc_carts c JOIN fc_calls k ON k.id = c.call_id "
            "WHERE k.caller_number = ?",
            number,
        )

    def orders(self, number: str) -> int:
        return self._count(
            "SELECT COUNT(*) FROM fc_orders o JOIN fc_calls k ON k.id = o.call_id WHERE k.caller_number = ?", number
        )

    def lines_of_orders(self, number: str) -> list[list[list[object]]]:
        rows = self._ask(
            "SELECT o.id, i.quantity, i.name FROM fc_orders o JOIN fc_calls k ON k.id = o.call_id "
            "JOIN fc_order_items i ON i.order_id = o.id WHERE k.caller_number = ? ORDER BY o.created_at, i.position",
            number,
        )
        return [[[*line] for _, *line in lines] for _, lines in groupby(rows, key=itemgetter(0))]

    def outcome(self, number: str) -> str:
        rows = self._ask("SELECT outcome FROM fc_calls WHERE caller_number = ?", number)
        return str(rows[0][0]) if rows else "unknown"

    def tools(self, number: str) -> list[str] | None:
        """The names of those that ran, once the call's report is kept."""
        rows = self._ask(
            "SELECT r.tools FROM fc_call_reports r JOIN fc_calls k ON k.id = r.call_id WHERE k.caller_number = ?",
            number,
        )
        return [str(tool["name"]) for tool in json.loads(str(rows[0][0]))] if rows else None

    def order_made_at(self, number: str) -> float:
        """Of this caller's newest order, on time.time()."""
        rows = self._ask(
            "SELECT o.created_at FROM fc_orders o JOIN fc_calls k ON k.id = o.call_id WHERE k.caller_number = ? "
            "ORDER BY o.created_at DESC LIMIT 1",
            number,
        )
        return datetime.fromisoformat(str(rows[0][0])).timestamp()

    def watch_for_order(self, number: str, patience_s: float) -> float | None:
        """Blocks until this caller's next order is committed; when that was seen, on time.monotonic()."""
        deadline = time.monotonic() + patience_s
        with closing(self._connect()) as connection:
            before = self.orders(number)
            version = _version(connection)
            while (now := time.monotonic()) < deadline:
                if (newer := _version(connection)) != version:
                    version = newer
                    if self.orders(number) > before:
                        return now
                time.sleep(POLL_S)
        return None

    def _count(self, question: str, number: str) -> int:
        ((count,),) = self._ask(question, number)
        return count if isinstance(count, int) else 0

    def _ask(self, question: str, number: str) -> Sequence[tuple[object, ...]]:
        with closing(self._connect()) as connection:
            rows: list[tuple[object, ...]] = connection.execute(question, (number,)).fetchall()
            return rows

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self._database}?mode=ro", uri=True, isolation_level=None, timeout=1.0)


def _version(connection: sqlite3.Connection) -> int:
    """Changes with every commit of another connection."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
