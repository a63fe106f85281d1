"""Opening hours of a restaurant in its own time zone: a week, holidays, day parts and the last order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Opening:
    """One stretch of a weekday; closing at or before opening means the next day ("18:00" to "02:00")."""

    weekday: int
    """0 is Monday."""
    opens: time
    closes: time


@dataclass(frozen=True)
class Holiday:
    """A date with hours of its own; none: closed."""

    on: date
    openings: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True)
class DayPart:
    """ "breakfast", from 06:00 to 11:00: some dishes are sold only then."""

    name: str
    begins: time
    ends: time


@dataclass(frozen=True)
class Hours:
    week: tuple[Opening, ...] = ()
    """Empty: always open."""
    holidays: tuple[Holiday, ...] = ()
    day_parts: tuple[DayPart, ...] = ()
    last_order_minutes: int = 0
    """The kitchen takes its last order so many minutes before closing."""


ALWAYS_OPEN = Hours()
