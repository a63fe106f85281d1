"""What came of a call: the orders in the store, and whether the caller heard them rightly."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from phone_agent.ordering.order import Order
from phone_agent.ordering.wording import format_usd
from phone_agent.rehearsal.ears_grammar import words_of
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord

LOOKING_SECONDS = 0.1


@dataclass(frozen=True)
class Grade:
    call: CallRecord | None
    orders: tuple[Order, ...]
    heard_order_number: bool
    heard_total: bool
    heard_dishes: bool

    @property
    def is_ordered(self) -> bool:
        return bool(self.orders)


async def grade(store: Store, since: datetime, caller_number: str | None, heard: Sequence[str]) -> Grade:
    """Of the newest call from this number; by sound alone, so `heard` must come from ears."""
    calls = [c for c in await store.find_calls(limit=50) if c.started_at >= since and c.caller_number == caller_number]
    call = calls[0] if calls else None
    found = await store.find_orders(profile_id=call.profile_id, limit=50) if call else ()
    orders = tuple(order for order in found if order.placed_at >= since)
    sound = " ".join(heard)
    return Grade(
        call,
        orders,
        bool(orders) and all(_spoken(f"order number is #{order.number:03}") in sound for order in orders),
        bool(orders) and all(_spoken(format_usd(order.totals.total_cents)) in sound for order in orders),
        bool(orders) and all(_spoken(line.name) in sound for order in orders for line in order.lines),
    )


async def grade_when_closed(
    store: Store, since: datetime, caller_number: str | None, heard: Sequence[str], patience_seconds: float
) -> Grade:
    """The grade once the call's record has ended, or as it stands when patience has."""
    for _ in range(round(patience_seconds / LOOKING_SECONDS)):
        found = await grade(store, since, caller_number, heard)
        if found.call is not None and found.call.ended_at is not None:
            return found
        await asyncio.sleep(LOOKING_SECONDS)
    return await grade(store, since, caller_number, heard)


def _spoken(text: str) -> str:
    return " ".join(words_of(re.sub(r"\s+", " ", text)))
