"""Five browsers call at once, and each gets its own order."""

from __future__ import annotations

import asyncio

import pytest

from tests.browser.house import House
from tests.browser.orders import order_of
from tests.browser.visitor import visitor
from tests.stack.calls import lines_of

pytestmark = [pytest.mark.stack, pytest.mark.long, pytest.mark.timeout(300)]

CALLERS = ("Ana", "Ben", "Cleo", "Dan", "Eve")
PATIENCE_MS = 60_000
"""Five browsers and five agents on one machine."""


async def ordered_by(house: House, name: str, count: int) -> tuple[str, list[tuple[int, str]], list[str]]:
    async with visitor(house) as caller:
        caller.page.set_default_timeout(PATIENCE_MS)
        await caller.visit()
        await caller.call(name)
        await caller.type(f"{count} caesar salads please" if count > 1 else "a caesar salad please")
        await caller.sees("Caesar Salad", f"{count} \N{MULTIPLICATION SIGN}", in_card="cart")
        await caller.type("check out please")
        await caller.button("Confirm").click(timeout=PATIENCE_MS)
        await caller.sees("Order", in_card="order")
        order = await order_of(house, caller)
        return order.customer_name, lines_of(order), caller.errors


async def test_five_browsers_at_once_get_five_orders(house: House) -> None:
    done = await asyncio.gather(*(ordered_by(house, name, count) for count, name in enumerate(CALLERS, 1)))

    assert done == [(name, [(count, "Caesar Salad")], []) for count, name in enumerate(CALLERS, 1)]
