"""Codes of second screens, in fc_calls."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from phone_agent.store.call_rows import record_of
from phone_agent.store.columns import Row
from phone_agent.store.records import CallRecord


def open_screen(connection: Connection, call_id: str, code: str) -> bool:
    opened = connection.execute(
        """
        UPDATE fc_calls SET screen_code = :code WHERE id = :id AND ended_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM fc_calls other WHERE other.screen_code = :code AND other.ended_at IS NULL)
        RETURNING id
        """,
        {"id": call_id, "code": code},
    )
    return bool(opened.fetchall())


def find(connection: Connection, code: str) -> CallRecord | None:
    rows = connection.execute("SELECT * FROM fc_calls WHERE screen_code = ? AND ended_at IS NULL", (code,))
    return only_one(rows.fetchall())


def only_one(rows: Sequence[Row]) -> CallRecord | None:
    """Two calls with one code, which a lost call that runs again may make, are nobody's."""
    return record_of(rows[0]) if len(rows) == 1 else None
