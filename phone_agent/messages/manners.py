"""Whether a text may go out now: never unwanted, in quiet hours only as an answer, and not when it is too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from phonenumbers import PhoneNumberType

from phone_agent.messages.quiet import quiet_until
from phone_agent.store.outbox import Matter, Outgoing, Settled


@dataclass(frozen=True)
class Manners:
    answers_for: timedelta
    """So long after what it tells of, the caller expects it at any hour."""
    lasts: timedelta
    """Later than that nobody is helped by it."""


RECEIPT = Manners(timedelta(minutes=15), timedelta(hours=12))
READY = Manners(timedelta(minutes=30), timedelta(hours=1))
CANCELLED = Manners(timedelta(minutes=30), timedelta(hours=12))
CALL_BACK = Manners(timedelta(0), timedelta(minutes=20))


def held_back(message: Outgoing, matter: Matter, now: datetime, quiet_hours: str) -> Settled | None:
    """None: it may go out."""
    reason = _why_never(message, matter)
    manners = manners_of(message)
    age = now - message.created_at
    if reason or age > manners.lasts:
        return Settled("suppressed", reason or "too late")
    quiet = quiet_until(now, quiet_hours, matter.timezone)
    if quiet is None or age < manners.answers_for:
        return None
    if quiet - message.created_at > manners.lasts:
        return Settled("suppressed", "quiet hours")
    return Settled("queued", "quiet hours", due_at=quiet)


def manners_of(message: Outgoing) -> Manners:
    if message.kind == "order_placed":
        return RECEIPT
    if message.kind == "call_back":
        return CALL_BACK
    return CANCELLED if message.status == "cancelled" else READY


def _why_never(message: Outgoing, matter: Matter) -> str:
    if matter.phone is None:
        return "no number"
    if matter.refusal:
        return matter.refusal
    if is_landline(matter.phone):
        return "landline"
    return "" if _is_still_true(message, matter) else "not needed"


def _is_still_true(message: Outgoing, matter: Matter) -> bool:
    order = matter.order
    if message.kind == "call_back":
        return matter.is_waiting
    if order is None:
        return False
    if message.kind == "order_placed":
        return order.status != "cancelled"
    # Who has it delivered is told when it is on its way.
    is_fetched_by_other = message.status == "ready" and order.fulfilment.kind == "delivery"
    return order.status == message.status and not is_fetched_by_other


def is_landline(phone: str) -> bool:
    """Where its number tells; in North America it does not, and Twilio says so later."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone))
    return kind in (PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.PAGER)
