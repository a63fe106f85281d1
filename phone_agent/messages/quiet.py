"""Quiet hours, in the restaurant's time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from phone_agent.setting_groups.messages import quiet_times

HOME_TIMEZONE = "America/New_York"


def zone_of(name: str | None) -> ZoneInfo:
    """Other programs may write a time zone that is none: then that of most callers."""
    try:
        return ZoneInfo(name or HOME_TIMEZONE)
    except (ValueError, LookupError, OSError):
        return ZoneInfo(HOME_TIMEZONE)


def quiet_until(now: datetime, hours: str, timezone: str | None) -> datetime | None:
    """None: it is not quiet now."""
    begins, ends = quiet_times(hours)
    local = now.astimezone(zone_of(timezone))
    if not _is_within(local.time(), begins, ends):
        return None
    end = local.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    # A day has not always 24 hours: the next day's time of day is meant.
    return (end if local.time() < ends else end + timedelta(days=1)).astimezone(now.tzinfo)


def _is_within(at: time, begins: time, ends: time) -> bool:
    if begins <= ends:
        return begins <= at < ends
    return at >= begins or at < ends
