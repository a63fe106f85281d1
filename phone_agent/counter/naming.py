"""The name that a caller gives for the order; a profile gets it with consent only."""

from __future__ import annotations

import logging

from phone_agent.call import Call
from phone_agent.counter.returning import remember_offer
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.errors import NotUnderstood, StoreUnavailable
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.redaction import masked
from phone_agent.understanding.names import spelt_as_name

logger = logging.getLogger(__name__)


async def take_name(call: Call, said: str) -> str:
    """And goes on with a question: for it again, where it was none."""
    if not name_in(said):
        call.known.ask(Asked.NAME)
        return CallerSentence.NAME_WANTED.words()
    call.known.asking = None
    taken = await keep_name(call, said)
    offer = remember_offer(call) if call.order is not None else None
    return f"{taken} {offer or CallerSentence.WHAT_WOULD_YOU_LIKE.words()}"


async def keep_name(call: Call, said: str) -> str:
    """Also on an order that is placed already. Raises NotUnderstood, StoreUnavailable."""
    name = name_in(said)
    if not name:
        raise NotUnderstood(CallerSentence.NAME_WANTED.words())
    call.known.name = name
    if call.order is not None and call.is_order_placed:
        await call.store.name_order(call.order.id, name)
    return CallerSentence.NAME_TAKEN.words(name=name)


def name_in(said: str) -> str:
    """Empty where it is none: what holds a number is no name."""
    is_name = not any(letter.isdigit() for letter in said) and masked(said) == said
    return spelt_as_name(" ".join(said.split()[:4])) if is_name else ""


async def put_name_on(call: Call, order: Order) -> None:
    """The name that was told before it was placed."""
    if not call.known.name or order.customer_name:
        return
    try:
        await call.store.name_order(order.id, call.known.name)
    except StoreUnavailable:
        logger.warning("an order could not be given its caller's name")
