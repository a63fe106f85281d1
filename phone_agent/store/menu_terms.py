"""Hours, delivery, capacity, coupons and prices by size as JSON in one column each."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter

from phone_agent.ordering.hours import Hours
from phone_agent.ordering.terms import Capacity, Coupon, DeliveryTerms
from phone_agent.store.columns import to_cents, to_dollars

Terms = TypeVar("Terms")
HOURS = TypeAdapter(Hours)
DELIVERY = TypeAdapter(DeliveryTerms | None)
CAPACITY = TypeAdapter(Capacity | None)
COUPONS = TypeAdapter(tuple[Coupon, ...])


def to_json(adapter: TypeAdapter[Terms], terms: Terms) -> str | None:
    return None if terms is None else adapter.dump_json(terms).decode()


def from_json(adapter: TypeAdapter[Terms], text: str | None) -> Terms:
    return adapter.validate_json(text or "null")


def to_prices(prices: tuple[tuple[str, int], ...]) -> str:
    return json.dumps({size: to_dollars(cents) for size, cents in prices})


def from_prices(text: str) -> tuple[tuple[str, int], ...]:
    prices: dict[str, Any] = json.loads(text)
    return tuple((size, to_cents(str(dollars))) for size, dollars in sorted(prices.items()))
