from __future__ import annotations

from dataclasses import replace

from phone_agent.report.model import VERSION, kept, report_of
from tests.report.stories import a_story


def test_what_is_kept_comes_back_as_it_was() -> None:
    report = a_story().report
    assert report is not None

    assert report_of(kept(report)) == report


def test_what_callers_said_to_tools_stands_apart_from_the_rest() -> None:
    report = a_story().report
    assert report is not None
    row = kept(report)

    assert "Caesar" not in row.body
    assert "Caesar" in row.tools
    assert report_of(replace(row, tools="[]")) == replace(report, tools=())


def test_a_report_of_a_newer_program_is_not_guessed_at() -> None:
    report = a_story().report
    assert report is not None

    assert report_of(replace(kept(report), version=VERSION + 1)) is None
