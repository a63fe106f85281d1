"""Orders as a point-of-sale system is told of them: signed by the Standard Webhooks scheme, one at a time per order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import httpx
from pydantic import BaseModel, ConfigDict
from standardwebhooks.webhooks import Webhook

from phone_agent.ordering.order import Order, OrderLine
from phone_agent.store.outbox import Outgoing, Settled

ANSWER_S = 15.0
LASTS = timedelta(days=3)
SOONEST, LATEST, GROWTH = timedelta(seconds=5), timedelta(hours=6), 4
GONE = 410
"""The system wants to be told no more of this."""
TYPES = {"order_placed": "order.placed", "order_changed": "order.changed", "order_ready": "order.ready"}
WebhookType = Literal["order.placed", "order.changed", "order.ready"]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Part):
    label: str
    amount: str
    price_cents: int


class Line(Part):
    menu_item_id: str
    name: str
    quantity: int
    total_cents: int
    options: list[Option]
    note: str


class OrderData(Part):
    """What the kitchen sees: who has ordered how often, and from which number, it does not."""

    id: str
    number: int
    status: str
    """What it became with this event, which may not be the last one."""
    restaurant_id: str
    restaurant_name: str
    placed_at: datetime
    ready_at: datetime
    arrives_at: datetime | None
    fulfilment: str
    address: str
    customer_name: str
    allergy_note: str
    order_note: str
    lines: list[Line]
    subtotal_cents: int
    discount_cents: int
    tax_cents: int
    fees_cents: int
    tip_cents: int
    total_cents: int
    payment_method: str


class Event(Part):
    type: WebhookType
    timestamp: datetime
    data: OrderData


def event_of(message: Outgoing, order: Order) -> Event:
    return Event.model_validate(
        {"type": TYPES[message.kind], "timestamp": message.created_at, "data": _data(message, order)}
    )


def _data(message: Outgoing, order: Order) -> OrderData:
    totals = order.totals
    return OrderData(
        id=order.id,
        number=order.number,
        status=message.status or "confirmed",
        restaurant_id=order.restaurant_id,
        restaurant_name=order.restaurant_name,
        placed_at=order.placed_at,
        ready_at=order.ready_at,
        arrives_at=order.arrives_at,
        fulfilment=order.fulfilment.kind,
        address=order.fulfilment.address if order.fulfilment.kind == "delivery" else "",
        customer_name=order.customer_name,
        allergy_note=order.allergy_note,
        order_note=order.order_note,
        lines=[_line(line) for line in order.lines],
        subtotal_cents=totals.subtotal_cents,
        discount_cents=totals.discount_cents,
        tax_cents=totals.tax_cents,
        fees_cents=totals.fees_cents,
        tip_cents=totals.tip_cents,
        total_cents=totals.total_cents,
        payment_method=order.payment_method,
    )


def _line(line: OrderLine) -> Line:
    options = [Option(label=o.label, amount=o.amount, price_cents=o.price_cents) for o in line.options]
    return Line(
        menu_item_id=line.menu_item_id,
        name=line.name,
        quantity=line.quantity,
        total_cents=line.total_cents,
        options=options,
        note=line.note,
    )


async def post(
    http: httpx.AsyncClient, url: str, secret: str, message: Outgoing, order: Order, now: datetime
) -> Settled:
    """The id stays the same however often it is sent: who has seen it before leaves it."""
    body = event_of(message, order).model_dump_json()
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(message.id, now, body),
    }
    try:
        answer = await http.post(url, content=body, headers=headers, timeout=ANSWER_S, follow_redirects=False)
    except httpx.HTTPError as error:
        return again(message, type(error).__name__, now)
    if answer.is_success:
        return Settled("delivered")
    if answer.status_code == GONE:
        return Settled("failed", str(GONE))
    return again(message, str(answer.status_code), now, _asked_for(answer))


def again(message: Outgoing, why: str, now: datetime, wait: timedelta = SOONEST) -> Settled:
    """Later each time, and given up after three days."""
    if now - message.created_at > LASTS:
        return Settled("failed", why)
    grown = SOONEST * GROWTH ** min(message.attempts - 1, 10)
    return Settled("queued", why, due_at=now + max(min(grown, LATEST), wait))


def _asked_for(answer: httpx.Response) -> timedelta:
    asked = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(asked), LATEST.total_seconds())) if asked.isdecimal() else SOONEST
