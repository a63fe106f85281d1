"""`phone-agent calls`, on a store of its own."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner, Result

from phone_agent.cli import app
from phone_agent.commands.calls import PageError
from phone_agent.report.find import CallNotFound
from phone_agent.report.model import kept
from phone_agent.settings import DEMO_PROFILE_ID, Settings
from phone_agent.store.open import open_store
from phone_agent.store.protocol import Store
from phone_agent.store.records import KeptReport
from tests.builders import NOON
from tests.report.stories import ORDERED, a_story

MENU = Path(__file__).parents[2] / "menus" / "food_court.json"
OTHER_ID = "243fffff-b2e6-4e0d-a5fe-65cbd12a6d84"
T = TypeVar("T")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3"), "PHONE_AGENT_MENU": str(MENU), "COLUMNS": "200"}


def run(env: dict[str, str], *words: str) -> Result:
    return CliRunner(env=env).invoke(app, ["calls", *words], catch_exceptions=False)


def in_store(env: dict[str, str], work: Callable[[Store], Awaitable[T]]) -> T:
    async def with_store() -> T:
        store = await open_store(Settings.from_env(env))
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(with_store())


@pytest.fixture
def calls(env: dict[str, str]) -> None:
    """One that ended with an order, and a later one that still runs."""
    story = a_story([("a caesar salad [bold]now", "Added 1 Caesar Salad."), ("check out", "That is $9.57.")])
    assert story.report is not None
    report = kept(story.report)

    async def fill(store: Store) -> None:
        record = replace(story.record, profile_id=str(DEMO_PROFILE_ID), ended_at=None, outcome=None, reason=None)
        await store.open_call(record)
        await store.open_call(replace(record, id=OTHER_ID, started_at=NOON + timedelta(hours=1), caller_number=None))
        await store.add_transcript(record.id, story.lines)
        await store.close_call(record.id, outcome="ordered", reason="hang-up", now=NOON + timedelta(seconds=26))
        await store.save_report(record.id, report)

    in_store(env, fill)


@pytest.mark.usefixtures("calls")
def test_the_list_is_newest_first_and_says_what_came_of_each(env: dict[str, str]) -> None:
    rows = [line for line in run(env, "list").output.splitlines() if "243" in line]

    assert "still running" in rows[0]
    assert "withheld" in rows[0]
    for said in ("2026-11-20 17:00", "••••••••0142", "ordered (hang-up)", "#001 Harbor House, $9.57"):
        assert said in rows[1]
    assert [cell.strip() for cell in rows[1].split("│")][7:9] == ["2", "$0.0477 and telephone line (no price)"]


@pytest.mark.usefixtures("calls")
def test_one_call_is_shown_with_words_tools_times_and_cost(env: dict[str, str]) -> None:
    shown = run(env, "show", ORDERED.id[:6]).output

    for said in (
        ORDERED.id, "ordered (hang-up) after 0:26", "a caesar salad [bold]now", "quick_add_to_cart", "order placed",
        "llm failed", "end of turn", "2 answers", "90.0 s of sound", "1.5 times $0.0048 per audio minute",
        "Cost $0.0477 and telephone line (no price)",
    ):  # fmt: skip
        assert said in shown
    assert "+14075550142" not in shown


@pytest.mark.usefixtures("calls")
def test_the_report_for_programs_has_everything_and_a_masked_number(env: dict[str, str]) -> None:
    told = json.loads(run(env, "show", ORDERED.id, "--json").output)

    assert (told["version"], told["outcome"], told["caller_number"]) == (1, "ordered", "••••••••0142")
    assert [line["speaker"] for line in told["transcript"]] == ["caller", "agent", "caller", "agent", "keypad"]
    assert told["report"]["tools"][0]["name"] == "quick_add_to_cart"
    assert told["report"]["utterances"][0]["line_id"] == told["transcript"][0]["id"]
    assert told["cost_usd"] == "0.0477"


@pytest.mark.usefixtures("calls")
def test_the_page_is_written_for_its_owner_only(env: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "call.html"
    said = run(env, "show", ORDERED.id[:6], "--html", str(page)).output

    assert str(page) in said
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert os.stat(page).st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("calls")
@pytest.mark.parametrize(("beginning", "said"), [("243f", "2 calls have"), ("9", "None of the newest"), ("", "None")])
def test_a_beginning_that_is_not_one_call_is_refused(env: dict[str, str], beginning: str, said: str) -> None:
    with pytest.raises(CallNotFound, match=said):
        run(env, "show", beginning)


@pytest.mark.usefixtures("calls")
def test_a_page_that_cannot_be_written_is_one_sentence(env: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(PageError, match="cannot be written"):
        run(env, "show", ORDERED.id[:6], "--html", str(tmp_path / "nowhere" / "call.html"))


@pytest.mark.usefixtures("calls")
def test_a_call_that_has_no_report_says_so(env: dict[str, str]) -> None:
    assert "has no report" in run(env, "show", OTHER_ID[:6]).output


@pytest.mark.usefixtures("calls")
def test_a_report_of_a_newer_program_leaves_the_list_as_it_is(env: dict[str, str]) -> None:
    in_store(env, lambda store: store.save_report(OTHER_ID, KeptReport(99, '{"new": 1}', "[]")))

    assert run(env, "list").exit_code == 0
    assert "has no report" in run(env, "show", OTHER_ID[:6]).output
