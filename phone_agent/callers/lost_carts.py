"""Carts whose call broke off: how long they are kept, and the code that takes one up from another phone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

LOST_FOR = timedelta(minutes=30)
"""As long a cart whose call broke off is offered again, and an order whose call broke off is told of."""
DIGITS = 6


def code_of(cart_id: str) -> str:
    """Of the cart's id, so that nothing has to be kept: it is random, and nobody outside is told it."""
    return f"{int(UUID(cart_id).hex[-8:], 16) % 10**DIGITS:0{DIGITS}d}"
