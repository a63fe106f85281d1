"""Orders in fc_orders, fc_order_items, fc_order_item_options and fc_order_events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from sqlite3 import Connection

from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.store import quote_rows
from phone_agent.store.columns import Row, insert, to_list, to_text
from phone_agent.store.order_columns import local_day, order_of_quote, orders_from, rows_of


def place(connection: Connection, quote: Quote, confirmed_by: ConfirmedBy, now: datetime) -> Order:
    made = connection.execute("SELECT * FROM fc_orders WHERE idempotency_key = ?", (quote.id,)).fetchall()
    if made:
        return orders_of(connection, made)[0]
    quote_rows.keep(connection, quote)
    quote_rows.refuse_unless_current(connection, quote, now)
    quote_rows.refuse_if_full(connection, quote, now)
    order = order_from(connection, quote, confirmed_by, now)
    insert_order(connection, order, key=quote.id, call_id=quote.call_id)
    connection.execute("UPDATE fc_carts SET status = 'ordered' WHERE id = ?", (quote.cart_id,))
    connection.execute("UPDATE fc_calls SET order_id = ? WHERE id = ?", (order.id, quote.call_id))
    return order


def import_order(connection: Connection, order: Order) -> None:
    if connection.execute("SELECT 1 FROM fc_orders WHERE id = ?", (order.id,)).fetchone() is None:
        insert_order(connection, order, key=order.id, call_id=None)


def withdraw(connection: Connection, quote: Quote) -> Order | None:
    made = connection.execute("SELECT * FROM fc_orders WHERE idempotency_key = ?", (quote.id,)).fetchall()
    if not made:
        quote_rows.withdraw(connection, quote)
    return orders_of(connection, made)[0] if made else None


def find(connection: Connection, profile_id: str | None, caller_number: str | None, limit: int) -> Sequence[Order]:
    rows = connection.execute(
        """
        SELECT * FROM fc_orders
        WHERE profile_id = :profile_id OR call_id IN (SELECT id FROM fc_calls WHERE caller_number = :caller_number)
            OR (:profile_id IS NULL AND :caller_number IS NULL)
        ORDER BY created_at DESC, rowid DESC LIMIT :limit
        """,
        {"profile_id": profile_id, "caller_number": caller_number, "limit": limit},
    )
    return orders_of(connection, rows.fetchall())


def find_one(connection: Connection, order_id: str) -> Order | None:
    rows = connection.execute("SELECT * FROM fc_orders WHERE id = ?", (order_id,)).fetchall()
    return orders_of(connection, rows)[0] if rows else None


def find_unheard(connection: Connection, phone: str, since: datetime) -> Order | None:
    rows = connection.execute(
        """
        SELECT o.* FROM fc_orders o JOIN fc_calls k ON k.id = o.call_id
        WHERE k.caller_number = :phone AND o.created_at >= :since AND o.status <> 'cancelled'
            AND k.reason IN ('lost', 'store_unavailable', 'error')
        ORDER BY o.created_at DESC, o.rowid DESC LIMIT 1
        """,
        {"phone": phone, "since": to_text(since)},
    ).fetchall()
    return orders_of(connection, rows)[0] if rows else None


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
    order = order_of_quote(quote, confirmed_by, now)
    return replace(
        order,
        number=last + 1,
        profile_id=call["profile_id"],
        channel=call["channel"],
        customer_name=call["household_name"] or "",
    )


def insert_order(connection: Connection, order: Order, *, key: str, call_id: str | None) -> None:
    id_of_restaurant = (order.restaurant_id,)
    restaurant = connection.execute("SELECT cuisine FROM fc_restaurants WHERE id = ?", id_of_restaurant).fetchone()
    rows = rows_of(order, key=key, call_id=call_id)
    insert(connection, "fc_orders", [rows.placed | {"cuisine": restaurant["cuisine"] if restaurant else None}])
    insert(connection, "fc_order_items", rows.lines)
    insert(connection, "fc_order_item_options", rows.options)
    insert(connection, "fc_order_events", [rows.event])


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
    return orders_from(rows, lines, options)
