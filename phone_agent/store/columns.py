"""How values stand in the columns: money as dollars in text, times in UTC, lists as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from sqlite3 import Connection
from typing import Any, Protocol

from phone_agent.ordering.pricing import Totals

Value = str | int | float | None


class Row(Protocol):
    """What a store has read: SQLite's own row, or what Supabase sent in the same form."""

    def __getitem__(self, column: str, /) -> Any: ...  # noqa: ANN401 - as the column is


def to_dollars(cents: int) -> str:
    return str(Decimal(cents).scaleb(-2))


@lru_cache(maxsize=4096)
def to_cents(dollars: str | None) -> int:
    return int((Decimal(dollars or 0) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def to_text(at: datetime) -> str:
    """Of one length, so that text sorts as time does."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def to_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def to_list(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


@lru_cache(maxsize=4096)
def to_tuple(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def insert(connection: Connection, table: str, rows: Sequence[Mapping[str, Value]], then: str = "") -> None:
    """All rows have the same columns."""
    if rows:
        names = ", ".join(rows[0])
        values = ", ".join(f":{name}" for name in rows[0])
        sql = f"INSERT INTO {table} ({names}) VALUES ({values}) {then}"  # noqa: S608 - names written in this package
        connection.executemany(sql, rows)


def upsert(connection: Connection, table: str, rows: Sequence[Mapping[str, Value]]) -> None:
    if rows:
        updates = ", ".join(f"{name} = excluded.{name}" for name in rows[0] if name != "id")
        insert(connection, table, rows, f"ON CONFLICT (id) DO UPDATE SET {updates}")


def grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def totals_row(totals: Totals) -> dict[str, Value]:
    return {
        "subtotal": to_dollars(totals.subtotal_cents),
        "discount": to_dollars(totals.discount_cents),
        "tax": to_dollars(totals.tax_cents),
        "fees": to_dollars(totals.fees_cents),
        "tip": to_dollars(totals.tip_cents),
        "total": to_dollars(totals.total_cents),
    }
