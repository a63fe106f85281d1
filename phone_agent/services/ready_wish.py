"""A caller who wants to be rung when the order is ready: the one of this call, or one of today that is placed."""

from __future__ import annotations

from datetime import datetime, timedelta

from phone_agent import line
from phone_agent.call import Call
from phone_agent.counter.order_of_today import order_meant
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences_ready import ReadySentence
from phone_agent.ordering.states import NEXT

ABOUT_MINUTES = 30
"""Where a restaurant does not say how long it takes."""


async def ring_when_ready(call: Call, *, is_wanted: bool) -> str:
    """Only ever on the number that the order is placed from. Raises StoreUnavailable."""
    if call.record.channel != "phone":
        return ReadySentence.CANNOT_RING.words()
    if call.record.caller_number is None:
        return ReadySentence.CANNOT_RING_WITHHELD.words()
    earlier = _earlier_order(call)
    place = line.restaurant_of(call) or call.menu.restaurants[0]
    if not call.can_be_rung(_ready_at(call, earlier, place), place.timezone):
        return ReadySentence.CANNOT_RING.words()
    language = call.tongue.language.code if is_wanted else ""
    await call.want_ready_call(language, earlier)
    return (ReadySentence.WILL_RING if is_wanted else ReadySentence.WILL_NOT_RING).words()


def _ready_at(call: Call, earlier: Order | None, place: Restaurant) -> datetime:
    """As far as it is known."""
    made = earlier or call.quote or (call.order if call.is_order_placed else None)
    return made.ready_at if made is not None else call.wanted_at + timedelta(minutes=place.eta_minutes or ABOUT_MINUTES)


def _earlier_order(call: Call) -> Order | None:
    """The one that is waited for, where nothing has been ordered in this call."""
    order = order_meant(call) if call.cart.is_empty and call.order is None else None
    return order if order is not None and order.status in NEXT[order.fulfilment.kind] else None
