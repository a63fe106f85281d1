"""What a caller wants beside dishes: how and when the order is handed over, a tip, a coupon, notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FulfilmentKind = Literal["pickup", "delivery"]
PaymentMethod = Literal["at_pickup", "on_delivery"]
NoteKind = Literal["order", "allergy"]


@dataclass(frozen=True)
class Fulfilment:
    kind: FulfilmentKind = "pickup"
    requested_at: datetime | None = None
    """When the caller wants to have it; None: as soon as possible."""
    street: str = ""
    """As said in this call; only a delivery has one."""
    zip_code: str = ""

    @property
    def payment_method(self) -> PaymentMethod:
        return "on_delivery" if self.kind == "delivery" else "at_pickup"

    @property
    def address(self) -> str:
        """As it is read back."""
        return f"{self.street}, zip code {self.zip_code}"


@dataclass(frozen=True)
class Tip:
    """Percent of the subtotal, or an amount."""

    percent: int = 0
    amount_cents: int = 0


PICKUP = Fulfilment()
NO_TIP = Tip()


@dataclass(frozen=True)
class Wishes:
    fulfilment: Fulfilment = PICKUP
    tip: Tip = NO_TIP
    coupon: str = ""
    """The code, as the restaurant writes it."""
    order_note: str = ""
    allergy_note: str = ""
    ready_call: str = ""
    """The language (its code) in which the caller is to be rung when the order is ready; empty: not at all."""


NO_WISHES = Wishes()
