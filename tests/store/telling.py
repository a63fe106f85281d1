"""Orders and cut calls that are to be told of, and what of them stands in the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Order
from phone_agent.store.outbox import OutboxChannel, Outgoing
from phone_agent.store.protocol import Store
from tests.builders import NOON, a_call, a_cart, a_quote

PHONE, OTHER = "+14075550171", "+14075550172"
MINUTE = timedelta(minutes=1)


async def an_order(store: Store, menu: Menu, number: str | None = PHONE, *, now: datetime = NOON) -> Order:
    quote = await a_quote(store, menu, number=number, now=now)
    return await store.place_order(quote, confirmed_by="keypad", now=now)


async def a_cut_call(store: Store, menu: Menu, number: str | None = PHONE, *, reason: str = "hung_up") -> str:
    """Gives the cart's id."""
    call = await a_call(store, number)
    cart = await store.save_cart(a_cart(menu), call_id=call.id)
    await store.close_call(call.id, outcome="abandoned", reason=reason, now=NOON)
    return cart.id


async def claimed(
    store: Store, channel: OutboxChannel = "text", now: datetime = NOON + MINUTE, most: int = 10
) -> list[Outgoing]:
    return list(await store.claim_messages(channel, now=now, until=now + MINUTE, most=most))


async def told(store: Store) -> list[tuple[str, str, str]]:
    """Oldest first."""
    found = await store.find_outbox(limit=100)
    return [(message.channel, message.kind, message.status) for message in reversed(found)]
