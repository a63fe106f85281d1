"""What staff can do about callers, on a store of their own; and purging by hand and by the worker."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from phone_agent.callers.pin import is_right
from phone_agent.chores.privacy import DailyPurge, purge_recordings
from phone_agent.cli import app
from phone_agent.commands.callers import CallerError
from phone_agent.ordering.hours import local_date
from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from phone_agent.store.protocol import Store
from phone_agent.store.records import Feedback, TranscriptLine
from phone_agent.store.seed import DEMO_PHONE
from tests.builders import NOON, a_call

MENU = Path(__file__).parents[2] / "menus" / "food_court.json"
LONG_AGO = NOON - timedelta(days=3650)
T = TypeVar("T")


@pytest.fixture
def env(tmp_path: Path, prepared: Path) -> dict[str, str]:
    database = shutil.copy(prepared, tmp_path / "orders.sqlite3")
    return {"PHONE_AGENT_DATABASE": str(database), "PHONE_AGENT_MENU": str(MENU), "COLUMNS": "200"}


def run(env: dict[str, str], *words: str, typed: str = "") -> Result:
    return CliRunner(env=env).invoke(app, list(words), input=typed, catch_exceptions=False)


def in_store(env: dict[str, str], work: Callable[[Store], Awaitable[T]]) -> T:
    async def with_store() -> T:
        store = await open_store(Settings.from_env(env))
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(with_store())


def pin_hash(env: dict[str, str]) -> str | None:
    return in_store(env, lambda store: store.take_pin_try(DEMO_PHONE, "2026-11-20", 3, try_id="1")).pin_hash


def test_a_pin_is_typed_twice_and_not_shown(env: dict[str, str]) -> None:
    output = run(env, "callers", "pin", "407-555-0142", typed="2468\n2468\n").output

    kept = pin_hash(env)
    assert kept is not None
    assert is_right("2468", kept)
    assert "2468" not in output


def test_a_pin_that_is_made_up_is_shown_once(env: dict[str, str]) -> None:
    shown = re.search(r"The PIN is (\d{4})", run(env, "callers", "pin", DEMO_PHONE, "--generate").output)

    kept = pin_hash(env)
    assert shown is not None
    assert kept is not None
    assert is_right(shown[1], kept)


def test_a_pin_is_removed(env: dict[str, str]) -> None:
    run(env, "callers", "pin", DEMO_PHONE, "--generate")
    run(env, "callers", "pin", DEMO_PHONE, "--remove")

    assert pin_hash(env) is None


def test_a_caller_is_forgotten_once(env: dict[str, str]) -> None:
    first, second = (run(env, "callers", "forget", DEMO_PHONE, "--yes").output for _ in range(2))

    assert "Forgotten" in first
    assert "Nothing is kept" in second


def test_forgetting_asks_first(env: dict[str, str]) -> None:
    refused = run(env, "callers", "forget", DEMO_PHONE, typed="n\n")
    done = run(env, "callers", "forget", DEMO_PHONE, typed="y\n")

    assert refused.exit_code == 1
    assert DEMO_PHONE in refused.output
    assert "Forgotten" in done.output


@pytest.mark.parametrize("words", ["hello", "5550142", "555-0142"])
def test_what_is_no_number_is_refused(env: dict[str, str], words: str) -> None:
    with pytest.raises(CallerError, match="no telephone number"):
        run(env, "callers", "forget", words)


def is_allowed(env: dict[str, str], day: str, try_id: str) -> bool:
    return in_store(env, lambda store: store.take_pin_try(DEMO_PHONE, day, 3, try_id=try_id)).is_allowed


def test_a_new_pin_gives_the_tries_of_the_day_back(env: dict[str, str]) -> None:
    run(env, "callers", "pin", DEMO_PHONE, "--generate")
    today = local_date(datetime.now(UTC), "America/New_York").isoformat()
    used = [is_allowed(env, today, try_id) for try_id in ("1", "2", "3", "4")]
    run(env, "callers", "pin", DEMO_PHONE, "--generate")

    assert used == [True, True, True, False]
    assert is_allowed(env, today, "5")


def test_making_a_pin_up_and_removing_it_at_once_is_refused(env: dict[str, str]) -> None:
    with pytest.raises(CallerError, match="exclude each other"):
        run(env, "callers", "pin", DEMO_PHONE, "--generate", "--remove")


async def said_long_ago(store: Store) -> str:
    call = replace(await a_call(store), id=str(uuid4()), started_at=LONG_AGO)
    await store.open_call(call)
    await store.add_transcript(call.id, [TranscriptLine(LONG_AGO, "caller", "hello")])
    return call.id


def test_purge_deletes_what_is_older_than_the_setting(env: dict[str, str]) -> None:
    call_id = in_store(env, said_long_ago)
    kept = run(env | {"PHONE_AGENT_KEEP_DAYS": "36500"}, "purge").output
    gone = run(env, "purge").output

    assert kept.startswith("0 lines")
    assert gone.startswith("1 lines of transcripts and 0 recordings older than 30 days")
    assert not in_store(env, lambda store: store.load_transcript(call_id))


def test_purge_deletes_recordings_as_it_deletes_words(tmp_path: Path) -> None:
    old, new = tmp_path / "call.wav", tmp_path / "today.wav"
    for recording in (old, new):
        recording.write_bytes(b"sound")
    os.utime(old, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))

    assert purge_recordings(tmp_path, datetime.now(UTC), 30) == 1
    assert (old.exists(), new.exists()) == (False, True)


async def test_a_worker_purges_by_itself(env: dict[str, str]) -> None:
    settings = Settings.from_env(env)
    store = await open_store(settings)
    call_id = await said_long_ago(store)
    purging = DailyPurge(settings, every_s=0.05, clock=lambda: LONG_AGO + timedelta(days=31))
    purging.watch()
    for _ in range(100):
        if not await store.load_transcript(call_id):
            break
        await asyncio.sleep(0.05)
    await purging.stop()

    assert not await store.load_transcript(call_id)
    await store.close()


def test_what_callers_told_is_listed_newest_first(env: dict[str, str]) -> None:
    before = run(env, "callers", "feedback").output

    async def tell(store: Store) -> None:
        record = await a_call(store)
        await store.save_feedback(Feedback(record.profile_id, "negative", "cold [bold]salmon[/bold]", NOON))
        await store.save_feedback(Feedback(record.profile_id, "positive", "", NOON + timedelta(minutes=5)))

    in_store(env, tell)
    lines = [line for line in run(env, "callers", "feedback").output.splitlines() if "UTC" in line]

    assert "Nobody has told anything yet." in before
    assert ["positive" in lines[0], "(no words)" in lines[0]] == [True, True]
    assert "cold [bold]salmon[/bold]" in lines[1]
