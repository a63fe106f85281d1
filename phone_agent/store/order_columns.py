"""How an order, its lines and its first event stand in the columns; both stores write and read these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from phone_agent.ordering.order import ConfirmedBy, Order, OrderLine, OrderLineOption, Quote
from phone_agent.ordering.pricing import Totals
from phone_agent.ordering.states import status_of
from phone_agent.store.columns import Row, Value, grouped, to_cents, to_dollars, to_text, to_time, totals_row
from phone_agent.store.wish_rows import fulfilment_of, fulfilment_row, to_text_or_none, to_time_or_none

Rows = list[dict[str, Value]]


@dataclass(frozen=True)
class OrderRows:
    """Of the four tables; the restaurant's cuisine, the database adds."""

    placed: dict[str, Value]
    lines: Rows
    options: Rows
    event: dict[str, Value]


def order_of_quote(quote: Quote, confirmed_by: ConfirmedBy, now: datetime) -> Order:
    """All but the number, and who called and how: the database knows those."""
    return Order(
        id=str(uuid4()),
        number=0,
        profile_id="",
        restaurant_id=quote.restaurant_id,
        restaurant_name=quote.restaurant_name,
        timezone=quote.timezone,
        lines=quote.lines,
        totals=quote.totals,
        status="confirmed",
        channel="",
        placed_at=now,
        ready_at=quote.ready_at,
        confirmed_by=confirmed_by,
        fulfilment=quote.fulfilment,
        arrives_at=quote.arrives_at,
        slot_start=quote.slot_start,
        coupon=quote.wishes.coupon if quote.totals.discount_cents else "",
        order_note=quote.wishes.order_note,
        allergy_note=quote.wishes.allergy_note,
        payment_method=quote.payment_method,
    )


def rows_of(order: Order, *, key: str, call_id: str | None) -> OrderRows:
    lines = [line_row(order.id, line, position) for position, line in enumerate(order.lines)]
    options = [
        row for line, given in zip(order.lines, lines, strict=True) for row in option_rows(str(given["id"]), line)
    ]
    placed = order_row(order) | {"idempotency_key": key, "call_id": call_id}
    return OrderRows(placed, lines, options, placed_row(order))


def order_row(order: Order) -> dict[str, Value]:
    return {
        **about(order),
        **totals_row(order.totals),
        **fulfilment_row(order.fulfilment),
        "id": order.id,
        "order_number": order.number,
        "local_day": local_day(order.placed_at, order.timezone),
        "timezone": order.timezone,
        "ready_at": to_text(order.ready_at),
        "arrives_at": to_text_or_none(order.arrives_at),
        "slot_start": to_text_or_none(order.slot_start),
        "coupon": order.coupon,
        "order_note": order.order_note,
        "allergy_note": order.allergy_note,
        "payment_method": order.payment_method,
        "customer_name": order.customer_name,
        "channel": order.channel,
        "confirmed_by": order.confirmed_by,
    }


def placed_row(order: Order) -> dict[str, Value]:
    return about(order) | {
        "id": str(uuid4()),
        "order_id": order.id,
        "intent": "order_placed",
        "who": "caller",
        "notes": f"confirmed by {order.confirmed_by}",
    }


def about(order: Order) -> dict[str, Value]:
    """What the order and its first event both say."""
    return {
        "profile_id": order.profile_id or None,
        "restaurant_id": order.restaurant_id,
        "restaurant_name": order.restaurant_name,
        "status": order.status,
        "created_at": to_text(order.placed_at),
    }


def local_day(at: datetime, timezone: str) -> str:
    return at.astimezone(ZoneInfo(timezone)).date().isoformat()


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


def orders_from(rows: Iterable[Row], lines: Iterable[Row], options: Iterable[Row]) -> list[Order]:
    lines_of, options_of = grouped(lines, "order_id"), grouped(options, "order_item_id")
    return [
        order_of(row, tuple(line_of(line, options_of.get(line["id"], [])) for line in lines_of.get(row["id"], [])))
        for row in rows
    ]


def order_of(row: Row, lines: tuple[OrderLine, ...]) -> Order:
    """An order of another channel has no number and only a total."""
    return Order(
        id=row["id"],
        number=row["order_number"] or 0,
        profile_id=row["profile_id"],
        restaurant_id=row["restaurant_id"] or "",
        restaurant_name=row["restaurant_name"],
        timezone=row["timezone"],
        lines=lines,
        totals=totals_of(row),
        status=status_of(row["status"]),
        channel=row["channel"],
        placed_at=to_time(row["created_at"]),
        ready_at=to_time(row["ready_at"] or row["created_at"]),
        confirmed_by=row["confirmed_by"],
        fulfilment=fulfilment_of(row),
        arrives_at=to_time_or_none(row["arrives_at"]),
        slot_start=to_time_or_none(row["slot_start"]),
        coupon=row["coupon"],
        order_note=row["order_note"],
        allergy_note=row["allergy_note"],
        payment_method=row["payment_method"] or "at_pickup",
        customer_name=row["customer_name"],
    )


def totals_of(row: Row) -> Totals:
    tax, discount, fees, tip = (to_cents(row[name]) for name in ("tax", "discount", "fees", "tip"))
    subtotal = to_cents(row["subtotal"]) if row["subtotal"] else to_cents(row["total"]) - tax - fees - tip + discount
    return Totals(subtotal, tax, discount, fees, tip)


def line_of(row: Row, options: Sequence[Row]) -> OrderLine:
    chosen = tuple(
        OrderLineOption(o["label"], to_cents(o["price_adjustment"]), o["amount"], o["role"]) for o in options
    )
    return OrderLine(
        menu_item_id=row["menu_item_id"] or "",
        name=row["name"],
        quantity=row["quantity"],
        unit_price_cents=to_cents(row["base_price"]) + sum(option.price_cents for option in chosen),
        total_cents=to_cents(row["total_price"]),
        options=chosen,
        note=row["notes"] or "",
    )
