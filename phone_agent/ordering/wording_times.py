"""Times and days as a restaurant's callers say them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS_OF_A_WEEK = 7


def words_for_time(at: datetime, timezone: str) -> str:
    """ "7:30 PM"."""
    local = at.astimezone(ZoneInfo(timezone))
    return f"{local.hour % 12 or 12}:{local.minute:02} {'AM' if local.hour < 12 else 'PM'}"


def words_for_day(at: datetime, now: datetime, timezone: str) -> str:
    """ "today", "tomorrow", "on Friday", "in 9 days"."""
    zone = ZoneInfo(timezone)
    local = at.astimezone(zone).date()
    days = (local - now.astimezone(zone).date()).days
    if days < 2:
        return ("today", "tomorrow")[max(days, 0)]
    return f"on {WEEKDAYS[local.weekday()]}" if days < DAYS_OF_A_WEEK else f"in {days} days"
