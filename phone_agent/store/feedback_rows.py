"""What callers tell the restaurant, in fc_feedback, which other channels write to as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sqlite3 import Connection

from phone_agent.store.columns import Row, Value, insert, to_text, to_time
from phone_agent.store.records import Feedback, Sentiment

KNOWN: Mapping[str | None, Sentiment] = {"positive": "positive", "negative": "negative"}
"""Other channels have words of their own: what is neither of these is neutral."""


def feedback_row(feedback: Feedback) -> dict[str, Value]:
    return {
        "id": feedback.id,
        "profile_id": feedback.profile_id,
        "sentiment": feedback.sentiment,
        "notes": feedback.notes,
        "order_id": feedback.order_id,
        "created_at": to_text(feedback.at),
    }


def feedback_of(row: Row) -> Feedback:
    return Feedback(
        profile_id=row["profile_id"] or "",
        sentiment=KNOWN.get(row["sentiment"], "neutral"),
        notes=row["notes"] or "",
        at=to_time(row["created_at"]),
        order_id=row["order_id"],
        id=row["id"],
    )


def save(connection: Connection, feedback: Feedback) -> None:
    insert(connection, "fc_feedback", [feedback_row(feedback)], "ON CONFLICT (id) DO NOTHING")


def find(connection: Connection, limit: int) -> Sequence[Feedback]:
    rows = connection.execute("SELECT * FROM fc_feedback ORDER BY created_at DESC, rowid DESC LIMIT ?", (limit,))
    return [feedback_of(row) for row in rows]
