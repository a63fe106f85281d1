"""Tax in whole cents, rounded once, half up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.pricing import totals_of
from tests.builders import a_menu, an_item


def cart_of(cents: int) -> Cart:
    return Cart("cart", (LineItem("1", an_item("grill", "mains", "Dish", cents)),))


@pytest.mark.parametrize(
    ("cents", "basis_points", "tax"),
    [
        (3198, 650, 208),
        (899, 650, 58),
        (100, 650, 7),
        (99, 650, 6),
        (10, 500, 1),
        (9, 500, 0),
        (0, 650, 0),
        (1999, 0, 0),
    ],
)
def test_tax_is_rounded_half_up(cents: int, basis_points: int, tax: int) -> None:
    assert totals_of(cart_of(cents), basis_points).tax_cents == tax


@given(cents=st.integers(0, 10_000_000), basis_points=st.integers(0, 10_000))
def test_tax_is_what_decimals_say(cents: int, basis_points: int) -> None:
    totals = totals_of(cart_of(cents), basis_points)
    exact = Decimal(cents) * basis_points / 10_000

    assert totals.tax_cents == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert totals.total_cents == cents + totals.tax_cents


def test_tax_is_of_the_whole_order_and_not_of_each_line() -> None:
    salad = a_menu().items[0]
    cart = Cart("cart", tuple(LineItem(str(n), salad, note=str(n)) for n in range(3)))

    assert totals_of(cart, 650).tax_cents == 175
