"""Opening hours of a restaurant in its own time zone: a week, holidays, day parts and the last order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SEARCHED_DAYS = 60
"""How far ahead an opening is looked for."""


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


@dataclass(frozen=True)
class Stretch:
    """From opening to closing, in UTC."""

    opens: datetime
    closes: datetime
    last_order: datetime
    """Orders are taken before it."""

    def takes_orders_at(self, at: datetime) -> bool:
        return self.opens <= at < self.last_order


def is_open(hours: Hours, timezone: str, at: datetime) -> bool:
    """`at` is aware, here and below."""
    return stretch_at(hours, timezone, at) is not None


def takes_orders(hours: Hours, timezone: str, at: datetime) -> bool:
    """Open, and the last order has not passed."""
    stretch = stretch_at(hours, timezone, at)
    return stretch is not None and stretch.takes_orders_at(at)


def stretch_at(hours: Hours, timezone: str, at: datetime) -> Stretch | None:
    """The opening that `at` falls into; None: closed. Always open: as far as one can look."""
    return next((found for found in _stretches(hours, timezone, at) if found.opens <= at < found.closes), None)


def next_opening(hours: Hours, timezone: str, at: datetime) -> Stretch | None:
    """The first one that begins after `at`; None: not in the next weeks."""
    return next((found for found in _stretches(hours, timezone, at) if found.opens > at), None)


def day_parts_at(hours: Hours, timezone: str, at: datetime) -> frozenset[str]:
    """The names of those that run then; one that ends at or before its beginning ends the next day."""
    clock = at.astimezone(ZoneInfo(timezone)).time()
    return frozenset(part.name for part in hours.day_parts if _is_within(clock, part.begins, part.ends))


def local_date(at: datetime, timezone: str) -> date:
    return at.astimezone(ZoneInfo(timezone)).date()


def _is_within(clock: time, begins: time, ends: time) -> bool:
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends


def _stretches(hours: Hours, timezone: str, at: datetime) -> Iterator[Stretch]:
    """From the one before today on; what follows without a gap is one stretch."""
    last_order = timedelta(minutes=hours.last_order_minutes)
    zone, today = ZoneInfo(timezone), at.astimezone(ZoneInfo(timezone)).date()
    if not hours.week and not hours.holidays:
        forever = at + timedelta(days=SEARCHED_DAYS)
        yield Stretch(at - timedelta(days=1), forever, forever)
        return
    begun: tuple[datetime, datetime] | None = None
    days = (today + timedelta(days=n) for n in range(-1, SEARCHED_DAYS))
    for opens, closes in (opening for day in days for opening in _openings_of(hours, zone, day)):
        if begun is not None and opens <= begun[1]:
            begun = begun[0], max(begun[1], closes)
            continue
        if begun is not None:
            yield Stretch(*begun, begun[1] - last_order)
        begun = opens, closes
    if begun is not None:
        yield Stretch(*begun, begun[1] - last_order)


def _openings_of(hours: Hours, zone: ZoneInfo, day: date) -> list[tuple[datetime, datetime]]:
    holiday = next((holiday for holiday in hours.holidays if holiday.on == day), None)
    if holiday is not None:
        local = holiday.openings
    elif hours.week:
        local = tuple((opening.opens, opening.closes) for opening in hours.week if opening.weekday == day.weekday())
    else:
        local = ((time(0), time(0)),)
    return sorted(_in_utc(zone, day, opens, closes) for opens, closes in local)


def _in_utc(zone: ZoneInfo, day: date, opens: time, closes: time) -> tuple[datetime, datetime]:
    """Where the clock is changed, a time that comes twice or never is the first for opening, the later for closing."""
    closing_day = day if closes > opens else day + timedelta(days=1)
    closings = (datetime.combine(closing_day, closes.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    return datetime.combine(day, opens, zone).astimezone(UTC), max(closings)
