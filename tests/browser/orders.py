"""What the store holds of a visitor's order."""

from __future__ import annotations

import asyncio

from phone_agent.ordering.order import Order
from phone_agent.store.sqlite import SqliteStore
from tests.browser.house import House
from tests.browser.visitor import Visitor

STORING_SECONDS = 5.0


async def order_of(house: House, caller: Visitor) -> Order:
    """The one order whose number the page shows."""
    number = await caller.page.locator(".order-number").inner_text()
    store = await SqliteStore.open(house.database)
    try:
        async with asyncio.timeout(STORING_SECONDS):
            while not (found := [one for one in await store.find_orders() if _is_it(one, number, caller)]):
                await asyncio.sleep(0.1)
    finally:
        await store.close()
    assert len(found) == 1
    return found[0]


def _is_it(order: Order, number: str, caller: Visitor) -> bool:
    """Numbers count per restaurant: the demonstration's household has ordered before, elsewhere."""
    return f"{order.number:03}" == number and order.placed_at >= caller.since
