"""Carts whose call has broken off: offered to the next call of the caller, taken over by one call only, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection

from phone_agent.callers.lost_carts import code_of
from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import CartOutdated
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.wishes import Wishes
from phone_agent.store import cart_rows, wish_rows
from phone_agent.store.columns import to_text
from phone_agent.store.records import LostCart

GIVING_UP = (
    """
    UPDATE fc_carts SET status = 'abandoned', notes = NULL, address = '', zip_code = '', order_note = '',
        allergy_note = ''
    WHERE id = :id
    """,
    "UPDATE fc_cart_items SET instructions = NULL WHERE cart_id = :id AND instructions IS NOT NULL",
    "DELETE FROM fc_quotes WHERE cart_id = :id",
)
"""Nobody will go on with the cart: what is personal in it goes, and what was quoted of it."""


def orphan(connection: Connection, call_ids: Sequence[str]) -> None:
    """Where the call has ended, since its end; where it runs after all, not any more."""
    connection.executemany(
        """
        UPDATE fc_carts SET orphaned_at = (SELECT ended_at FROM fc_calls WHERE id = :call_id)
        WHERE call_id = :call_id AND status = 'active'
        """,
        [{"call_id": call_id} for call_id in call_ids],
    )


def find(connection: Connection, phone: str, since: datetime) -> LostCart | None:
    """The newest one; the cart of a call that still runs is not orphaned, and who has ordered since needs none."""
    row = connection.execute(
        """
        SELECT c.id FROM fc_carts c JOIN fc_calls k ON k.id = c.call_id
        WHERE k.caller_number = :phone AND c.status = 'active' AND c.orphaned_at >= :since
          AND EXISTS (SELECT 1 FROM fc_cart_items i WHERE i.cart_id = c.id)
          AND NOT EXISTS (
              SELECT 1 FROM fc_orders o JOIN fc_calls later ON later.id = o.call_id
              WHERE later.caller_number = :phone AND o.created_at > c.orphaned_at
          )
        ORDER BY c.orphaned_at DESC, c.rowid DESC LIMIT 1
        """,
        {"phone": phone, "since": to_text(since)},
    ).fetchone()
    return LostCart(cart_rows.load(connection, row["id"]), wish_rows.find(connection, row["id"])) if row else None


def find_by_code(connection: Connection, code: str, since: datetime) -> LostCart | None:
    rows = connection.execute(
        """
        SELECT c.id FROM fc_carts c
        WHERE c.status = 'active' AND c.orphaned_at >= ?
          AND EXISTS (SELECT 1 FROM fc_cart_items i WHERE i.cart_id = c.id)
        ORDER BY c.orphaned_at DESC, c.rowid DESC
        """,
        (to_text(since),),
    )
    cart_id = next((row["id"] for row in rows if code_of(row["id"]) == code), None)
    return LostCart(cart_rows.load(connection, cart_id), wish_rows.find(connection, cart_id)) if cart_id else None


def adopt(connection: Connection, cart_id: str, call_id: str, wishes: Wishes) -> Cart:
    """Raises CartOutdated where another call was quicker. A cart that the call has emptied gives way."""
    connection.execute(
        """
        UPDATE fc_carts SET status = 'abandoned' WHERE call_id = ? AND status = 'active' AND id <> ?
            AND NOT EXISTS (SELECT 1 FROM fc_cart_items i WHERE i.cart_id = fc_carts.id)
        """,
        (call_id, cart_id),
    )
    moved = connection.execute(
        """
        UPDATE fc_carts SET call_id = :call_id, orphaned_at = NULL,
            profile_id = (SELECT profile_id FROM fc_calls WHERE id = :call_id)
        WHERE id = :cart_id AND status = 'active' AND orphaned_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM fc_carts mine WHERE mine.call_id = :call_id AND mine.status = 'active')
        """,
        {"cart_id": cart_id, "call_id": call_id},
    )
    if not moved.rowcount:
        raise CartOutdated(CallerSentence.LOST_CART_GONE.words())
    wish_rows.save(connection, wishes, cart_id)
    return cart_rows.load(connection, cart_id)


def abandon(connection: Connection, cart_id: str) -> None:
    connection.execute(
        "UPDATE fc_carts SET status = 'abandoned' WHERE id = ? AND status = 'active' AND orphaned_at IS NOT NULL",
        (cart_id,),
    )


def abandon_older(connection: Connection, orphaned_before: datetime) -> None:
    """Those of calls without a number have nobody who might come back."""
    before = to_text(orphaned_before)
    given_up = connection.execute(
        """
        SELECT c.id FROM fc_carts c JOIN fc_calls k ON k.id = c.call_id
        WHERE c.status = 'active' AND c.orphaned_at < ? AND k.caller_number IS NULL
        """,
        (before,),
    )
    give_up(connection, [row["id"] for row in given_up])
    connection.execute(
        "UPDATE fc_carts SET status = 'abandoned' WHERE status = 'active' AND orphaned_at < ?", (before,)
    )


def give_up_unreachable(connection: Connection, call_id: str) -> None:
    """The cart of a call without a number can be offered to nobody."""
    rows = connection.execute(
        """
        SELECT c.id FROM fc_carts c JOIN fc_calls k ON k.id = c.call_id
        WHERE k.id = ? AND k.caller_number IS NULL AND c.status = 'active'
        """,
        (call_id,),
    )
    give_up(connection, [row["id"] for row in rows])


def give_up_older(connection: Connection, began_before: datetime) -> None:
    """Of calls that began before then, what nobody went on with."""
    rows = connection.execute(
        """
        SELECT c.id FROM fc_carts c JOIN fc_calls k ON k.id = c.call_id
        WHERE k.started_at < :before
            AND (c.status = 'abandoned' OR (c.status = 'active' AND c.orphaned_at < :before))
        """,
        {"before": to_text(began_before)},
    )
    give_up(connection, [row["id"] for row in rows])


def give_up(connection: Connection, cart_ids: Sequence[str]) -> None:
    for sql in GIVING_UP:
        connection.executemany(sql, [{"id": cart_id} for cart_id in cart_ids])
