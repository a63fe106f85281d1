"""What is known of a caller is asked for side by side: the greeting waits for one answer, not for all in turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from phone_agent.store.protocol import Store
from phone_agent.store.seed import DEMO_PHONE
from tests.agents.callers import a_call

LOOKED_UP = ("find_orders", "has_pin", "find_orphaned_cart", "find_unheard_order")
LONGEST_WAIT_S = 5.0


class Together:
    """Answers nothing of what is looked up before all of it was asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._all_asked = asyncio.Barrier(len(LOOKED_UP))

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self._store, name)

        async def asked(*given: object, **named: object) -> object:
            if name in LOOKED_UP:
                await self._all_asked.wait()
            return await method(*given, **named)

        return asked


async def test_what_is_known_of_a_caller_is_asked_for_side_by_side(store: Store) -> None:
    await store.save_pin(DEMO_PHONE, "hash")

    async with asyncio.timeout(LONGEST_WAIT_S):
        call = await a_call(cast("Store", Together(store)), DEMO_PHONE)

    assert call.known.has_pin
    assert call.known.orders
    await call.close()
