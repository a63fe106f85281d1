"""PINs in fc_caller_pins, and how often they were tried in fc_caller_pin_tries."""

from __future__ import annotations

from sqlite3 import Connection

from phone_agent.store.records import PinTry


def save(connection: Connection, phone: str, pin_hash: str) -> None:
    """A new PIN has new tries."""
    delete(connection, phone)
    connection.execute("INSERT INTO fc_caller_pins (phone, pin_hash) VALUES (?, ?)", (phone, pin_hash))


def delete(connection: Connection, phone: str) -> None:
    connection.execute("DELETE FROM fc_caller_pin_tries WHERE phone = ?", (phone,))
    connection.execute("DELETE FROM fc_caller_pins WHERE phone = ?", (phone,))


def find(connection: Connection, phone: str) -> str | None:
    row = connection.execute("SELECT pin_hash FROM fc_caller_pins WHERE phone = ?", (phone,)).fetchone()
    return str(row["pin_hash"]) if row else None


def take_try(connection: Connection, phone: str, day: str, most: int, try_id: str) -> PinTry:
    """Counted before anything is compared, so that calls at the same moment share the tries."""
    pin_hash = find(connection, phone)
    if pin_hash is None:
        return PinTry(None, is_allowed=False)
    one = {"phone": phone, "day": day, "most": most, "try_id": try_id}
    connection.execute(
        """
        INSERT INTO fc_caller_pin_tries (phone, local_day, tries, tried) VALUES (:phone, :day, 1, json_array(:try_id))
        ON CONFLICT (phone, local_day) DO UPDATE SET tries = tries + 1, tried = json_insert(tried, '$[#]', :try_id)
        WHERE tries < :most AND :try_id NOT IN (SELECT value FROM json_each(tried))
        """,
        one,
    )
    counted = connection.execute(
        """
        SELECT 1 FROM fc_caller_pin_tries t, json_each(t.tried)
        WHERE t.phone = :phone AND t.local_day = :day AND value = :try_id
        """,
        one,
    )
    return PinTry(pin_hash, is_allowed=counted.fetchone() is not None)


def give_back_try(connection: Connection, phone: str, day: str, try_id: str) -> None:
    connection.execute(
        """
        UPDATE fc_caller_pin_tries SET tries = tries - 1, tried = (
            SELECT json_group_array(value) FROM json_each(tried) WHERE value <> :try_id
        )
        WHERE phone = :phone AND local_day = :day AND :try_id IN (SELECT value FROM json_each(tried)) AND tries > 0
        """,
        {"phone": phone, "day": day, "try_id": try_id},
    )
