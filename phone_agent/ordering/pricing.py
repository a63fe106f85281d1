"""Totals in integer cents; tax is rounded once, half up."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.ordering.cart import Cart

BASIS_POINTS = 10_000


@dataclass(frozen=True)
class Totals:
    subtotal_cents: int
    tax_cents: int

    @property
    def total_cents(self) -> int:
        return self.subtotal_cents + self.tax_cents


def totals_of(cart: Cart, tax_rate_basis_points: int) -> Totals:
    subtotal = cart.subtotal_cents
    return Totals(subtotal, (subtotal * tax_rate_basis_points + BASIS_POINTS // 2) // BASIS_POINTS)
