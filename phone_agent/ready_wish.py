"""A caller who wants to be rung when the order is ready: the one of this call, or one of today that is placed."""

from __future__ import annotations

from phone_agent.call import Call
from phone_agent.order_of_today import order_of_today
from phone_agent.ordering.errors import NotUnderstood
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences_ready import ReadySentence
from phone_agent.ordering.states import NEXT


async def ring_when_ready(call: Call, *, is_wanted: bool) -> str:
    """Only ever on the number that the order is placed from. Raises StoreUnavailable."""
    if not call.can_be_rung:
        return ReadySentence.CANNOT_RING.words()
    if call.record.caller_number is None:
        return ReadySentence.CANNOT_RING_WITHHELD.words()
    language = call.tongue.language.code if is_wanted else ""
    await call.want_ready_call(language, await _earlier_order(call))
    return (ReadySentence.WILL_RING if is_wanted else ReadySentence.WILL_NOT_RING).words()


async def _earlier_order(call: Call) -> Order | None:
    """The one that is waited for, where nothing has been ordered in this call."""
    if not call.cart.is_empty or call.order is not None:
        return None
    try:
        order = await order_of_today(call)
    except NotUnderstood:
        return None
    return order if order.status in NEXT[order.fulfilment.kind] else None
