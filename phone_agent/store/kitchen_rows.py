"""How full a kitchen is, and what becomes of its orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection
from uuid import uuid4

from phone_agent.ordering.errors import NotUnderstood
from phone_agent.ordering.order import Order
from phone_agent.ordering.readiness import KitchenLoad
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.states import COOKING, FROM_OTHER_CHANNELS, OrderEvent, Status, refuse_unless_legal
from phone_agent.store import order_rows
from phone_agent.store.columns import Row, Value, insert, to_list, to_text, to_time


def load(connection: Connection, restaurant_id: str, since: datetime, until: datetime) -> KitchenLoad:
    """Open orders are those due between the two; slots are counted from `since` on."""
    period = {"restaurant_id": restaurant_id, "since": to_text(since), "until": to_text(until)}
    cooking = {"cooking": to_list([*COOKING, FROM_OTHER_CHANNELS])}
    (open_orders,) = connection.execute(
        """
        SELECT count(*) FROM fc_orders
        WHERE restaurant_id = :restaurant_id AND ready_at BETWEEN :since AND :until
          AND status IN (SELECT value FROM json_each(:cooking))
        """,
        period | cooking,
    ).fetchone()
    slots = connection.execute(
        """
        SELECT slot_start, count(*) AS orders FROM fc_orders
        WHERE restaurant_id = :restaurant_id AND ready_at >= :since AND slot_start IS NOT NULL AND status <> 'cancelled'
        GROUP BY slot_start
        """,
        period,
    )
    return KitchenLoad(open_orders, {to_time(row["slot_start"]): row["orders"] for row in slots})


def change_status(
    connection: Connection, order_id: str, status: Status, who: str, now: datetime, only_from: Status | None
) -> Order:
    """Raises NotUnderstood, IllegalChange."""
    order = find_order(connection, order_id)
    refuse_unless_legal(order.status, status, order.fulfilment.kind, only_from=only_from)
    connection.execute("UPDATE fc_orders SET status = ? WHERE id = ?", (status, order_id))
    about: dict[str, Value] = {
        "profile_id": order.profile_id,
        "restaurant_id": order.restaurant_id or None,
        "restaurant_name": order.restaurant_name,
    }
    insert(connection, "fc_order_events", [event_row(order_id, status, who, now) | about])
    return find_order(connection, order_id)


def event_row(order_id: str, status: Status, who: str, now: datetime) -> dict[str, Value]:
    """Without what the order itself knows."""
    return {
        "id": str(uuid4()),
        "order_id": order_id,
        "intent": "order_status",
        "status": status,
        "who": who,
        "created_at": to_text(now),
    }


def find_order(connection: Connection, order_id: str) -> Order:
    rows = connection.execute("SELECT * FROM fc_orders WHERE id = ?", (order_id,)).fetchall()
    if not rows:
        raise NotUnderstood(TermSentence.ORDER_UNKNOWN.words())
    return order_rows.orders_of(connection, rows)[0]


def find_events(connection: Connection, order_id: str) -> Sequence[OrderEvent]:
    rows = connection.execute(
        "SELECT * FROM fc_order_events WHERE order_id = ? ORDER BY created_at, rowid", (order_id,)
    )
    return [event_of(row) for row in rows]


def event_of(row: Row) -> OrderEvent:
    return OrderEvent(
        to_time(row["created_at"]), row["intent"], row["status"] or "", row["who"] or "", row["notes"] or ""
    )
