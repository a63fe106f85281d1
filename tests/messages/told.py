"""Orders and cut calls to tell of, and the messages that come of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Order, OrderLine
from phone_agent.ordering.pricing import Totals
from phone_agent.store.outbox import Kind, Matter, OutboxChannel, Outgoing
from phone_agent.store.protocol import Store
from tests.builders import NOON, a_call, a_cart, a_quote

PHONE, OTHER = "+14075550171", "+14075550172"
MINUTE = timedelta(minutes=1)
SECRET = "whsec_" + "c2VjcmV0" * 5  # base64 of thirty bytes


class Clock:
    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


async def placed(store: Store, menu: Menu, number: str | None = PHONE, *, now: datetime = NOON) -> Order:
    quote = await a_quote(store, menu, number=number, now=now)
    return await store.place_order(quote, confirmed_by="keypad", now=now)


async def cut(store: Store, menu: Menu, number: str = PHONE, *, now: datetime = NOON) -> Cart:
    call = await a_call(store, number)
    cart = await store.save_cart(a_cart(menu), call_id=call.id)
    await store.close_call(call.id, outcome="abandoned", reason="hung_up", now=now)
    return cart


async def states(store: Store, channel: OutboxChannel = "text") -> list[tuple[str, str]]:
    """What became of each message, oldest first."""
    return [(m.state, m.detail) for m in reversed(await store.find_outbox(limit=100)) if m.channel == channel]


def an_outgoing(kind: Kind = "order_placed", status: str = "", *, created_at: datetime = NOON) -> Outgoing:
    cart = "5b0dbe0f-1111-4222-8333-0000000f4240" if kind == "call_back" else None
    return Outgoing(
        id=str(uuid4()), channel="text", kind=kind, status=status, order_id=None, cart_id=cart, state="sending",
        attempts=1, created_at=created_at, due_at=created_at,
    )  # fmt: skip


def an_order(*dishes: str, status: str = "confirmed", name: str = "The Grill") -> Order:
    lines = tuple(OrderLine(str(n), dish, 1, 899, 899) for n, dish in enumerate(dishes or ("Caesar Salad",)))
    return Order(
        id="o", number=42, profile_id="p", restaurant_id="r", restaurant_name=name, timezone="America/New_York",
        lines=lines, totals=Totals(899, 58, 0, 0, 0), status=status, channel="phone", placed_at=NOON,  # type: ignore[arg-type]
        ready_at=NOON + 25 * MINUTE, confirmed_by="keypad",
    )  # fmt: skip


A_MATTER = Matter(PHONE, "en", "", "The Grill", "America/New_York", is_waiting=True, order=an_order())


def matter(**changes: object) -> Matter:
    return replace(A_MATTER, **changes)  # type: ignore[arg-type]
