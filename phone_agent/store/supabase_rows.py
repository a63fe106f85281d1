"""Rows as Supabase sends them, in the form that the mappings of the tables read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from phone_agent.ordering.order import Order
from phone_agent.store.columns import Row
from phone_agent.store.order_columns import OrderRows, orders_from


def as_row(columns: Mapping[str, Any]) -> Row:
    """The mappings read lists as JSON in a text."""
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for name, value in columns.items()
    }


def as_rows(rows: Iterable[Mapping[str, Any]] | None) -> list[Row]:
    return [as_row(row) for row in rows or ()]


def arguments_of(rows: OrderRows) -> dict[str, object]:
    return {"placed": rows.placed, "lines": rows.lines, "options": rows.options, "event": rows.event}


def orders_of(answer: Mapping[str, Any]) -> Sequence[Order]:
    return orders_from(as_rows(answer["orders"]), as_rows(answer["lines"]), as_rows(answer["options"]))
