"""Carts in fc_carts, fc_cart_items and fc_cart_item_options."""

from __future__ import annotations

from sqlite3 import Connection
from uuid import uuid4

from phone_agent.ordering.cart import Cart, ChosenModifier, LineItem
from phone_agent.ordering.errors import CartOutdated
from phone_agent.ordering.menu import MenuItem, Modifier
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.wishes import Wishes
from phone_agent.store import wish_rows
from phone_agent.store.columns import Row, Value, grouped, insert, to_dollars
from phone_agent.store.menu_rows import ItemRows


def save(connection: Connection, cart: Cart, call_id: str, wishes: Wishes | None = None) -> Cart:
    """Raises CartOutdated where the stored cart is not the one that was changed, or not the call's own."""
    row = connection.execute("SELECT status, version, call_id FROM fc_carts WHERE id = ?", (cart.id,)).fetchone()
    if row is None:
        refuse_a_second(connection, call_id)
        insert_cart(connection, cart.id, call_id)
    else:
        refuse_if_moved_on(row, cart, call_id)
        connection.execute("DELETE FROM fc_cart_items WHERE cart_id = ?", (cart.id,))
    connection.execute(
        """
        UPDATE fc_carts SET restaurant_id = ?, subtotal = ?, updated_at = strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')
        WHERE id = ?
        """,
        (cart.restaurant_id, to_dollars(cart.subtotal_cents), cart.id),
    )
    if wishes is not None:
        wish_rows.save(connection, wishes, cart.id)
    lines = list(enumerate(cart.lines))
    insert(connection, "fc_cart_items", [line_row(cart.id, line, position) for position, line in lines])
    insert(connection, "fc_cart_item_options", [row for _, line in lines for row in option_rows(line)])
    return load(connection, cart.id)


def find(connection: Connection, call_id: str) -> Cart | None:
    row = connection.execute(
        "SELECT id, version FROM fc_carts WHERE call_id = ? AND status = 'active' ORDER BY rowid DESC", (call_id,)
    ).fetchone()
    return load(connection, row["id"]) if row else None


def load(connection: Connection, cart_id: str) -> Cart:
    """With the dishes and prices that the menu has now."""
    lines = connection.execute("SELECT * FROM fc_cart_items WHERE cart_id = ? ORDER BY position", (cart_id,)).fetchall()
    options = connection.execute(
        """
        SELECT o.* FROM fc_cart_item_options o JOIN fc_cart_items l ON l.id = o.cart_item_id
        WHERE l.cart_id = ? ORDER BY o.position
        """,
        (cart_id,),
    )
    dishes = {line[column] for line in lines for column in ("menu_item_id", "other_half_id")} - {None}
    menu = ItemRows.read(connection, dishes)
    items, choices, options_of = menu.items_by_id(), menu.choices_by_id(), grouped(options, "cart_item_id")
    return Cart(
        cart_id,
        tuple(line_of(line, items, options_of.get(line["id"], []), choices) for line in lines),
        version_of(connection, cart_id),
    )


def version_of(connection: Connection, cart_id: str) -> int:
    return int(connection.execute("SELECT version FROM fc_carts WHERE id = ?", (cart_id,)).fetchone()[0])


def insert_cart(connection: Connection, cart_id: str, call_id: str) -> None:
    connection.execute(
        "INSERT INTO fc_carts (id, call_id, profile_id) VALUES (?, ?, (SELECT profile_id FROM fc_calls WHERE id = ?))",
        (cart_id, call_id, call_id),
    )


def refuse_a_second(connection: Connection, call_id: str) -> None:
    if connection.execute("SELECT 1 FROM fc_carts WHERE call_id = ? AND status = 'active'", (call_id,)).fetchone():
        raise CartOutdated(Sentence.CHANGED_MEANWHILE.words())


def refuse_if_moved_on(row: Row, cart: Cart, call_id: str) -> None:
    if row["call_id"] not in (call_id, None):
        raise CartOutdated(Sentence.CHANGED_MEANWHILE.words())
    if row["status"] != "active":
        raise CartOutdated(Sentence.ALREADY_PLACED.words())
    if row["version"] != cart.version:
        raise CartOutdated(Sentence.CHANGED_MEANWHILE.words())


def line_row(cart_id: str, line: LineItem, position: int) -> dict[str, Value]:
    return {
        "id": line.id,
        "cart_id": cart_id,
        "menu_item_id": line.item.id,
        "quantity": line.quantity,
        "other_half_id": line.other_half.id if line.other_half else None,
        "base_price": to_dollars(line.base_price_cents),
        "total_price": to_dollars(line.total_cents),
        "instructions": line.note,
        "position": position,
    }


def option_rows(line: LineItem) -> list[dict[str, Value]]:
    return [
        {
            "id": str(uuid4()),
            "cart_item_id": line.id,
            "option_choice_id": chosen.modifier.id,
            "price_adjustment": to_dollars(line.price_cents_of(chosen)),
            "amount": chosen.amount,
            "count": chosen.count,
            "half": chosen.half,
            "position": position,
        }
        for position, chosen in enumerate(line.modifiers)
    ]


def line_of(
    row: Row, items: dict[str, MenuItem], options: list[Row], choices: dict[str, tuple[str, Modifier]]
) -> LineItem:
    return LineItem(
        id=row["id"],
        item=items[row["menu_item_id"]],
        quantity=row["quantity"],
        modifiers=tuple(
            ChosenModifier(*choices[o["option_choice_id"]], o["amount"], o["count"], o["half"]) for o in options
        ),
        note=row["instructions"] or "",
        other_half=items.get(row["other_half_id"]),
    )
