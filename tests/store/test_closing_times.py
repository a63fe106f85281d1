"""What other channels write about opening hours: a closing time, as people write it."""

from __future__ import annotations

from datetime import time

import pytest

from phone_agent.store.menu_terms import closing_time, hours_of


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("22:00", time(22)), ("22:30:00", time(22, 30)), ("10 PM", time(22)), ("10:30pm", time(22, 30)),
        ("12 a.m.", time(0)), ("24:00", time(0)), ("2 AM", time(2)), ("", None), ("late", None), ("25:00", None),
        ("10:75", None),
    ],
)  # fmt: skip
def test_a_closing_time_is_read_as_people_write_it(text: str, closes: time | None) -> None:
    assert closing_time(text) == closes


def test_a_closing_time_counts_on_every_day_where_there_are_no_hours() -> None:
    hours = hours_of("{}", "2 AM")

    assert {(opening.weekday, opening.closes) for opening in hours.week} == {(day, time(2)) for day in range(7)}


def test_hours_of_an_import_count_more_than_a_closing_time() -> None:
    assert hours_of('{"week": []}', "22:00").week == ()
    assert hours_of("{}", None).week == ()
