"""Totals in whole cents: tax rounded once, half up; coupon, fees and tip; never negative."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.pricing import Totals, discount_of, totals_of
from phone_agent.ordering.terms import Coupon
from phone_agent.ordering.wishes import Tip
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


def test_a_coupon_comes_off_before_the_tax_and_the_tip_is_of_the_full_price() -> None:
    coupon = Coupon("WELCOME", percent=10, amount_cents=100)
    totals = totals_of(cart_of(3198), 650, coupon=coupon, fees_cents=399, tip=Tip(percent=15))

    assert totals == Totals(3198, tax_cents=181, discount_cents=420, fees_cents=399, tip_cents=480)
    assert totals.total_cents == 3198 - 420 + 181 + 399 + 480


@pytest.mark.parametrize(
    ("coupon", "subtotal", "discount"),
    [
        (Coupon("HALF", percent=50), 999, 500),
        (Coupon("FIVE", amount_cents=500), 499, 499),
        (Coupon("FIVE", amount_cents=500, minimum_cents=2000), 1999, 0),
        (Coupon("FIVE", amount_cents=500, minimum_cents=2000), 2000, 500),
        (Coupon("ALL", percent=100, amount_cents=1), 2000, 2000),
    ],
)
def test_a_coupon_counts_from_its_minimum_and_never_beyond_the_dishes(
    coupon: Coupon, subtotal: int, discount: int
) -> None:
    assert discount_of(coupon, subtotal) == discount


COUPONS = st.builds(
    Coupon, st.just("X"), st.integers(0, 100), st.integers(0, 100_000), st.integers(0, 100_000), st.none()
)
TIPS = st.builds(Tip, st.integers(0, 100), st.integers(0, 50_000))
PRICES = st.integers(0, 20_000)


@given(cents=PRICES, coupon=st.none() | COUPONS, tip=TIPS, fees=st.integers(0, 2_000), rate=st.integers(0, 10_000))
def test_no_part_of_a_total_is_negative(cents: int, coupon: Coupon | None, tip: Tip, fees: int, rate: int) -> None:
    totals = totals_of(cart_of(cents), rate, coupon=coupon, fees_cents=fees, tip=tip)
    parts = (totals.tax_cents, totals.discount_cents, totals.tip_cents, totals.total_cents)

    assert min(parts) >= 0
    assert totals.discount_cents <= totals.subtotal_cents
    assert totals.total_cents >= fees + totals.tip_cents


@given(
    prices=st.lists(PRICES, min_size=2, max_size=8), drop=st.integers(0, 7), coupon=COUPONS, tip=TIPS, data=st.data()
)
def test_a_total_does_not_depend_on_the_order_of_edits(
    prices: list[int], drop: int, coupon: Coupon, tip: Tip, data: st.DataObject
) -> None:
    """A dish is put in and taken out again at any two moments; what is left costs the same."""
    lines = [LineItem(str(n), an_item("grill", "mains", f"Dish {n}", cents)) for n, cents in enumerate(prices)]
    gone = lines[drop % len(lines)]
    one, other = Cart("cart"), Cart("cart")
    for line in lines:
        one = one.add(line)
    for line in data.draw(st.permutations(lines)):
        other = other.add(line)
        if line is gone:
            other = other.remove(gone.id)
    one = one.remove(gone.id)

    assert totals_of(one, 650, coupon=coupon, tip=tip) == totals_of(other, 650, coupon=coupon, tip=tip)
