"""Tools for what a caller wants beside dishes: pickup or delivery and when, a coupon, a tip, notes."""

from __future__ import annotations

from livekit.agents import function_tool

from phone_agent.counter.editing import hand_over
from phone_agent.ordering.clock import Day
from phone_agent.ordering.serving import refuse_unserved_then
from phone_agent.ordering.wishes import FulfilmentKind, NoteKind
from phone_agent.ordering.wishing import (
    TipUnit,
    coupon_minimum_cents,
    kind_of_note,
    refuse_unless_deliverable,
    with_coupon,
    with_note,
    with_tip,
)
from phone_agent.ordering.wording_terms import words_for_coupon, words_for_handover, words_for_note, words_for_tip
from phone_agent.tools.spoken import Context, spoken


@function_tool
@spoken
async def choose_pickup_or_delivery(
    context: Context, kind: FulfilmentKind, day: Day, time: str, street: str, zip_code: str
) -> str:
    """How and when the caller gets the order. Call it only when the caller speaks of it: else it is a pickup, soon.

    Args:
        kind: picked up at the restaurant, or delivered
        day: the day that the caller named, or "" where none was
        time: the time as the caller said it ("7:30 PM", "in half an hour", "now"), or "" where none was said
        street: street and number as said in this call, or ""
        zip_code: five digits as said in this call, or ""
    """
    call = context.userdata
    place = await hand_over(call, kind, (day, time), (street, zip_code))
    refuse_unless_deliverable(call.wishes.fulfilment, call.restaurant)
    refuse_unserved_then(call.cart, place, call.wanted_at, call.now)
    return words_for_handover(call.wishes.fulfilment, place.timezone, call.now)


@function_tool
@spoken
async def apply_coupon(context: Context, code: str) -> str:
    """Take a coupon.

    Args:
        code: the code as the caller said it
    """
    call = context.userdata
    await call.wish(lambda wishes: with_coupon(wishes, code, call.restaurant, call.now))
    minimum_cents = coupon_minimum_cents(call.wishes, call.restaurant)
    return words_for_coupon(minimum_cents, call.cart.subtotal_cents)


@function_tool
@spoken
async def set_tip(context: Context, unit: TipUnit, amount: float) -> str:
    """Add a tip, change it, or take it off with 0. Call it only when the caller speaks of a tip.

    Args:
        unit: percent of the dishes, or dollars
        amount: how many of them
    """
    call = context.userdata
    await call.wish(lambda wishes: with_tip(wishes, unit, amount))
    return words_for_tip(call.wishes.tip, call.cart)


@function_tool
@spoken
async def add_note(context: Context, kind: NoteKind, text: str) -> str:
    """Pass something on to the kitchen that is about the whole order, or an allergy of whoever eats it.

    Args:
        kind: "allergy" for every allergy and intolerance, "order" for anything else
        text: what the kitchen should read, or "" to drop the notes of that kind
    """
    told = kind_of_note(kind, text)
    await context.userdata.wish(lambda wishes: with_note(wishes, told, text))
    return words_for_note(told, text)


TERMS_TOOLS = (choose_pickup_or_delivery, apply_coupon, set_tip, add_note)
