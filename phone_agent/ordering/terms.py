"""What a restaurant asks for beside its dishes: delivery, the kitchen's capacity, coupons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DeliveryTerms:
    zip_codes: tuple[str, ...]
    minimum_cents: int = 0
    """Of the subtotal."""
    fee_cents: int = 0
    minutes: int = 20
    """On the road, after the food is ready."""


@dataclass(frozen=True)
class Capacity:
    orders: int
    """How many orders may become ready in one slot."""
    slot_minutes: int = 15


@dataclass(frozen=True)
class Coupon:
    code: str
    """As said on the phone: "WELCOME", compared without case."""
    percent: int = 0
    amount_cents: int = 0
    minimum_cents: int = 0
    until: date | None = None
