"""What a caller may want beside dishes, as values."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.ordering.clock import Day
from phone_agent.ordering.wishes import FulfilmentKind
from phone_agent.ordering.wishing import TipUnit


@dataclass(frozen=True)
class HandOver:
    """Pickup or delivery, and when; what is empty was not said."""

    kind: FulfilmentKind | None = None
    day: Day = ""
    time: str = ""
    street: str = ""
    zip_code: str = ""


@dataclass(frozen=True)
class UseCoupon:
    code: str
    """Empty: a coupon was spoken of, and no code said."""


@dataclass(frozen=True)
class GiveTip:
    unit: TipUnit
    amount: float | None
    """None: a tip was spoken of, and no amount said."""


@dataclass(frozen=True)
class TellKitchen:
    words: str
    """The caller's own; empty where none were heard."""


@dataclass(frozen=True)
class TellAllergy:
    """What somebody who eats is allergic to; empty where that was not said."""

    words: str


@dataclass(frozen=True)
class DropAllergy:
    """What was told of an allergy is taken back; empty: all of it."""

    words: str


@dataclass(frozen=True)
class AskHours:
    restaurant: str | None = None
    """Slug; None: the one that is talked about."""


@dataclass(frozen=True)
class AskAddress:
    restaurant: str | None = None


@dataclass(frozen=True)
class RingWhenReady:
    """ "Call me when it's ready"."""


@dataclass(frozen=True)
class DoNotRing:
    """ "Don't call me"."""


AboutKitchen = TellKitchen | TellAllergy | DropAllergy
AboutTerms = HandOver | UseCoupon | GiveTip | AboutKitchen | AskHours | AskAddress | RingWhenReady | DoNotRing
