"""Rows of fc_outbox and fc_text_refusals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from phone_agent.ordering.order import Order
from phone_agent.store import kitchen_rows
from phone_agent.store.columns import Row, Value, to_text, to_time
from phone_agent.store.outbox import Matter, Outgoing, Settled
from phone_agent.store.wish_rows import to_text_or_none, to_time_or_none

CLAIM = """
    UPDATE fc_outbox SET
        unsure_since = CASE WHEN state = 'sending' THEN coalesce(unsure_since, claimed_at) ELSE unsure_since END,
        state = 'sending', attempts = attempts + 1, claimed_at = :now, claimed_until = :until
    WHERE rowid IN (
        SELECT o.rowid FROM fc_outbox o
        WHERE o.channel = :channel
            AND ((o.state = 'queued' AND o.due_at <= :now) OR (o.state = 'sending' AND o.claimed_until <= :now))
            AND (o.channel <> 'webhook' OR NOT EXISTS (
                SELECT 1 FROM fc_outbox b WHERE b.order_id = o.order_id AND b.channel = o.channel
                    AND b.rowid < o.rowid AND b.state IN ('queued', 'sending')
            ))
        ORDER BY o.due_at, o.rowid LIMIT :most
    ) RETURNING *, rowid AS position
"""
MATTER = """
    SELECT k.caller_number AS phone, k.dialled_number AS dialled, coalesce(k.language, 'en') AS language,
        coalesce((SELECT min(t.reason) FROM fc_text_refusals t WHERE t.phone = k.caller_number), '') AS refusal,
        coalesce(r.name, '') AS restaurant_name, r.timezone AS timezone,
        coalesce(
            c.status = 'active' AND c.orphaned_at IS NOT NULL AND k.reason IS NOT 'transferred'
            AND EXISTS (SELECT 1 FROM fc_cart_items i WHERE i.cart_id = c.id)
            AND NOT EXISTS (
                SELECT 1 FROM fc_calls other WHERE other.caller_number = k.caller_number
                    AND (other.ended_at IS NULL OR other.started_at > c.orphaned_at)
            ), 0
        ) AS waiting
    FROM fc_outbox b
    LEFT JOIN fc_calls k ON k.id = b.call_id
    LEFT JOIN fc_carts c ON c.id = b.cart_id
    LEFT JOIN fc_orders o ON o.id = b.order_id
    LEFT JOIN fc_restaurants r ON r.id = coalesce(c.restaurant_id, o.restaurant_id)
    WHERE b.id = ?
"""
SETTLE = """
    UPDATE fc_outbox SET state = :state, due_at = coalesce(:due_at, due_at), detail = :detail,
        provider_id = coalesce(:provider_id, provider_id),
        unsure_since = CASE WHEN :is_unsure THEN coalesce(unsure_since, claimed_at) ELSE unsure_since END
    WHERE id = :id AND attempts = :attempts AND state = 'sending'
"""
KEEP = """
    UPDATE fc_outbox SET fingerprint = :fingerprint WHERE id = :id AND attempts = :attempts AND state = 'sending'
"""
NOTE = """
    UPDATE fc_outbox SET state = :state, provider_id = :provider_id, detail = :detail
    WHERE id = :id AND coalesce(provider_id, :provider_id) = :provider_id
        AND (state IN ('queued', 'sending') OR (state = 'sent' AND :state <> 'sent'))
"""
REFUSE = """
    INSERT INTO fc_text_refusals (phone, reason, created_at)
    SELECT :phone, :reason, :now
    WHERE :reason = 'stopped' OR EXISTS (SELECT 1 FROM fc_calls WHERE caller_number = :phone)
    ON CONFLICT (phone, reason) DO NOTHING
"""


def claim(connection: Connection, channel: str, now: datetime, until: datetime, most: int) -> Sequence[Outgoing]:
    asked: dict[str, Value] = {"channel": channel, "now": to_text(now), "until": to_text(until), "most": most}
    rows = connection.execute(CLAIM, asked).fetchall()
    # What an UPDATE returns comes in any order.
    return [outgoing_of(row) for row in sorted(rows, key=lambda row: (row["due_at"], row["position"]))]


def load_matter(connection: Connection, message: Outgoing) -> Matter:
    row = connection.execute(MATTER, (message.id,)).fetchone()
    if row is None:
        return NOTHING
    order = kitchen_rows.find_order(connection, message.order_id) if message.order_id else None
    return matter_of(row, order)


def keep(connection: Connection, message: Outgoing, fingerprint: str) -> bool:
    asked = {"id": message.id, "attempts": message.attempts, "fingerprint": fingerprint}
    return bool(connection.execute(KEEP, asked).rowcount)


def settle(connection: Connection, message: Outgoing, settled: Settled) -> bool:
    asked = settled_row(settled) | {"id": message.id, "attempts": message.attempts}
    return bool(connection.execute(SETTLE, asked).rowcount)


def note(connection: Connection, message_id: str, provider_id: str, state: str, detail: str) -> bool:
    told = {"id": message_id, "provider_id": provider_id, "state": state, "detail": detail}
    return bool(connection.execute(NOTE, told).rowcount)


def find(connection: Connection, limit: int) -> Sequence[Outgoing]:
    rows = connection.execute("SELECT * FROM fc_outbox ORDER BY created_at DESC, rowid DESC LIMIT ?", (limit,))
    return [outgoing_of(row) for row in rows]


def purge(connection: Connection, before: datetime) -> None:
    connection.execute("DELETE FROM fc_outbox WHERE created_at < ?", (to_text(before),))


def refuse(connection: Connection, phone: str, reason: str, now: datetime) -> None:
    connection.execute(REFUSE, {"phone": phone, "reason": reason, "now": to_text(now)})


def allow(connection: Connection, phone: str, reason: str) -> None:
    connection.execute("DELETE FROM fc_text_refusals WHERE phone = ? AND reason = ?", (phone, reason))


def save_language(connection: Connection, call_id: str, language: str) -> None:
    connection.execute("UPDATE fc_calls SET language = ? WHERE id = ?", (language, call_id))


def settled_row(settled: Settled) -> dict[str, Any]:
    return {
        "state": settled.state,
        "detail": settled.detail,
        "provider_id": settled.provider_id,
        "due_at": to_text_or_none(settled.due_at),
        "is_unsure": settled.is_unsure,
    }


def outgoing_of(row: Row) -> Outgoing:
    return Outgoing(
        id=row["id"],
        channel=row["channel"],
        kind=row["kind"],
        status=row["status"],
        order_id=row["order_id"],
        cart_id=row["cart_id"],
        state=row["state"],
        attempts=row["attempts"],
        created_at=to_time(row["created_at"]),
        due_at=to_time(row["due_at"]),
        unsure_since=to_time_or_none(row["unsure_since"]),
        fingerprint=row["fingerprint"],
        provider_id=row["provider_id"],
        detail=row["detail"],
    )


NOTHING = Matter(None, "en", "", "", None, is_waiting=False)
"""Of a message that was deleted meanwhile."""


def matter_of(row: Row, order: Order | None) -> Matter:
    return Matter(
        phone=row["phone"],
        language=row["language"],
        refusal=row["refusal"],
        restaurant_name=row["restaurant_name"] or (order.restaurant_name if order else ""),
        timezone=row["timezone"] or (order.timezone if order else None),
        is_waiting=bool(row["waiting"]),
        dialled=row["dialled"],
        order=order,
    )
