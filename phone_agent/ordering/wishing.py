"""A wish that a caller has spoken, checked against the restaurant and put to the others."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.clock import Day, moment_said
from phone_agent.ordering.coupons import coupon_said
from phone_agent.ordering.delivery import refuse_unless_complete, refuse_unless_delivered, terms_of
from phone_agent.ordering.errors import EmptyCart, TipRefused, TooMany
from phone_agent.ordering.hours import ALWAYS_OPEN, local_date
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.money import CENTS_PER_DOLLAR
from phone_agent.ordering.readiness import NO_LOAD, ready_for
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.text import plain_words, singular
from phone_agent.ordering.wishes import Fulfilment, FulfilmentKind, NoteKind, Tip, Wishes

TipUnit = Literal["percent", "dollars"]
MOST_TIP_PERCENT = 100
MOST_TIP_DOLLARS = 500
LONGEST_NOTE = 500
ALLERGY = re.compile(r"allerg|intoleran|co?eliac|anaphyla", re.IGNORECASE)


def with_handover(
    wishes: Wishes,
    kind: FulfilmentKind,
    when: tuple[Day, str],
    where: tuple[str, str],
    restaurant: Restaurant,
    cart: Cart,
    now: datetime,
    *,
    is_chosen: bool = True,
) -> Wishes:
    """What is empty of time and address stays as it was said before.

    While it is not chosen where to order, only the time zone of the restaurant counts.

    Raises TimeNotPossible, RestaurantClosed, SlotFull, NotDelivered.
    """
    said = with_way(wishes, kind, where, restaurant if is_chosen else None)
    day, words = when
    hours = restaurant.hours if is_chosen else ALWAYS_OPEN
    wanted = said.fulfilment
    if day or words.strip():
        wanted = replace(wanted, requested_at=moment_said(day, words, hours, restaurant.timezone, now))
    if is_chosen:
        ready_for(cart, restaurant, wanted, NO_LOAD, now, timedelta())
    return replace(said, fulfilment=wanted)


def with_way(wishes: Wishes, kind: FulfilmentKind, where: tuple[str, str], restaurant: Restaurant | None) -> Wishes:
    """Pickup, or delivery to an address; the time stays as it was. Raises NotDelivered where nobody delivers."""
    said = wishes.fulfilment
    if kind == "pickup":
        return replace(wishes, fulfilment=Fulfilment(kind, said.requested_at))
    if restaurant is not None:
        terms_of(restaurant)
    street, zip_code = (part.strip() for part in where)
    wanted = Fulfilment(kind, said.requested_at, street or said.street, zip_code or said.zip_code)
    return replace(wishes, fulfilment=wanted)


def refuse_unless_deliverable(fulfilment: Fulfilment, restaurant: Restaurant | None) -> None:
    """Raises NotDelivered, also to ask for what is missing; the zone is checked once there is a restaurant."""
    if restaurant is not None:
        refuse_unless_delivered(fulfilment, restaurant)
    elif fulfilment.kind == "delivery":
        refuse_unless_complete(fulfilment)


def with_coupon(wishes: Wishes, code: str, restaurant: Restaurant | None, now: datetime) -> Wishes:
    """Raises CouponRefused, EmptyCart where nobody knows yet whose coupon it is."""
    if restaurant is None:
        raise EmptyCart(Sentence.CART_EMPTY.words())
    coupon = coupon_said(code, restaurant.coupons, local_date(now, restaurant.timezone))
    return replace(wishes, coupon=coupon.code)


def coupon_minimum_cents(wishes: Wishes, restaurant: Restaurant | None) -> int:
    coupons = restaurant.coupons if restaurant else ()
    return next((coupon.minimum_cents for coupon in coupons if coupon.code == wishes.coupon), 0)


def with_tip(wishes: Wishes, unit: TipUnit, amount: float) -> Wishes:
    """Raises TipRefused."""
    most = MOST_TIP_PERCENT if unit == "percent" else MOST_TIP_DOLLARS
    if not 0 <= amount <= most:
        raise TipRefused(TermSentence.TIP_TOO_MUCH.words())
    if unit == "percent" and amount != round(amount):
        raise TipRefused(TermSentence.TIP_NOT_WHOLE.words())
    tip = Tip(percent=round(amount)) if unit == "percent" else Tip(amount_cents=round(amount * CENTS_PER_DOLLAR))
    return replace(wishes, tip=tip)


def with_note(wishes: Wishes, kind: NoteKind, text: str) -> Wishes:
    """Several notes of a kind stand one after the other; an empty one drops them. Raises TooMany."""
    if kind == "order":
        return replace(wishes, order_note=_joined(wishes.order_note, text)[:LONGEST_NOTE])
    note = _joined(wishes.allergy_note, text)
    if len(note) > LONGEST_NOTE:
        raise TooMany(TermSentence.ALLERGY_TOO_LONG.words())
    return replace(wishes, allergy_note=note)


def _joined(before: str, text: str) -> str:
    """What says nothing new ("peanut" after "peanuts") is left out."""
    words, known = " ".join(text.split()), {singular(word) for word in plain_words(before)}
    if not words or not {singular(word) for word in plain_words(words)} - known:
        return before if words else ""
    return "; ".join(part for part in (before, words) if part)


def kind_of_note(kind: NoteKind, text: str) -> NoteKind:
    """An allergy is never only a note among others, whatever it was taken for."""
    return "allergy" if ALLERGY.search(text) else kind
