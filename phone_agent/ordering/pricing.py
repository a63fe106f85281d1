"""Totals in integer cents; tax is of the dishes less the coupon, rounded once, half up: no tax on fees and tip."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.terms import Coupon
from phone_agent.ordering.wishes import NO_TIP, Tip

BASIS_POINTS = 10_000
PERCENT = 100


@dataclass(frozen=True)
class Totals:
    subtotal_cents: int
    tax_cents: int
    discount_cents: int = 0
    fees_cents: int = 0
    tip_cents: int = 0

    @property
    def total_cents(self) -> int:
        return self.subtotal_cents - self.discount_cents + self.tax_cents + self.fees_cents + self.tip_cents


def totals_of(
    cart: Cart, tax_rate_basis_points: int, *, coupon: Coupon | None = None, fees_cents: int = 0, tip: Tip = NO_TIP
) -> Totals:
    """The tip is of the dishes at their full price: a coupon is the restaurant's gift, not its staff's."""
    subtotal = cart.subtotal_cents
    discount = discount_of(coupon, subtotal) if coupon is not None else 0
    return Totals(
        subtotal_cents=subtotal,
        tax_cents=part_of(subtotal - discount, tax_rate_basis_points, BASIS_POINTS),
        discount_cents=discount,
        fees_cents=fees_cents,
        tip_cents=part_of(subtotal, tip.percent, PERCENT) + tip.amount_cents,
    )


def discount_of(coupon: Coupon, subtotal_cents: int) -> int:
    """Nothing below the coupon's minimum, and never more than the dishes cost."""
    if subtotal_cents < coupon.minimum_cents:
        return 0
    return min(subtotal_cents, part_of(subtotal_cents, coupon.percent, PERCENT) + coupon.amount_cents)


def part_of(cents: int, share: int, whole: int) -> int:
    """Rounded half up."""
    return (cents * share + whole // 2) // whole
