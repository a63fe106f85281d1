"""What was asked for beside dishes: the same columns in fc_carts, fc_quotes and fc_orders."""

from __future__ import annotations

from datetime import datetime
from sqlite3 import Connection

from phone_agent.ordering.wishes import NO_WISHES, Fulfilment, Tip, Wishes
from phone_agent.store.columns import Row, Value, to_cents, to_dollars, to_text, to_time


def save(connection: Connection, wishes: Wishes, cart_id: str) -> None:
    """The cart's version stays, because a quote holds its own copy."""
    row = cart_columns(wishes)
    columns = ", ".join(f"{name} = :{name}" for name in row)
    sql = f"UPDATE fc_carts SET {columns} WHERE id = :cart_id"  # noqa: S608 - names written in this module
    connection.execute(sql, row | {"cart_id": cart_id})


def find(connection: Connection, cart_id: str) -> Wishes:
    row = connection.execute("SELECT * FROM fc_carts WHERE id = ?", (cart_id,)).fetchone()
    return NO_WISHES if row is None else wishes_of(row)


def wishes_of(row: Row) -> Wishes:
    return Wishes(
        fulfilment=fulfilment_of(row),
        tip=Tip(row["tip_percent"], to_cents(row["tip"])),
        coupon=row["coupon"],
        order_note=row["order_note"],
        allergy_note=row["allergy_note"],
        ready_call=row["ready_call"],
    )


def cart_columns(wishes: Wishes) -> dict[str, Value]:
    tip: dict[str, Value] = {"tip_percent": wishes.tip.percent, "tip": to_dollars(wishes.tip.amount_cents)}
    return wish_row(wishes) | tip | {"ready_call": wishes.ready_call}


def wish_row(wishes: Wishes) -> dict[str, Value]:
    """Without the tip, which is a wish in the cart and an amount in the order, and the call that no quote has."""
    return fulfilment_row(wishes.fulfilment) | {
        "coupon": wishes.coupon,
        "order_note": wishes.order_note,
        "allergy_note": wishes.allergy_note,
    }


def fulfilment_row(fulfilment: Fulfilment) -> dict[str, Value]:
    return {
        "fulfilment": fulfilment.kind,
        "requested_at": to_text_or_none(fulfilment.requested_at),
        "address": fulfilment.street,
        "zip_code": fulfilment.zip_code,
    }


def fulfilment_of(row: Row) -> Fulfilment:
    return Fulfilment(row["fulfilment"], to_time_or_none(row["requested_at"]), row["address"], row["zip_code"])


def to_text_or_none(at: datetime | None) -> str | None:
    return None if at is None else to_text(at)


def to_time_or_none(text: str | None) -> datetime | None:
    return None if text is None else to_time(text)
