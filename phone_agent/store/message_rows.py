"""Messages for the restaurant in fc_messages."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from phone_agent.store.columns import Row, Value, insert, to_text, to_time
from phone_agent.store.records import Message


def save(connection: Connection, message: Message) -> None:
    insert(connection, "fc_messages", [message_row(message)], "ON CONFLICT (id) DO NOTHING")


def find(connection: Connection, limit: int) -> Sequence[Message]:
    rows = connection.execute("SELECT * FROM fc_messages ORDER BY taken_at DESC, rowid DESC LIMIT ?", (limit,))
    return [message_of(row) for row in rows]


def message_row(message: Message) -> dict[str, Value]:
    return {
        "id": message.id,
        "call_id": message.call_id,
        "restaurant_id": message.restaurant_id,
        "caller_number": message.caller_number,
        "name": message.name,
        "words": message.words,
        "taken_at": to_text(message.taken_at),
    }


def message_of(row: Row) -> Message:
    return Message(
        id=row["id"],
        call_id=row["call_id"],
        restaurant_id=row["restaurant_id"],
        caller_number=row["caller_number"],
        name=row["name"],
        words=row["words"],
        taken_at=to_time(row["taken_at"]),
    )
