"""Quotes in fc_quotes, and whether what a quote was made from still stands."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from sqlite3 import Connection

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import QuoteExpired, QuoteOutdated, SlotFull
from phone_agent.ordering.order import Quote
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.store import cart_rows
from phone_agent.store.columns import Value, insert, to_text, totals_row
from phone_agent.store.wish_rows import to_text_or_none, wish_row


def save(connection: Connection, quote: Quote) -> None:
    """Raises QuoteOutdated where a dish was repriced or sold out after it was put into the cart, CartOutdated."""
    cart_rows.refuse_if_ordered(connection, quote.cart_id)
    cart = cart_rows.load(connection, quote.cart_id)
    if cart.version != quote.cart_version:
        raise QuoteOutdated(Sentence.CART_CHANGED.words())
    versions = item_versions(connection, quote)
    if not is_still_so(quote, cart, versions[quote.restaurant_id]):
        raise QuoteOutdated(Sentence.MENU_CHANGED.words())
    row = quote_row(quote) | {"item_versions": json.dumps(versions)}
    insert(connection, "fc_quotes", [row], "ON CONFLICT (id) DO NOTHING")


def is_still_so(quote: Quote, cart: Cart, restaurant_version: int) -> bool:
    """Made of the dishes, the prices and the terms that the store has now."""
    is_all_there = all(line.is_available for line in cart.lines)
    is_of_terms = quote.restaurant_version in (0, restaurant_version)
    return is_all_there and is_of_terms and cart.subtotal_cents == quote.totals.subtotal_cents


def quote_row(quote: Quote) -> dict[str, Value]:
    """All but the versions of the quoted dishes, which the database knows."""
    return {
        "id": quote.id,
        "call_id": quote.call_id,
        "cart_id": quote.cart_id,
        "cart_version": quote.cart_version,
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
    if not quote.is_valid_at(now):
        raise QuoteExpired(Sentence.QUOTE_EXPIRED.words())
    row = connection.execute(
        """
        SELECT c.status, c.version, q.cart_version, q.item_versions
        FROM fc_quotes q JOIN fc_carts c ON c.id = q.cart_id WHERE q.id = ?
        """,
        (quote.id,),
    ).fetchone()
    if row is None or row["status"] != "active" or row["version"] != row["cart_version"]:
        raise QuoteOutdated(Sentence.CART_CHANGED.words())
    if json.loads(row["item_versions"]) != item_versions(connection, quote):
        raise QuoteOutdated(Sentence.MENU_CHANGED.words())


def refuse_if_full(connection: Connection, quote: Quote) -> None:
    """Raises SlotFull."""
    if quote.slot_start is None or quote.slot_capacity is None:
        return
    (taken,) = connection.execute(
        "SELECT count(*) FROM fc_orders WHERE restaurant_id = ? AND slot_start = ? AND status <> 'cancelled'",
        (quote.restaurant_id, to_text(quote.slot_start)),
    ).fetchone()
    if taken >= quote.slot_capacity:
        raise SlotFull(TermSentence.SLOT_TAKEN.words())


def item_versions(connection: Connection, quote: Quote) -> dict[str, int]:
    """Of every dish in the cart, a half of a dish is one too; and of the restaurant."""
    rows = connection.execute(
        """
        SELECT id, version FROM fc_menu_items WHERE id IN (
            SELECT menu_item_id FROM fc_cart_items WHERE cart_id = :cart
            UNION SELECT other_half_id FROM fc_cart_items WHERE cart_id = :cart
        )
        UNION ALL SELECT id, version FROM fc_restaurants WHERE id = :restaurant
        """,
        {"cart": quote.cart_id, "restaurant": quote.restaurant_id},
    )
    return {row["id"]: row["version"] for row in rows}
