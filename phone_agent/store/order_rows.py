"""Orders in fc_orders, fc_order_items, fc_order_item_options and fc_order_events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection, Row
from uuid import uuid4
from zoneinfo import ZoneInfo

from phone_agent.ordering.order import ConfirmedBy, Order, OrderLine, OrderLineOption, Quote
from phone_agent.ordering.pricing import Totals
from phone_agent.ordering.states import status_of
from phone_agent.store import quote_rows
from phone_agent.store.columns import (
    Value,
    grouped,
    insert,
    to_cents,
    to_dollars,
    to_list,
    to_text,
    to_time,
    totals_row,
)
from phone_agent.store.wish_rows import fulfilment_of, fulfilment_row, to_text_or_none, to_time_or_none


def place(connection: Connection, quote: Quote, confirmed_by: ConfirmedBy, now: datetime) -> Order:
    made = connection.execute("SELECT * FROM fc_orders WHERE idempotency_key = ?", (quote.id,)).fetchall()
    if made:
        return orders_of(connection, made)[0]
    quote_rows.refuse_unless_current(connection, quote, now)
    quote_rows.refuse_if_full(connection, quote)
    order = order_from(connection, quote, confirmed_by, now)
    insert_order(connection, order, key=quote.id, call_id=quote.call_id)
    connection.execute("UPDATE fc_carts SET status = 'ordered' WHERE id = ?", (quote.cart_id,))
    connection.execute("UPDATE fc_calls SET order_id = ? WHERE id = ?", (order.id, quote.call_id))
    return order


def import_order(connection: Connection, order: Order) -> None:
    if connection.execute("SELECT 1 FROM fc_orders WHERE id = ?", (order.id,)).fetchone() is None:
        insert_order(connection, order, key=order.id, call_id=None)


def find(connection: Connection, profile_id: str | None, limit: int) -> Sequence[Order]:
    rows = connection.execute(
        """
        SELECT * FROM fc_orders WHERE :profile_id IS NULL OR profile_id = :profile_id
        ORDER BY created_at DESC, rowid DESC LIMIT :limit
        """,
        {"profile_id": profile_id, "limit": limit},
    )
    return orders_of(connection, rows.fetchall())


def order_from(connection: Connection, quote: Quote, confirmed_by: ConfirmedBy, now: datetime) -> Order:
    call = connection.execute(
        """
        SELECT c.profile_id, c.channel, p.household_name FROM fc_calls c JOIN fc_profiles p ON p.id = c.profile_id
        WHERE c.id = ?
        """,
        (quote.call_id,),
    ).fetchone()
    day = local_day(now, quote.timezone)
    last = connection.execute(
        "SELECT coalesce(max(order_number), 0) FROM fc_orders WHERE restaurant_id = ? AND local_day = ?",
        (quote.restaurant_id, day),
    ).fetchone()[0]
    return Order(
        id=str(uuid4()),
        number=last + 1,
        profile_id=call["profile_id"],
        restaurant_id=quote.restaurant_id,
        restaurant_name=quote.restaurant_name,
        timezone=quote.timezone,
        lines=quote.lines,
        totals=quote.totals,
        status="confirmed",
        channel=call["channel"],
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
        customer_name=call["household_name"] or "",
    )


def local_day(at: datetime, timezone: str) -> str:
    return at.astimezone(ZoneInfo(timezone)).date().isoformat()


def insert_order(connection: Connection, order: Order, *, key: str, call_id: str | None) -> None:
    id_of_restaurant = (order.restaurant_id,)
    restaurant = connection.execute("SELECT cuisine FROM fc_restaurants WHERE id = ?", id_of_restaurant).fetchone()
    about: dict[str, Value] = {
        "profile_id": order.profile_id,
        "restaurant_id": order.restaurant_id,
        "restaurant_name": order.restaurant_name,
        "status": order.status,
        "created_at": to_text(order.placed_at),
    }
    terms = fulfilment_row(order.fulfilment) | {
        "arrives_at": to_text_or_none(order.arrives_at),
        "slot_start": to_text_or_none(order.slot_start),
        "coupon": order.coupon,
        "order_note": order.order_note,
        "allergy_note": order.allergy_note,
        "payment_method": order.payment_method,
        "customer_name": order.customer_name,
        **totals_row(order.totals),
    }
    row: dict[str, Value] = (
        about
        | terms
        | {
            "id": order.id,
            "order_number": order.number,
            "local_day": local_day(order.placed_at, order.timezone),
            "timezone": order.timezone,
            "idempotency_key": key,
            "call_id": call_id,
            "cuisine": restaurant["cuisine"] if restaurant else None,
            "ready_at": to_text(order.ready_at),
            "channel": order.channel,
            "confirmed_by": order.confirmed_by,
        }
    )
    event: dict[str, Value] = about | {
        "id": str(uuid4()),
        "order_id": order.id,
        "intent": "order_placed",
        "who": "caller",
        "notes": f"confirmed by {order.confirmed_by}",
    }
    insert(connection, "fc_orders", [row])
    for position, line in enumerate(order.lines):
        insert_line(connection, order.id, line, position)
    insert(connection, "fc_order_events", [event])


def insert_line(connection: Connection, order_id: str, line: OrderLine, position: int) -> None:
    line_id = str(uuid4())
    base_cents = line.unit_price_cents - sum(option.price_cents for option in line.options)
    row: dict[str, Value] = {
        "id": line_id,
        "order_id": order_id,
        "menu_item_id": line.menu_item_id,
        "name": line.name,
        "quantity": line.quantity,
        "base_price": to_dollars(base_cents),
        "total_price": to_dollars(line.total_cents),
        "notes": line.note,
        "position": position,
    }
    options: list[dict[str, Value]] = [
        {
            "id": str(uuid4()),
            "order_item_id": line_id,
            "label": option.label,
            "amount": option.amount,
            "role": option.role,
            "price_adjustment": to_dollars(option.price_cents),
            "position": place,
        }
        for place, option in enumerate(line.options)
    ]
    insert(connection, "fc_order_items", [row])
    insert(connection, "fc_order_item_options", options)


def orders_of(connection: Connection, rows: Sequence[Row]) -> list[Order]:
    ids = to_list(row["id"] for row in rows)
    lines = connection.execute(
        "SELECT * FROM fc_order_items WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY position", (ids,)
    )
    options = connection.execute(
        """
        SELECT o.* FROM fc_order_item_options o JOIN fc_order_items l ON l.id = o.order_item_id
        WHERE l.order_id IN (SELECT value FROM json_each(?)) ORDER BY o.position
        """,
        (ids,),
    )
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
