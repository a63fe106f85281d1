"""When callers may be rung: where there is a way out, and not in quiet hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from phone_agent.messages.quiet import quiet_until
from phone_agent.settings import Settings


def reach(settings: Settings) -> Callable[[datetime, str | None], bool]:
    """Of a moment at a place with that time zone."""

    def may_ring(at: datetime, timezone: str | None) -> bool:
        has_way_out = settings.outbound_address is not None
        return has_way_out and quiet_until(at, settings.quiet_hours, timezone) is None

    return may_ring
