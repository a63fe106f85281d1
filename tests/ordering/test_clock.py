"""Times as callers and models say them, by the restaurant's clock."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from phone_agent.ordering.clock import Day, moment_said
from phone_agent.ordering.errors import TimeNotPossible
from phone_agent.ordering.hours import ALWAYS_OPEN, Hours, Opening

ORLANDO = "America/New_York"
DINNER = Hours(week=tuple(Opening(day, time(16), time(22)) for day in range(7)))
FRIDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo(ORLANDO))


def said(words: str, day: Day = "", hours: Hours = DINNER) -> str | None:
    moment = moment_said(day, words, hours, ORLANDO, FRIDAY_NOON)
    return moment.astimezone(ZoneInfo(ORLANDO)).strftime("%a %H:%M") if moment else None


@pytest.mark.parametrize("words", ["", "now", "ASAP", "as soon as possible", "right away"])
def test_no_time_means_as_soon_as_possible(words: str) -> None:
    assert said(words) is None


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("7:30 PM", "Fri 19:30"),
        ("7:30 p.m.", "Fri 19:30"),
        ("19:30", "Fri 19:30"),
        ("1930", "Fri 19:30"),
        ("7pm", "Fri 19:00"),
        ("7 P M", "Fri 19:00"),
        ("seven thirty", "Fri 19:30"),
        ("seven thirty five p m", "Fri 19:35"),
        ("seven oh five in the evening", "Fri 19:05"),
        ("at seven o'clock", "Fri 19:00"),
        ("half past six", "Fri 18:30"),
        ("quarter to eight", "Fri 19:45"),
        ("a quarter to eight", "Fri 19:45"),
        ("ten to one pm", "Fri 12:50"),
        ("ten past five", "Fri 17:10"),
        ("quarter past five", "Fri 17:15"),
        ("in two and a half hours", "Fri 14:30"),
        ("one and a half hours", "Fri 13:30"),
        ("an hour and a half", "Fri 13:30"),
        ("an hour and ten minutes", "Fri 13:10"),
        ("in three quarters of an hour", "Fri 12:45"),
        ("in a couple of hours", "Fri 14:00"),
        ("quarter past noon", "Fri 12:15"),
        ("quarter to midnight", "Fri 23:45"),
        ("ten to noon", "Sat 11:50"),
        ("12 noon", "Sat 12:00"),
        ("noon", "Sat 12:00"),
        ("midnight", "Sat 00:00"),
        ("9 am", "Sat 09:00"),
        ("eight in the morning", "Sat 08:00"),
        ("in 45 minutes", "Fri 12:45"),
        ("in forty five minutes", "Fri 12:45"),
        ("in half an hour", "Fri 12:30"),
        ("in an hour", "Fri 13:00"),
        ("in an hour and a half", "Fri 13:30"),
        ("in two hours", "Fri 14:00"),
        ("tonight at eight", "Fri 20:00"),
    ],
)
def test_a_time_is_understood_however_it_is_said(words: str, moment: str) -> None:
    assert said(words) == moment


@pytest.mark.parametrize(
    ("day", "words", "moment"),
    [
        ("today", "5", "Fri 17:00"),
        ("tomorrow", "5", "Sat 17:00"),
        ("sunday", "6:15 PM", "Sun 18:15"),
        ("friday", "6 PM", "Fri 18:00"),
        ("friday", "11 AM", "Fri 11:00"),
        ("thursday", "noon", "Thu 12:00"),
    ],
)
def test_a_day_is_the_next_of_its_name(day: Day, words: str, moment: str) -> None:
    assert said(words, day) == moment


def test_friday_morning_said_on_friday_noon_is_in_a_week() -> None:
    moment = moment_said("friday", "11 AM", DINNER, ORLANDO, FRIDAY_NOON)

    assert moment is not None
    assert (moment - FRIDAY_NOON).days == 6


def test_without_am_or_pm_the_opening_hours_decide() -> None:
    breakfast = Hours(week=tuple(Opening(day, time(6), time(11)) for day in range(7)))

    assert said("seven", hours=breakfast) == "Sat 07:00"
    assert said("seven", hours=DINNER) == "Fri 19:00"
    assert said("seven", hours=ALWAYS_OPEN) == "Fri 19:00"


@pytest.mark.parametrize("words", ["whenever", "25:00", "7:75", "seven eight nine", "the blue one", "in 1.5 hours"])
def test_what_is_no_time_is_asked_again(words: str) -> None:
    with pytest.raises(TimeNotPossible, match="What time"):
        said(words)


def test_a_day_without_a_time_is_asked_for_the_time() -> None:
    with pytest.raises(TimeNotPossible, match="What time would you like it"):
        said("", "tomorrow")


def test_a_span_of_another_day_is_asked_again() -> None:
    with pytest.raises(TimeNotPossible, match="What time would you like it"):
        said("in 30 minutes", "tomorrow")


def test_a_time_that_has_passed_today_says_so() -> None:
    with pytest.raises(TimeNotPossible, match="has passed"):
        said("9 AM", "today")
