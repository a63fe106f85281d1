"""What is kept of a person: the name with consent, and how all of it goes again."""

from __future__ import annotations

from datetime import datetime, timedelta
from sqlite3 import Connection
from typing import Any

from phone_agent.ordering import states
from phone_agent.store import orphan_rows, profile_rows
from phone_agent.store.columns import to_list, to_text
from phone_agent.store.records import Profile

CALLS = "SELECT id FROM fc_calls WHERE caller_number = :phone OR profile_id IN (SELECT id FROM forgotten)"
FORGETTING = (
    f"DELETE FROM fc_call_transcripts WHERE call_id IN ({CALLS})",  # noqa: S608 - written in this module
    f"UPDATE fc_call_reports SET tools = '[]' WHERE call_id IN ({CALLS})",  # noqa: S608 - written in this module
    f"DELETE FROM fc_messages WHERE caller_number = :phone OR call_id IN ({CALLS})",  # noqa: S608 - written in this module
    f"""
    DELETE FROM fc_quotes WHERE call_id IN ({CALLS}) AND valid_until > created_at
        AND NOT EXISTS (SELECT 1 FROM fc_orders o WHERE o.idempotency_key = fc_quotes.id)
    """,  # noqa: S608 - written in this module
    "UPDATE fc_orders SET customer_name = '' WHERE profile_id IN (SELECT id FROM forgotten)",
    """
    UPDATE fc_carts SET status = 'abandoned', orphaned_at = NULL
    WHERE profile_id IN (SELECT id FROM forgotten) AND status = 'active' AND orphaned_at IS NOT NULL
    """,
    "UPDATE fc_feedback SET notes = NULL WHERE profile_id IN (SELECT id FROM forgotten)",
    "DELETE FROM fc_preferences WHERE profile_id IN (SELECT id FROM forgotten)",
    "DELETE FROM fc_layouts WHERE profile_id IN (SELECT id FROM forgotten)",
    """
    UPDATE fc_profiles SET household_name = NULL, phone = NULL, default_location = NULL, default_layout = NULL,
        current_layout = NULL, forgotten_at = :now
    WHERE id IN (SELECT id FROM forgotten)
    """,
    "DELETE FROM fc_caller_pins WHERE phone = :phone",
    "DELETE FROM fc_caller_pin_tries WHERE phone = :phone",
    "UPDATE fc_calls SET caller_number = NULL WHERE caller_number = :phone",
)
"""A quote that was withdrawn stays, with nothing personal in it: a request to place it may still be under way."""
HANDED_OVER = """
    SELECT o.id FROM fc_orders o JOIN fc_profiles p ON p.id = o.profile_id
    WHERE p.forgotten_at IS NOT NULL AND (
        o.status IN (SELECT value FROM json_each(:states))
        OR coalesce(o.arrives_at, o.ready_at, o.created_at) < :due_before
    )
"""
ENDED_CARTS = """
    SELECT c.id FROM fc_carts c JOIN fc_profiles p ON p.id = c.profile_id
    WHERE p.forgotten_at IS NOT NULL AND c.status <> 'active'
"""
NOTHING_PERSONAL = "address = '', zip_code = '', order_note = '', allergy_note = ''"
FORGETTING_HANDED_OVER = (
    f"""
    UPDATE fc_orders SET {NOTHING_PERSONAL}, customer_name = '', satisfaction_notes = NULL WHERE id IN ({HANDED_OVER})
    """,  # noqa: S608 - written in this module
    f"UPDATE fc_order_items SET notes = NULL WHERE order_id IN ({HANDED_OVER})",  # noqa: S608 - written in this module
    f"DELETE FROM fc_quotes WHERE id IN (SELECT idempotency_key FROM fc_orders WHERE id IN ({HANDED_OVER}))",  # noqa: S608 - written in this module
    f"UPDATE fc_carts SET notes = NULL, {NOTHING_PERSONAL} WHERE id IN ({ENDED_CARTS})",  # noqa: S608 - written in this module
    f"UPDATE fc_cart_items SET instructions = NULL WHERE cart_id IN ({ENDED_CARTS})",  # noqa: S608 - written in this module
)
"""What the kitchen needs of an order goes when it is handed over, or should long have been."""
TRIES_KEPT = timedelta(days=2)
"""Longer than any place's day may differ from UTC's: three tries are three tries of one local day."""


def remember(connection: Connection, profile: Profile, phone: str) -> Profile:
    """The number belongs to one profile: where another call was quicker, to the one that it made."""
    known = profile_rows.find(connection, phone)
    if known is not None and known.id != profile.id:
        return known
    profile_rows.save(connection, profile)
    connection.execute("UPDATE fc_profiles SET phone = ? WHERE id = ?", (phone, profile.id))
    return profile_rows.load(connection, profile.id)


def name_order(connection: Connection, order_id: str, name: str) -> None:
    connection.execute("UPDATE fc_orders SET customer_name = ? WHERE id = ?", (name, order_id))


def forget(connection: Connection, phone: str, now: datetime) -> bool:
    """Everything about that number but the orders, which stay for the books, with dishes and amounts only."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS forgotten (id TEXT PRIMARY KEY)")
    connection.execute("DELETE FROM forgotten")
    connection.execute(
        """
        INSERT INTO forgotten SELECT id FROM fc_profiles WHERE phone = :phone
        UNION SELECT p.id FROM fc_calls k JOIN fc_profiles p ON p.id = k.profile_id
        WHERE k.caller_number = :phone AND p.phone IS NULL
        """,
        {"phone": phone},
    )
    (known,) = connection.execute("SELECT count(*) FROM forgotten").fetchone()
    for sql in FORGETTING:
        connection.execute(sql, {"phone": phone, "now": to_text(now)})
    connection.execute("DELETE FROM forgotten")
    forget_handed_over(connection, now)
    return bool(known)


def forget_handed_over(connection: Connection, now: datetime) -> None:
    given = handed_over(now)
    for sql in FORGETTING_HANDED_OVER:
        connection.execute(sql, given | {"states": to_list(given["states"])})


def handed_over(now: datetime) -> dict[str, Any]:
    """Which orders the kitchen needs nothing of any more."""
    return {"states": list(states.HANDED_OVER), "due_before": to_text(now - states.LONGEST_ON_ITS_WAY)}


def purge(connection: Connection, before: datetime, now: datetime) -> int:
    """Words and messages of calls that began before then, what is personal in their carts; how many lines went."""
    gone = connection.execute(
        "DELETE FROM fc_call_transcripts WHERE call_id IN (SELECT id FROM fc_calls WHERE started_at < :before)",
        {"before": to_text(before)},
    )
    connection.execute(
        "UPDATE fc_call_reports SET tools = '[]' WHERE call_id IN (SELECT id FROM fc_calls WHERE started_at < :before)",
        {"before": to_text(before)},
    )
    connection.execute(
        "DELETE FROM fc_messages WHERE call_id IN (SELECT id FROM fc_calls WHERE started_at < :before)",
        {"before": to_text(before)},
    )
    orphan_rows.give_up_older(connection, before)
    forget_handed_over(connection, now)
    connection.execute("DELETE FROM fc_caller_pin_tries WHERE local_day < :day", {"day": oldest_day_of_tries(before)})
    return gone.rowcount


def oldest_day_of_tries(purged_before: datetime) -> str:
    return (purged_before - TRIES_KEPT).date().isoformat()
