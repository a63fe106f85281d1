"""The states of an order, and which may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from phone_agent.ordering.errors import IllegalChange
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.wishes import FulfilmentKind

Status = Literal[
    "pending", "confirmed", "preparing", "ready", "picked_up", "out_for_delivery", "delivered", "cancelled"
]
STATUSES: tuple[Status, ...] = get_args(Status)
COOKING: tuple[Status, ...] = ("confirmed", "preparing")
"""What the kitchen still has before it."""
FROM_OTHER_CHANNELS = "placed"
"""What a channel writes that knows no states."""
_PICKUP: Mapping[Status, Status] = {
    "pending": "confirmed",
    "confirmed": "preparing",
    "preparing": "ready",
    "ready": "picked_up",
}
_DELIVERY: Mapping[Status, Status] = {**_PICKUP, "ready": "out_for_delivery", "out_for_delivery": "delivered"}
NEXT: Mapping[FulfilmentKind, Mapping[Status, Status]] = {"pickup": _PICKUP, "delivery": _DELIVERY}
HANDED_OVER: tuple[Status, ...] = tuple(state for state in STATUSES if state not in _DELIVERY)
"""The kitchen needs nothing of such an order any more."""
LONGEST_ON_ITS_WAY = timedelta(hours=12)
"""An order so long past its time is handed over, whatever the kitchen has said."""


@dataclass(frozen=True)
class OrderEvent:
    at: datetime
    intent: str
    """ "order_placed" or "order_status"."""
    status: str
    who: str
    notes: str = ""


def next_status(status: Status, kind: FulfilmentKind) -> Status:
    """Raises IllegalChange where the order has come to its end."""
    following = NEXT[kind].get(status)
    if following is None:
        raise IllegalChange(TermSentence.STATUS_IS_LAST.words(status=words_for_status(status)))
    return following


def refuse_unless_legal(
    status: Status, following: Status, kind: FulfilmentKind, *, only_from: Status | None = None
) -> None:
    """One step on, or cancelled as long as it is not handed over. Raises IllegalChange.

    `only_from`: the only state that this one may come from.
    """
    is_next = NEXT[kind].get(status) == following
    is_cancelled_in_time = following == "cancelled" and status in NEXT[kind]
    if only_from not in (None, status) or not (is_next or is_cancelled_in_time):
        names = {"status": words_for_status(status), "next_status": words_for_status(following)}
        raise IllegalChange(TermSentence.STATUS_CHANGE_REFUSED.words(**names))


def status_of(text: str) -> Status:
    """As it stands in the store; what another channel placed is confirmed."""
    return next((status for status in STATUSES if status == text), "confirmed")


def words_for_status(status: Status) -> str:
    return status.replace("_", " ")
