"""What is said of the terms of an order: how and when it is handed over, coupon, tip and notes."""

from __future__ import annotations

from datetime import datetime, timedelta

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.order import Order, Quote
from phone_agent.ordering.pricing import totals_of
from phone_agent.ordering.readiness import NO_LOAD, ready_for
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.wishes import Fulfilment, NoteKind, Tip
from phone_agent.ordering.wording import minutes_until, words_for_when
from phone_agent.ordering.wording_times import words_for_day, words_for_time


def words_for_handover(wanted: Fulfilment, timezone: str, now: datetime) -> str:
    """What was chosen, and nothing else of the order."""
    at = wanted.requested_at
    slots = {} if at is None else words_for_when(wanted, at, timezone, now)
    if wanted.kind == "pickup":
        return (TermSentence.FOR_PICKUP if at is None else TermSentence.FOR_PICKUP_AT).words(**slots)
    return (TermSentence.FOR_DELIVERY if at is None else TermSentence.FOR_DELIVERY_AT).words(
        address=wanted.address, **slots
    )


def words_for_coupon(minimum_cents: int, subtotal_cents: int) -> str:
    if subtotal_cents >= minimum_cents:
        return TermSentence.COUPON_TAKEN.words()
    missing = format_usd(minimum_cents - subtotal_cents)
    return TermSentence.COUPON_TOO_SMALL.words(minimum=format_usd(minimum_cents), missing=missing)


def words_for_tip(tip: Tip, cart: Cart) -> str:
    """The amount where there are dishes that it can be a part of."""
    tip_cents = totals_of(cart, 0, tip=tip).tip_cents
    if tip_cents:
        return TermSentence.TIP_TAKEN.words(tip=format_usd(tip_cents))
    return TermSentence.TIP_IN_PERCENT.words(percent=str(tip.percent)) if tip.percent else TermSentence.TIP_NONE.words()


def words_for_note(kind: NoteKind, note: str) -> str:
    if not note:
        return TermSentence.NOTE_DROPPED.words()
    return (TermSentence.ALLERGY_TAKEN if kind == "allergy" else TermSentence.NOTE_TAKEN).words()


def words_for_just_filled(instead: datetime, timezone: str, now: datetime) -> str:
    day, time = words_for_day(instead, now, timezone), words_for_time(instead, timezone)
    return TermSentence.TIME_JUST_FILLED.words(day=day, time=time)


def words_for_ready(made: Quote | Order, now: datetime) -> str:
    """When it is handed over, and nothing else of the order."""
    return _words_for_ready(made.fulfilment, made.arrives_at or made.ready_at, made.timezone, now)


def words_for_ready_from_now(cart: Cart, restaurant: Restaurant, wanted: Fulfilment, now: datetime) -> str:
    """Before it is confirmed; the kitchen's other orders are counted at the read-back. Raises what ready_for raises."""
    ready = ready_for(cart, restaurant, wanted, NO_LOAD, now, timedelta())
    at = ready.arrives_at or ready.at
    if wanted.requested_at is not None:
        return _words_for_ready(wanted, at, restaurant.timezone, now)
    if cart.is_empty:
        at += timedelta(minutes=restaurant.eta_minutes)
    sentence = Sentence.READY_AFTER if wanted.kind == "pickup" else TermSentence.ARRIVES_AFTER
    return sentence.words(minutes=str(minutes_until(at, now)))


def _words_for_ready(wanted: Fulfilment, at: datetime, timezone: str, now: datetime) -> str:
    soon, then = (
        (Sentence.READY_IN, TermSentence.READY_AT)
        if wanted.kind == "pickup"
        else (TermSentence.ARRIVES_IN, TermSentence.ARRIVES_AT)
    )
    sentence = soon if wanted.requested_at is None else then
    return sentence.words(**words_for_when(wanted, at, timezone, now))
