"""PINs in fc_caller_pins, and how often they were tried in fc_caller_pin_tries."""

from __future__ import annotations

from sqlite3 import Connection

from phone_agent.store.records import PinTry


def save(connection: Connection, phone: str, pin_hash: str) -> None:
    connection.execute(
        """
        INSERT INTO fc_caller_pins (phone, pin_hash) VALUES (?, ?)
        ON CONFLICT (phone) DO UPDATE SET pin_hash = excluded.pin_hash
        """,
        (phone, pin_hash),
    )


def delete(connection: Connection, phone: str) -> None:
    connection.execute("DELETE FROM fc_caller_pins WHERE phone = ?", (phone,))


def find(connection: Connection, phone: str) -> str | None:
    row = connection.execute("SELECT pin_hash FROM fc_caller_pins WHERE phone = ?", (phone,)).fetchone()
    return str(row["pin_hash"]) if row else None


def take_try(connection: Connection, phone: str, day: str, most: int) -> PinTry:
    """Counted before anything is compared, so that calls at the same moment share the tries."""
    pin_hash = find(connection, phone)
    if pin_hash is None:
        return PinTry(None, is_allowed=False)
    counted = connection.execute(
        """
        INSERT INTO fc_caller_pin_tries (phone, local_day, tries) VALUES (:phone, :day, 1)
        ON CONFLICT (phone, local_day) DO UPDATE SET tries = tries + 1 WHERE tries < :most
        """,
        {"phone": phone, "day": day, "most": most},
    )
    return PinTry(pin_hash, is_allowed=counted.rowcount == 1)


def give_back_try(connection: Connection, phone: str, day: str) -> None:
    connection.execute(
        "UPDATE fc_caller_pin_tries SET tries = tries - 1 WHERE phone = ? AND local_day = ? AND tries > 0", (phone, day)
    )
