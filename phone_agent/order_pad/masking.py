"""Card numbers stay out of what is kept of an order: notes and addresses are masked as transcripts are."""

from __future__ import annotations

from dataclasses import replace

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.wishes import Wishes
from phone_agent.redaction import masked


def masked_line(line: LineItem) -> LineItem:
    return replace(line, note=masked(line.note)) if line.note else line


def masked_cart(cart: Cart) -> Cart:
    return replace(cart, lines=tuple(masked_line(line) for line in cart.lines))


def masked_wishes(wishes: Wishes) -> Wishes:
    said = wishes.fulfilment
    return replace(
        wishes,
        fulfilment=replace(said, street=masked(said.street), zip_code=masked(said.zip_code)),
        order_note=masked(wishes.order_note),
        allergy_note=masked(wishes.allergy_note),
    )


def line_like(cart: Cart, line: LineItem) -> LineItem:
    """The line of the cart that this one has become."""
    return next(other for other in cart.lines if other.is_same_dish(masked_line(line)))
