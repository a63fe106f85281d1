"""What the store keeps beside menus, carts and orders: profiles and call records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Channel = Literal["phone", "page", "console"]
Outcome = Literal["ordered", "abandoned", "failed"]
Speaker = Literal["caller", "agent", "keypad"]


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
class TranscriptLine:
    at: datetime
    speaker: Speaker
    text: str
    """Words, or the digit pressed."""


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
