"""The order that a caller waits for: where it is, and cancelling it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from phone_agent.call import Call
from phone_agent.counter.returning import ORDERS_KNOWN, may_hear
from phone_agent.ordering.disclosure import Matter
from phone_agent.ordering.errors import IllegalChange, NotUnderstood, StoreUnavailable
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.states import NEXT
from phone_agent.ordering.wording_callers import words_for_cancelling_elsewhere, words_for_progress

STATUS_FOR = timedelta(hours=12)
"""As long an order is one of today's to whoever asks where it is."""
WAITED_FOR = timedelta(hours=1)
"""As long after it was to be ready, "how long will it take" is asked of an order that is placed."""


async def order_of_today(call: Call) -> Order:
    """The newest, as it stands now. Raises NotUnderstood."""
    of = {"profile_id": call.profile.id, "caller_number": call.record.caller_number}
    order = _newest_of_today(call, await call.store.find_orders(**of, limit=ORDERS_KNOWN))
    if order is None:
        raise NotUnderstood(CallerSentence.ORDER_OF_TODAY_NONE.words())
    return order


def order_meant(call: Call) -> Order | None:
    """The one of today, as it stood when it was last seen: enough to say which one is meant."""
    return call.order or _newest_of_today(call, call.known.placed)


def _newest_of_today(call: Call, orders: Sequence[Order]) -> Order | None:
    for order in orders:
        is_of_today = max(order.placed_at, order.ready_at) > call.now - STATUS_FOR
        if is_of_today and may_hear(call, Matter.ORDER_STATUS, order):
            return order
    return None


async def note_order_of_today(call: Call) -> None:
    """As soon as the PIN was keyed in, so that cancelling it needs no question before."""
    if not call.known.is_proven:
        return
    with suppress(NotUnderstood, StoreUnavailable):
        call.known.order_of_today = await order_of_today(call)


def has_order_underway(call: Call) -> bool:
    """One that may still be waited for, as far as it was known when the call began."""
    orders = [order for order in call.known.placed if order.status in NEXT[order.fulfilment.kind]]
    return any(order.ready_at > call.now - WAITED_FOR for order in orders)


def has_cancelled_order(call: Call) -> bool:
    """The order of this call, by the caller and in this call."""
    return call.order is not None and call.order.status == "cancelled"


async def words_for_status_of_today(call: Call) -> str:
    return words_for_progress(await order_of_today(call), call.now)


async def cancel_order_of_today(call: Call) -> str:
    """Only before the kitchen has begun, and only by whoever placed it in this call or keyed in the PIN."""
    order = call.order or call.known.order_of_today or await order_of_today(call)
    if not may_hear(call, Matter.CHANGE_OF_AN_ORDER, order):
        return (
            CallerSentence.PIN_NEEDED.words()
            if call.known.has_pin
            else words_for_cancelling_elsewhere(call.menu.known_restaurant(order.restaurant_id), order)
        )
    if order.status == "cancelled":
        return words_for_progress(order, call.now)
    try:
        cancelled = await call.store.change_order_status(
            order.id, "cancelled", who="caller", now=call.now, only_from="confirmed"
        )
    except IllegalChange:
        return CallerSentence.CANCEL_TOO_LATE.words(restaurant=order.restaurant_name)
    call.order = cancelled if call.order is not None and call.order.id == order.id else call.order
    call.known.order_of_today = None
    call.known.orders = tuple(cancelled if one.id == order.id else one for one in call.known.orders)
    return CallerSentence.CANCELLED_NOW.words(restaurant=order.restaurant_name)
