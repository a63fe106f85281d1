"""Hours, delivery, capacity, coupons and prices by size as JSON in one column each."""

from __future__ import annotations

import json
import re
from datetime import time
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from phone_agent.ordering.hours import Hours, Opening
from phone_agent.ordering.terms import Capacity, Coupon, DeliveryTerms
from phone_agent.store.columns import to_cents, to_dollars

Terms = TypeVar("Terms")
HOURS = TypeAdapter(Hours)
DELIVERY = TypeAdapter(DeliveryTerms | None)
CAPACITY = TypeAdapter(Capacity | None)
COUPONS = TypeAdapter(tuple[Coupon, ...])
Translations = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
CLOSING = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?::\d\d)?\s*(?:(?P<half>[ap])\.?m\.?)?", re.IGNORECASE)
MORNING = time(5)
"""When a restaurant opens of which only its closing is known; one that closes before then does so on the next day."""


def to_json(adapter: TypeAdapter[Terms], terms: Terms) -> str | None:
    return None if terms is None else adapter.dump_json(terms).decode()


def from_json(adapter: TypeAdapter[Terms], text: str | None) -> Terms:
    return adapter.validate_json(text or "null")


def hours_of(text: str, closes_at: str | None) -> Hours:
    """What other channels know is when it closes: that counts where no import of ours has written any hours."""
    closes = closing_time(closes_at or "") if text == "{}" else None
    if closes is None:
        return from_json(HOURS, text)
    return Hours(tuple(Opening(weekday, MORNING, closes) for weekday in range(7)))


def closing_time(text: str) -> time | None:
    """ "22:00", "10 PM" or "10:30pm"."""
    found = CLOSING.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None


def to_translations(translations: Translations) -> str:
    return json.dumps({code: dict(names) for code, names in translations}, ensure_ascii=False)


def from_translations(text: str) -> Translations:
    languages: dict[str, dict[str, str]] = json.loads(text)
    return tuple((code, tuple(sorted(names.items()))) for code, names in sorted(languages.items()))


def to_prices(prices: tuple[tuple[str, int], ...]) -> str:
    return json.dumps({size: to_dollars(cents) for size, cents in prices})


@lru_cache(maxsize=4096)
def from_prices(text: str) -> tuple[tuple[str, int], ...]:
    prices: dict[str, Any] = json.loads(text)
    return tuple((size, to_cents(str(dollars))) for size, dollars in sorted(prices.items()))
