"""Quotes in fc_quotes, and whether what a quote was made from still stands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from sqlite3 import Connection

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import QuoteExpired, QuoteOutdated
from phone_agent.ordering.order import Quote
from phone_agent.ordering.readiness import NO_LOAD, SlotTaken, period_of_load
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.store import kitchen_rows
from phone_agent.store.columns import Value, insert, to_list, to_text, totals_row
from phone_agent.store.records import FrozenCart
from phone_agent.store.wish_rows import to_text_or_none, wish_row


def frozen(connection: Connection, cart: Cart, now: datetime) -> FrozenCart:
    place = cart.restaurant_id
    load = NO_LOAD if place is None else kitchen_rows.load(connection, place, *period_of_load(now))
    return FrozenCart(cart, versions_of_cart(connection, cart.id), load)


def keep(connection: Connection, quote: Quote) -> None:
    """From when it is placed or withdrawn, whichever comes first."""
    if connection.execute("SELECT 1 FROM fc_carts WHERE id = ?", (quote.cart_id,)).fetchone():
        insert(connection, "fc_quotes", [quote_row(quote)], "ON CONFLICT (id) DO NOTHING")


def withdraw(connection: Connection, quote: Quote) -> None:
    """A quote that ends as it begins is withdrawn, with nothing personal left in it."""
    keep(connection, quote)
    connection.execute(
        """
        UPDATE fc_quotes SET valid_until = created_at, lines = '[]', address = '', zip_code = '', order_note = '',
            allergy_note = ''
        WHERE id = ?
        """,
        (quote.id,),
    )


def quote_row(quote: Quote) -> dict[str, Value]:
    return {
        "id": quote.id,
        "call_id": quote.call_id,
        "cart_id": quote.cart_id,
        "cart_version": quote.cart_version,
        "item_versions": json.dumps(dict(quote.versions)),
        "lines": json.dumps([asdict(line) for line in quote.lines], ensure_ascii=False),
        "payment_method": quote.payment_method,
        "created_at": to_text(quote.created_at),
        "valid_until": to_text(quote.valid_until),
        "ready_at": to_text(quote.ready_at),
        "arrives_at": to_text_or_none(quote.arrives_at),
        "slot_start": to_text_or_none(quote.slot_start),
        "slot_capacity": quote.slot_capacity,
        **totals_row(quote.totals),
        **wish_row(quote.wishes),
    }


def refuse_unless_current(connection: Connection, quote: Quote, now: datetime) -> None:
    """Raises QuoteExpired, QuoteOutdated."""
    row = connection.execute(
        """
        SELECT c.status, c.version, q.cart_version, q.item_versions, q.valid_until <= q.created_at AS is_withdrawn
        FROM fc_quotes q JOIN fc_carts c ON c.id = q.cart_id WHERE q.id = ?
        """,
        (quote.id,),
    ).fetchone()
    if row is None or row["is_withdrawn"]:
        raise QuoteOutdated(Sentence.CART_CHANGED.words())
    if not quote.is_valid_at(now):
        raise QuoteExpired(Sentence.QUOTE_EXPIRED.words())
    if row["status"] != "active" or row["version"] != row["cart_version"]:
        raise QuoteOutdated(Sentence.CART_CHANGED.words())
    if json.loads(row["item_versions"]) != versions_of(connection, quote.versions):
        raise QuoteOutdated(Sentence.MENU_CHANGED.words())


def refuse_if_full(connection: Connection, quote: Quote, now: datetime) -> None:
    """Raises SlotTaken."""
    if quote.slot_start is None or quote.slot_capacity is None:
        return
    (taken,) = connection.execute(
        "SELECT count(*) FROM fc_orders WHERE restaurant_id = ? AND slot_start = ? AND status <> 'cancelled'",
        (quote.restaurant_id, to_text(quote.slot_start)),
    ).fetchone()
    if taken >= quote.slot_capacity:
        load = kitchen_rows.load(connection, quote.restaurant_id, *period_of_load(now))
        raise SlotTaken(TermSentence.SLOT_TAKEN.words(), load)


def versions_of_cart(connection: Connection, cart_id: str) -> dict[str, int]:
    """Of every dish in it, a half of a dish is one too; and of the restaurant."""
    rows = connection.execute(
        """
        SELECT menu_item_id AS id FROM fc_cart_items WHERE cart_id = :cart
        UNION SELECT other_half_id FROM fc_cart_items WHERE cart_id = :cart AND other_half_id IS NOT NULL
        UNION SELECT restaurant_id FROM fc_carts WHERE id = :cart AND restaurant_id IS NOT NULL
        """,
        {"cart": cart_id},
    )
    return versions_of(connection, [row["id"] for row in rows])


def versions_of(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    rows = connection.execute(
        """
        SELECT id, version FROM fc_menu_items WHERE id IN (SELECT value FROM json_each(:ids))
        UNION ALL SELECT id, version FROM fc_restaurants WHERE id IN (SELECT value FROM json_each(:ids))
        """,
        {"ids": to_list(ids)},
    )
    return {row["id"]: row["version"] for row in rows}
