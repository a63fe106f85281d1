"""Opening hours by the restaurant's own clock: past midnight, holidays, and the two odd days of the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.hours import (
    ALWAYS_OPEN,
    DayPart,
    Holiday,
    Hours,
    Opening,
    day_parts_at,
    is_open,
    next_opening,
    stretch_at,
    takes_orders,
)

ORLANDO = "America/New_York"
ZONE = ZoneInfo(ORLANDO)
LUNCH_AND_DINNER = tuple(
    Opening(day, opens, closes)
    for day in range(5)
    for opens, closes in ((time(11), time(14, 30)), (time(17), time(22)))
)
LATE = (Opening(4, time(18), time(2)), Opening(5, time(18), time(2)))
HOURS = Hours(
    week=(*LUNCH_AND_DINNER[:8], Opening(4, time(11), time(14, 30)), *LATE),
    holidays=(Holiday(date(2026, 12, 25)), Holiday(date(2026, 12, 31), ((time(10), time(13)),))),
    last_order_minutes=30,
)
"""Monday to Friday 11:00-14:30, until Thursday 17:00-22:00 too; Friday and Saturday 18:00-02:00."""


def local(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE, fold=fold)


@pytest.mark.parametrize(
    ("at", "opened", "orders"),
    [
        ("2026-11-16T10:59:59", False, False),
        ("2026-11-16T11:00", True, True),
        ("2026-11-16T13:59:59", True, True),
        ("2026-11-16T14:00", True, False),
        ("2026-11-16T14:30", False, False),
        ("2026-11-16T16:00", False, False),
        ("2026-11-16T21:29", True, True),
        ("2026-11-20T23:59", True, True),
        ("2026-11-21T00:00", True, True),
        ("2026-11-21T01:29", True, True),
        ("2026-11-21T01:30", True, False),
        ("2026-11-21T02:00", False, False),
        ("2026-11-22T01:00", True, True),
        ("2026-11-22T12:00", False, False),
        ("2026-12-25T12:00", False, False),
        ("2026-12-31T12:00", True, True),
        ("2026-12-31T12:30", True, False),
        ("2026-12-31T18:00", False, False),
    ],
)
def test_the_week_the_holidays_and_the_last_order_decide(at: str, opened: bool, orders: bool) -> None:
    moment = local(at)

    assert is_open(HOURS, ORLANDO, moment) is opened
    assert takes_orders(HOURS, ORLANDO, moment) is orders


def test_the_night_before_a_holiday_runs_on_past_midnight() -> None:
    closed_on_saturday = Hours(week=LATE, holidays=(Holiday(date(2026, 11, 21)),))

    assert is_open(closed_on_saturday, ORLANDO, local("2026-11-21T01:59"))
    assert not is_open(closed_on_saturday, ORLANDO, local("2026-11-21T02:00"))
    assert not is_open(closed_on_saturday, ORLANDO, local("2026-11-21T19:00"))
    assert not is_open(closed_on_saturday, ORLANDO, local("2026-11-22T01:00"))


def test_a_holidays_own_night_runs_on_into_the_next_day() -> None:
    party = Hours(week=LUNCH_AND_DINNER, holidays=(Holiday(date(2026, 12, 31), ((time(20), time(4)),)),))

    assert is_open(party, ORLANDO, local("2027-01-01T03:59"))
    assert not is_open(party, ORLANDO, local("2027-01-01T04:00"))
    assert is_open(party, ORLANDO, local("2027-01-01T11:00"))


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-11-16T10:00", "2026-11-16T11:00"),
        ("2026-11-16T12:00", "2026-11-16T17:00"),
        ("2026-11-16T15:00", "2026-11-16T17:00"),
        ("2026-11-21T01:00", "2026-11-21T18:00"),
        ("2026-11-22T02:00", "2026-11-23T11:00"),
        ("2026-12-24T22:00", "2026-12-26T18:00"),
        ("2026-12-30T23:00", "2026-12-31T10:00"),
        ("2026-12-31T13:00", "2027-01-01T11:00"),
    ],
)
def test_the_next_opening_is_the_one_a_caller_would_wait_for(at: str, opens: str) -> None:
    found = next_opening(HOURS, ORLANDO, local(at))

    assert found is not None
    assert found.opens == local(opens)


def test_a_place_that_never_opens_has_no_next_opening() -> None:
    today = date(2026, 11, 16)
    shut = Hours(
        week=(Opening(0, time(9), time(17)),), holidays=tuple(Holiday(today + timedelta(n)) for n in range(70))
    )

    assert next_opening(shut, ORLANDO, local("2026-11-16T12:00")) is None


def test_an_hour_that_is_skipped_in_spring_shortens_the_night() -> None:
    nights = Hours(week=(Opening(5, time(22), time(4)),))
    stretch = stretch_at(nights, ORLANDO, local("2026-03-08T01:30"))

    assert stretch is not None
    assert stretch.closes - stretch.opens == timedelta(hours=5)
    assert is_open(nights, ORLANDO, local("2026-03-08T03:59"))
    assert not is_open(nights, ORLANDO, local("2026-03-08T04:00"))


def test_an_hour_that_comes_twice_in_autumn_is_open_twice() -> None:
    nights = Hours(week=(Opening(5, time(22), time(1, 30)),), last_order_minutes=15)

    assert [takes_orders(nights, ORLANDO, local("2026-11-01T01:14", fold=fold)) for fold in (0, 1)] == [True, True]
    assert is_open(nights, ORLANDO, local("2026-11-01T01:29", fold=1))
    assert not takes_orders(nights, ORLANDO, local("2026-11-01T01:15", fold=1))
    assert not is_open(nights, ORLANDO, local("2026-11-01T01:30", fold=1))


def test_opening_in_the_hour_that_does_not_exist_is_after_it() -> None:
    early = Hours(week=(Opening(6, time(2, 30), time(9)),))

    assert not is_open(early, ORLANDO, local("2026-03-08T01:59"))
    assert is_open(early, ORLANDO, local("2026-03-08T03:30"))


def test_closing_in_the_hour_that_does_not_exist_closes_nobody_out_early() -> None:
    late = Hours(week=(Opening(5, time(22), time(2, 30)),))

    assert is_open(late, ORLANDO, local("2026-03-08T03:29"))
    assert not is_open(late, ORLANDO, local("2026-03-08T03:30"))


def test_hours_are_those_of_the_restaurant_and_not_of_utc() -> None:
    six_in_the_evening = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)

    assert is_open(HOURS, ORLANDO, six_in_the_evening)
    assert not is_open(HOURS, "UTC", six_in_the_evening)
    assert not is_open(HOURS, "Asia/Tokyo", six_in_the_evening)


def test_days_that_follow_without_a_gap_have_one_last_order() -> None:
    always = Hours(week=tuple(Opening(day, time(0), time(0)) for day in range(7)), last_order_minutes=30)

    assert all(takes_orders(always, ORLANDO, local(f"2026-11-16T{hour:02}:45")) for hour in range(24))


@pytest.mark.parametrize("at", ["2026-11-16T03:00", "2026-12-25T12:00"])
def test_no_hours_at_all_means_always_open(at: str) -> None:
    assert takes_orders(ALWAYS_OPEN, ORLANDO, local(at))
    assert day_parts_at(ALWAYS_OPEN, ORLANDO, local(at)) == frozenset()


def test_a_holiday_closes_a_place_that_is_otherwise_always_open() -> None:
    hours = Hours(holidays=(Holiday(date(2026, 12, 25)),))

    assert is_open(hours, ORLANDO, local("2026-12-24T23:59"))
    assert not is_open(hours, ORLANDO, local("2026-12-25T00:00"))
    assert is_open(hours, ORLANDO, local("2026-12-26T00:00"))


@pytest.mark.parametrize(
    ("at", "parts"),
    [
        ("06:00", {"breakfast"}), ("10:59", {"breakfast", "brunch"}), ("11:00", {"brunch"}), ("23:00", {"late"}),
        ("00:30", {"late"}), ("02:00", set()),
    ],
)  # fmt: skip
def test_day_parts_are_told_by_the_local_clock(at: str, parts: set[str]) -> None:
    hours = Hours(
        day_parts=(
            DayPart("breakfast", time(6), time(11)),
            DayPart("brunch", time(10), time(14)),
            DayPart("late", time(22), time(2)),
        )
    )

    assert day_parts_at(hours, ORLANDO, local(f"2026-11-16T{at}")) == parts


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_closed_means_that_the_next_opening_is_later_and_open(minutes: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    coming = next_opening(HOURS, ORLANDO, at)

    assert coming is not None
    assert is_open(HOURS, ORLANDO, coming.opens)
    assert coming.opens > at
    assert coming.opens < coming.last_order < coming.closes
