"""An order as the store would make it of a quote."""

from __future__ import annotations

from phone_agent.ordering.order import Order, Quote


def order_of(quote: Quote, number: int) -> Order:
    return Order(
        id="order", number=number, profile_id="p", restaurant_id=quote.restaurant_id,
        restaurant_name=quote.restaurant_name, timezone=quote.timezone, lines=quote.lines, totals=quote.totals,
        status="confirmed", channel="phone", placed_at=quote.created_at, ready_at=quote.ready_at,
        confirmed_by="keypad", fulfilment=quote.fulfilment, arrives_at=quote.arrives_at,
    )  # fmt: skip
