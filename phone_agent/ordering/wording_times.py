"""Times and days as a restaurant's callers say them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from phone_agent.ordering.language import in_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS_OF_A_WEEK = 7


def words_for_time(at: datetime, timezone: str) -> str:
    """ "7:30 PM"."""
    local = at.astimezone(ZoneInfo(timezone))
    half = "{time} AM" if local.hour < 12 else "{time} PM"
    return in_words(half, time=f"{local.hour % 12 or 12}:{local.minute:02}")


def words_for_day(at: datetime, now: datetime, timezone: str) -> str:
    """ "today", "tomorrow", "on Friday", "in 9 days"."""
    zone = ZoneInfo(timezone)
    local = at.astimezone(zone).date()
    days = (local - now.astimezone(zone).date()).days
    if days < 2:
        return in_words(("today", "tomorrow")[max(days, 0)])
    if days < DAYS_OF_A_WEEK:
        return in_words("on {weekday}", weekday=in_words(WEEKDAYS[local.weekday()]))
    return in_words("in {days} days", days=str(days))
