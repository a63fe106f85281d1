"""Carts whose call has broken off: found by the caller's number, and taken over by one call only."""

from __future__ import annotations

from datetime import datetime
from sqlite3 import Connection

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import CartOutdated
from phone_agent.ordering.sentences import Sentence
from phone_agent.store import cart_rows
from phone_agent.store.columns import to_text


def find(connection: Connection, phone: str, since: datetime) -> Cart | None:
    """The newest one; the cart of a call that still runs is not orphaned."""
    row = connection.execute(
        """
        SELECT c.id FROM fc_carts c JOIN fc_calls k ON k.id = c.call_id
        WHERE k.caller_number = :phone AND c.status = 'active' AND c.orphaned_at >= :since
          AND EXISTS (SELECT 1 FROM fc_cart_items i WHERE i.cart_id = c.id)
        ORDER BY c.orphaned_at DESC, c.rowid DESC LIMIT 1
        """,
        {"phone": phone, "since": to_text(since)},
    ).fetchone()
    return cart_rows.load(connection, row["id"]) if row else None


def adopt(connection: Connection, cart_id: str, call_id: str) -> Cart:
    """Raises CartOutdated where another call was quicker."""
    moved = connection.execute(
        """
        UPDATE fc_carts SET call_id = :call_id, orphaned_at = NULL,
            profile_id = (SELECT profile_id FROM fc_calls WHERE id = :call_id)
        WHERE id = :cart_id AND status = 'active' AND orphaned_at IS NOT NULL
        """,
        {"cart_id": cart_id, "call_id": call_id},
    )
    if not moved.rowcount:
        raise CartOutdated(Sentence.LOST_CART_GONE.words())
    return cart_rows.load(connection, cart_id)
