"""Calls about orders that are ready, in fc_ready_calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection
from uuid import uuid4

from phone_agent.store import kitchen_rows
from phone_agent.store.columns import Row, Value, insert, to_list, to_text, to_time
from phone_agent.store.database import Database
from phone_agent.store.ready_calls import MOST_TRIES, SETTLED, Attempted, DueCall, Pace, ReadyCall, Rung

DUE = """
    SELECT o.id, o.timezone FROM fc_orders o JOIN fc_calls k ON k.id = o.call_id
    WHERE o.status = 'ready' AND o.ready_call <> '' AND k.caller_number IS NOT NULL
        AND EXISTS (
            SELECT 1 FROM fc_order_events e
            WHERE e.order_id = o.id AND e.status = 'ready' AND e.created_at >= :ready_since
        )
        AND NOT EXISTS (
            SELECT 1 FROM fc_ready_calls r WHERE r.order_id = o.id AND (
                r.outcome IN (SELECT value FROM json_each(:settled))
                OR (r.dialled_at IS NOT NULL AND coalesce(r.ended_at, r.lease_until) > :tried_before)
            )
        )
        AND NOT EXISTS (
            SELECT 1 FROM fc_ready_calls r JOIN fc_orders other ON other.id = r.order_id
            JOIN fc_calls k2 ON k2.id = other.call_id
            WHERE k2.caller_number = k.caller_number AND r.ended_at IS NULL AND r.lease_until > :now
        )
        AND (SELECT count(*) FROM fc_ready_calls r WHERE r.order_id = o.id AND r.dialled_at IS NOT NULL) < :most
        AND (:wanted IS NULL OR o.id = :wanted)
    ORDER BY o.ready_at, o.id
"""


class SqliteReadyCalls:
    _database: Database

    async def want_ready_call(self, order_id: str, language: str) -> None:
        def want(connection: Connection) -> None:
            connection.execute("UPDATE fc_orders SET ready_call = ? WHERE id = ?", (language, order_id))

        await self._database.write(want)

    async def find_due_ready_calls(self, pace: Pace) -> Sequence[DueCall]:
        given = pace_row(pace) | {"wanted": None}
        return await self._database.read(lambda connection: [due_of(row) for row in connection.execute(DUE, given)])

    async def claim_ready_call(self, order_id: str, pace: Pace, *, lease_until: datetime) -> str | None:
        return await self._database.write(lambda connection: claim(connection, order_id, pace, lease_until))

    async def begin_ready_call(self, attempt_id: str, *, now: datetime, lease_until: datetime) -> ReadyCall | None:
        return await self._database.write(lambda connection: begin(connection, attempt_id, now, lease_until))

    async def answer_ready_call(self, attempt_id: str) -> None:
        def answer(connection: Connection) -> None:
            connection.execute("UPDATE fc_ready_calls SET outcome = ? WHERE id = ?", (Rung.ANSWERED, attempt_id))

        await self._database.write(answer)

    async def end_ready_call(self, attempt_id: str, outcome: Rung, *, now: datetime) -> None:
        ended = (outcome, to_text(now), attempt_id)

        def end(connection: Connection) -> None:
            connection.execute("UPDATE fc_ready_calls SET outcome = ?, ended_at = ? WHERE id = ?", ended)

        await self._database.write(end)

    async def find_ready_calls(self, order_id: str) -> Sequence[Attempted]:
        asked = "SELECT * FROM fc_ready_calls WHERE order_id = ? ORDER BY claimed_at, rowid"
        return await self._database.read(
            lambda connection: [attempted_of(row) for row in connection.execute(asked, (order_id,))]
        )


def claim(connection: Connection, order_id: str, pace: Pace, lease_until: datetime) -> str | None:
    """An earlier claim that never came to be dialled gives way."""
    if connection.execute(DUE, pace_row(pace) | {"wanted": order_id}).fetchone() is None:
        return None
    connection.execute("DELETE FROM fc_ready_calls WHERE order_id = ? AND dialled_at IS NULL", (order_id,))
    claimed = claim_row(order_id, pace.now, lease_until)
    insert(connection, "fc_ready_calls", [claimed])
    return str(claimed["id"])


def begin(connection: Connection, attempt_id: str, now: datetime, lease_until: datetime) -> ReadyCall | None:
    begun = connection.execute(
        """
        UPDATE fc_ready_calls SET dialled_at = :now, lease_until = :lease_until
        WHERE id = :id AND dialled_at IS NULL AND lease_until > :now AND order_id IN (
            SELECT o.id FROM fc_orders o JOIN fc_calls k ON k.id = o.call_id
            WHERE o.status = 'ready' AND o.ready_call <> '' AND k.caller_number IS NOT NULL
        ) RETURNING order_id
        """,
        {"id": attempt_id, "now": to_text(now), "lease_until": to_text(lease_until)},
    ).fetchall()
    if not begun:
        return None
    about = connection.execute(
        "SELECT o.ready_call, k.caller_number FROM fc_orders o JOIN fc_calls k ON k.id = o.call_id WHERE o.id = ?",
        (begun[0]["order_id"],),
    ).fetchone()
    order = kitchen_rows.find_order(connection, begun[0]["order_id"])
    return ReadyCall(attempt_id, about["caller_number"], about["ready_call"], order)


def pace_row(pace: Pace) -> dict[str, Value]:
    return {
        "now": to_text(pace.now),
        "tried_before": to_text(pace.tried_before),
        "ready_since": to_text(pace.ready_since),
        "settled": to_list(SETTLED),
        "most": MOST_TRIES,
    }


def claim_row(order_id: str, now: datetime, lease_until: datetime) -> dict[str, Value]:
    return {
        "id": str(uuid4()),
        "order_id": order_id,
        "claimed_at": to_text(now),
        "lease_until": to_text(lease_until),
    }


def due_of(row: Row) -> DueCall:
    return DueCall(row["id"], row["timezone"])


def attempted_of(row: Row) -> Attempted:
    at = row["dialled_at"] or row["claimed_at"]
    return Attempted(to_time(at), row["outcome"], is_dialled=row["dialled_at"] is not None)
