"""What the store keeps beside menus, carts and orders: profiles and call records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import uuid4

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.readiness import KitchenLoad
from phone_agent.ordering.wishes import Wishes

Channel = Literal["phone", "page", "console"]
Outcome = Literal["ordered", "abandoned", "failed"]
Speaker = Literal["caller", "agent", "keypad"]
Sentiment = Literal["positive", "neutral", "negative"]


@dataclass(frozen=True)
class Message:
    """For the restaurant, of a caller who could not be put through."""

    id: str
    call_id: str
    restaurant_id: str | None
    caller_number: str | None
    name: str
    words: str
    """Empty: they want to be called back."""
    taken_at: datetime


@dataclass(frozen=True)
class Profile:
    id: str
    household_name: str | None = None
    """None: a guest."""
    phone: str | None = None
    """E.164."""
    city: str | None = None
    state: str | None = None
    zip_code: str | None = None
    favorite_cuisines: tuple[str, ...] = ()
    dietary_tags: tuple[str, ...] = ()

    @property
    def is_guest(self) -> bool:
        return self.household_name is None


@dataclass(frozen=True)
class CallRecord:
    id: str
    room: str
    channel: Channel
    profile_id: str
    caller_number: str | None
    """E.164, None where withheld or malformed."""
    dialled_number: str | None
    started_at: datetime
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    """None while the call runs."""
    reason: str | None = None


@dataclass(frozen=True)
class RunningCall:
    """A call whose record is not closed."""

    id: str
    room: str
    seen_at: datetime
    """Its last sign of life."""


@dataclass(frozen=True)
class LostCart:
    """A cart whose call broke off, as it is offered to the next call from that number."""

    cart: Cart
    wishes: Wishes
    """Of the earlier call."""


@dataclass(frozen=True)
class FrozenCart:
    """A cart at checkout with what else its quote is made from, all of one moment."""

    cart: Cart
    versions: Mapping[str, int]
    """Of its dishes and of its restaurant, by id."""
    load: KitchenLoad


@dataclass(frozen=True)
class TranscriptLine:
    at: datetime
    speaker: Speaker
    text: str
    """Words, or the digit pressed."""
    id: str = field(default_factory=lambda: str(uuid4()), compare=False)
    """Of the line and not of a request, so that a line that is sent again is not kept twice."""


@dataclass(frozen=True)
class KeptReport:
    """What became of a call, as JSON; `report/model.py` reads it."""

    version: int
    body: str
    """Times, usage and cost: nothing personal."""
    tools: str
    """What the model called, with arguments and results; goes when the words go."""


@dataclass(frozen=True)
class Feedback:
    """What a caller told the restaurant: praise, or a problem with an order."""

    profile_id: str
    sentiment: Sentiment
    notes: str
    at: datetime
    order_id: str | None = None
    """None: of no order."""
    id: str = field(default_factory=lambda: str(uuid4()), compare=False)


@dataclass(frozen=True)
class MenuImport:
    """A menu file as it was imported: the history of the menu."""

    id: str
    imported_at: datetime
    checksum: str
    """SHA-256 of the text."""
    source: str
    """The file's name."""
    text: str


@dataclass(frozen=True)
class PinTry:
    """One of the tries that a number has in a day, counted already."""

    pin_hash: str | None
    """None: the number has no PIN."""
    is_allowed: bool
