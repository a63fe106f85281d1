"""Tools about orders that are placed: earlier ones, one again, where one is, and cancelling."""

from __future__ import annotations

from typing import Literal

from livekit.agents import function_tool

from phone_agent.counter import order_of_today, returning
from phone_agent.counter.editing import with_warnings
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.disclosure import Matter
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.wording import format_usd
from phone_agent.ordering.wording_callers import words_for_history, words_for_reordered
from phone_agent.services import ready_wish
from phone_agent.tools.spoken import Context, spoken


@function_tool
@spoken
async def get_order_history(context: Context) -> str:
    """What the caller ordered before, by the names of the dishes, and whether to order it again."""
    call = context.userdata
    orders = returning.earlier_orders(call)
    call.known.ask(Asked.LAST_ORDER)
    words = words_for_history(orders)
    if not returning.may_hear(call, Matter.PAST_TOTALS, orders[0]):
        return words
    return f"{CallerSentence.HISTORY_TOTAL.words(total=format_usd(orders[0].totals.total_cents))} {words}"


@function_tool
@spoken
async def reorder(context: Context, order: Literal["last", "usual"]) -> str:
    """Put an earlier order into the cart again, at today's prices; says what has changed.

    Args:
        order: "last" for the newest, "usual" for what the caller orders most
    """
    again = await returning.order_the_same(context.userdata, usual=order == "usual")
    return with_warnings(context.userdata, again.lines, words_for_reordered(again))


@function_tool
@spoken
async def get_order_status(context: Context) -> str:
    """Where the caller's order of today is: in the kitchen, ready, on its way."""
    return await order_of_today.words_for_status_of_today(context.userdata)


@function_tool
@spoken
async def cancel_order(context: Context) -> str:
    """Cancel an order that is placed already. Dishes in the cart are removed with remove_from_cart instead."""
    return await order_of_today.cancel_order_of_today(context.userdata)


@function_tool
@spoken
async def call_when_ready(context: Context, wanted: bool) -> str:
    """Have the caller rung, on the number that they call from, when the order is ready. Only where they ask for it.

    Args:
        wanted: false where they do not want it any more
    """
    return await ready_wish.ring_when_ready(context.userdata, is_wanted=wanted)


ORDER_TOOLS = (get_order_history, reorder, get_order_status, cancel_order, call_when_ready)
