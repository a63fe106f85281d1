"""Two tabs of one browser are two callers."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.house import House
from tests.browser.orders import order_of
from tests.browser.visitor import ANSWER_MS, visitor
from tests.stack.calls import lines_of

pytestmark = [pytest.mark.stack, pytest.mark.timeout(180)]


async def test_two_tabs_are_two_calls_with_a_cart_each(house: House) -> None:
    async with visitor(house) as one:
        other = await one.tab()
        await one.visit()
        await one.write("Ana")
        await one.type("a caesar salad please")
        await one.sees("Caesar Salad", in_card="cart")
        await other.visit()
        await other.write("Ben")
        await other.type("a grilled salmon please")
        await other.sees("Grilled Salmon", "$22.99", in_card="cart")
        await other.type("check out please")
        await other.button("Confirm").click(timeout=ANSWER_MS)
        await other.sees("Order", in_card="order")
        bens = await order_of(house, other)
        await other.page.close()
        await one.sees("Caesar Salad", "$8.99", in_card="cart")
        await one.type("check out please")
        await one.button("Confirm").click(timeout=ANSWER_MS)
        await one.sees("Order", in_card="order")
        await expect(one.page.locator(".connection.connected")).to_be_visible()
        anas = await order_of(house, one)

    assert lines_of(anas) == [(1, "Caesar Salad")]
    assert lines_of(bens) == [(1, "Grilled Salmon")]
    assert (anas.customer_name, bens.customer_name) == ("Ana", "Ben")
    assert anas.profile_id != bens.profile_id
    assert one.errors + other.errors == []
