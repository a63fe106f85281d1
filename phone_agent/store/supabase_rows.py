"""Rows as Supabase sends them, in the form that the mappings of the tables read; and what is written, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any, cast
from uuid import uuid4

from phone_agent.ordering.order import ConfirmedBy, Order, OrderLine, Quote
from phone_agent.store.columns import Value, grouped, to_dollars, to_text
from phone_agent.store.order_rows import line_of, local_day, order_of
from phone_agent.store.records import CallRecord, TranscriptLine

Rows = list[dict[str, Value]]


def as_row(columns: Mapping[str, Any]) -> Row:
    """The mappings only ask for columns by name, and lists come as JSON in a text there."""
    told = {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for name, value in columns.items()
    }
    return cast("Row", told)


def as_rows(rows: Iterable[Mapping[str, Any]] | None) -> list[Row]:
    return [as_row(row) for row in rows or ()]


@dataclass(frozen=True)
class OrderRows:
    placed: dict[str, Value]
    lines: Rows
    options: Rows
    event: dict[str, Value]

    def arguments(self) -> dict[str, object]:
        return {"placed": self.placed, "lines": self.lines, "options": self.options, "event": self.event}


def rows_of_quoted(quote: Quote, confirmed_by: ConfirmedBy, now: datetime) -> OrderRows:
    """All but the number, and who called and how: the database knows those."""
    order = Order(
        id=str(uuid4()),
        number=0,
        profile_id="",
        restaurant_id=quote.restaurant_id,
        restaurant_name=quote.restaurant_name,
        timezone=quote.timezone,
        lines=quote.lines,
        totals=quote.totals,
        status="placed",
        channel="",
        placed_at=now,
        ready_at=quote.ready_at,
        confirmed_by=confirmed_by,
    )
    return rows_of(order, key=quote.id, call_id=quote.call_id)


def rows_of(order: Order, *, key: str, call_id: str | None) -> OrderRows:
    about: dict[str, Value] = {
        "profile_id": order.profile_id or None,
        "restaurant_id": order.restaurant_id,
        "restaurant_name": order.restaurant_name,
        "status": order.status,
        "created_at": to_text(order.placed_at),
    }
    placed: dict[str, Value] = about | {
        "id": order.id,
        "order_number": order.number,
        "local_day": local_day(order.placed_at, order.timezone),
        "timezone": order.timezone,
        "idempotency_key": key,
        "call_id": call_id,
        "subtotal": to_dollars(order.totals.subtotal_cents),
        "tax": to_dollars(order.totals.tax_cents),
        "total": to_dollars(order.totals.total_cents),
        "ready_at": to_text(order.ready_at),
        "channel": order.channel,
        "confirmed_by": order.confirmed_by,
    }
    event: dict[str, Value] = about | {
        "id": str(uuid4()),
        "order_id": order.id,
        "intent": "order_placed",
        "who": "caller",
        "notes": f"confirmed by {order.confirmed_by}",
    }
    lines = [line_row(order.id, line, position) for position, line in enumerate(order.lines)]
    options = [
        row for line, given in zip(order.lines, lines, strict=True) for row in option_rows(str(given["id"]), line)
    ]
    return OrderRows(placed, lines, options, event)


def line_row(order_id: str, line: OrderLine, position: int) -> dict[str, Value]:
    base_cents = line.unit_price_cents - sum(option.price_cents for option in line.options)
    return {
        "id": str(uuid4()),
        "order_id": order_id,
        "menu_item_id": line.menu_item_id,
        "name": line.name,
        "quantity": line.quantity,
        "base_price": to_dollars(base_cents),
        "total_price": to_dollars(line.total_cents),
        "notes": line.note,
        "position": position,
    }


def option_rows(line_id: str, line: OrderLine) -> Rows:
    return [
        {
            "id": str(uuid4()),
            "order_item_id": line_id,
            "label": option.label,
            "amount": option.amount,
            "role": option.role,
            "price_adjustment": to_dollars(option.price_cents),
            "position": position,
        }
        for position, option in enumerate(line.options)
    ]


def orders_of(answer: Mapping[str, Any]) -> Sequence[Order]:
    lines = grouped(as_rows(answer["lines"]), "order_id")
    options = grouped(as_rows(answer["options"]), "order_item_id")
    return [
        order_of(row, tuple(line_of(line, options.get(line["id"], [])) for line in lines.get(row["id"], [])))
        for row in as_rows(answer["orders"])
    ]


def quote_row(quote: Quote) -> dict[str, object]:
    """All but the versions of the quoted dishes: the database knows those."""
    return {
        "id": quote.id,
        "call_id": quote.call_id,
        "cart_id": quote.cart_id,
        "cart_version": quote.cart_version,
        "lines": [asdict(line) for line in quote.lines],
        "subtotal": to_dollars(quote.totals.subtotal_cents),
        "tax": to_dollars(quote.totals.tax_cents),
        "total": to_dollars(quote.totals.total_cents),
        "created_at": to_text(quote.created_at),
        "valid_until": to_text(quote.valid_until),
        "ready_at": to_text(quote.ready_at),
    }


def call_row(record: CallRecord) -> dict[str, Value]:
    return {
        "id": record.id,
        "room": record.room,
        "channel": record.channel,
        "profile_id": record.profile_id,
        "caller_number": record.caller_number,
        "dialled_number": record.dialled_number,
        "started_at": to_text(record.started_at),
    }


def transcript_rows(call_id: str, lines: Iterable[TranscriptLine]) -> Rows:
    return [
        {"id": str(uuid4()), "call_id": call_id, "at": to_text(line.at), "speaker": line.speaker, "text": line.text}
        for line in lines
    ]
