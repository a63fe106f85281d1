"""A wish that a caller has spoken, checked against the restaurant and put to the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from phone_agent.ordering.coupons import coupon_said
from phone_agent.ordering.errors import TipRefused
from phone_agent.ordering.hours import local_date
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.wishes import Fulfilment, FulfilmentKind, NoteKind, Tip, Wishes

MOST_TIP_PERCENT = 100
MOST_TIP_CENTS = 50_000
LONGEST_NOTE = 500


def with_handover(
    wishes: Wishes, kind: FulfilmentKind, requested_at: datetime | None, street: str, zip_code: str
) -> Wishes:
    """What is empty of the address stays as it was said before; a pickup has none."""
    if kind == "pickup":
        return replace(wishes, fulfilment=Fulfilment("pickup", requested_at))
    said = wishes.fulfilment
    place = street.strip() or said.street, zip_code.strip() or said.zip_code
    return replace(wishes, fulfilment=Fulfilment("delivery", requested_at, *place))


def with_coupon(wishes: Wishes, code: str, restaurant: Restaurant, now: datetime) -> Wishes:
    """Raises CouponRefused."""
    coupon = coupon_said(code, restaurant.coupons, local_date(now, restaurant.timezone))
    return replace(wishes, coupon=coupon.code)


def with_tip(wishes: Wishes, *, percent: int, amount_cents: int) -> Wishes:
    """Raises TipRefused."""
    is_sane = 0 <= percent <= MOST_TIP_PERCENT and 0 <= amount_cents <= MOST_TIP_CENTS
    if not is_sane or (percent and amount_cents):
        raise TipRefused(Sentence.TIP_TOO_MUCH.words())
    return replace(wishes, tip=Tip(percent, amount_cents))


def with_note(wishes: Wishes, kind: NoteKind, text: str) -> Wishes:
    """Several notes of a kind stand one after the other; an empty one drops them."""
    before = wishes.allergy_note if kind == "allergy" else wishes.order_note
    words = " ".join(text.split())
    said = [part for part in (before, words) if part]
    note = "; ".join(dict.fromkeys(said))[:LONGEST_NOTE] if words else ""
    return replace(wishes, allergy_note=note) if kind == "allergy" else replace(wishes, order_note=note)
