"""A back-up of a store that is in use is whole, and put back it is the store again."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from phone_agent.cli import app
from phone_agent.settings import Settings
from phone_agent.store.backup import BackupError, back_up, restore
from phone_agent.store.in_use import marked_in_use
from phone_agent.store.open import opened_store
from phone_agent.store.sqlite import SqliteStore


async def test_what_was_written_a_moment_ago_is_in_the_back_up(tmp_path: Path, path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    store = await SqliteStore.open(path)
    await store.save_pin("+14075550142", "a hash")
    back_up(path, copy)
    await store.close()
    kept = await SqliteStore.open(copy)
    has_pin, menu = await kept.has_pin("+14075550142"), await kept.load_menu()
    await kept.close()

    assert has_pin
    assert menu.restaurants


async def test_a_store_that_is_put_back_is_as_it_was_also_for_who_has_it_open(tmp_path: Path, path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    store = await SqliteStore.open(path)
    back_up(path, copy)
    await store.save_pin("+14075550142", "a hash")
    restore(copy, path)
    has_pin = await store.has_pin("+14075550142")
    await store.close()

    assert not has_pin


def test_a_back_up_never_writes_over_a_file(tmp_path: Path, path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("something else")

    with pytest.raises(BackupError, match="is there already"):
        back_up(path, copy)
    assert copy.read_text() == "something else"


def test_nothing_to_keep_is_said(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to keep"):
        back_up(tmp_path / "missing.sqlite3", tmp_path / "copy.sqlite3")


@pytest.mark.parametrize("kind", ["text", "newer", "empty", "damaged"])
def test_what_is_no_back_up_changes_nothing(tmp_path: Path, path: Path, kind: str) -> None:
    copy = Path(shutil.copy(path, tmp_path / "copy.sqlite3"))
    if kind == "text":
        copy.write_text("something else " * 100)
    elif kind == "damaged":
        whole = copy.read_bytes()
        copy.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    else:
        with sqlite3.connect(copy) as connection:
            connection.execute(f"PRAGMA user_version = {0 if kind == 'empty' else 999}")
    before = path.read_bytes()

    with pytest.raises(BackupError):
        restore(copy, path)
    assert path.read_bytes() == before


async def test_the_commands_keep_and_put_back(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHONE_AGENT_DATABASE", str(path))
    copy = tmp_path / "copy.sqlite3"
    kept = CliRunner().invoke(app, ["backup", str(copy)])
    shutil.move(path, tmp_path / "lost")
    put_back = CliRunner().invoke(app, ["restore", str(copy), "--yes"])
    async with opened_store(Settings.from_env({"PHONE_AGENT_DATABASE": str(path)})) as store:
        menu = await store.load_menu()

    assert (kept.exit_code, put_back.exit_code) == (0, 0)
    assert [place.name for place in menu.restaurants]


async def test_what_was_there_before_a_restore_is_kept_beside_it(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHONE_AGENT_DATABASE", str(path))
    copy = tmp_path / "copy.sqlite3"
    back_up(path, copy)
    store = await SqliteStore.open(path)
    await store.save_pin("+14075550142", "a hash")
    await store.close()
    CliRunner().invoke(app, ["restore", str(copy), "--yes"])
    (before,) = path.parent.glob(f"{path.name}.before-*")
    kept = await SqliteStore.open(before)
    has_pin = await kept.has_pin("+14075550142")
    await kept.close()

    assert has_pin


async def test_a_store_is_not_put_back_under_a_program_that_has_it_open(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHONE_AGENT_DATABASE", str(path))
    copy = tmp_path / "copy.sqlite3"
    back_up(path, copy)
    store = await SqliteStore.open(path)
    await store.save_pin("+14075550142", "a hash")
    refused = CliRunner().invoke(app, ["restore", str(copy), "--yes"])
    has_pin = await store.has_pin("+14075550142")
    await store.close()
    put_back = CliRunner().invoke(app, ["restore", str(copy), "--yes"])

    assert "is open in another program" in str(refused.exception)
    assert has_pin
    assert put_back.exit_code == 0


def test_a_store_is_not_put_back_under_a_worker_that_waits_for_calls(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between calls it has no connection."""
    monkeypatch.setenv("PHONE_AGENT_DATABASE", str(path))
    copy = tmp_path / "copy.sqlite3"
    back_up(path, copy)
    settings = Settings.from_env({"PHONE_AGENT_DATABASE": str(path)})
    with marked_in_use(settings), marked_in_use(settings):
        refused = CliRunner().invoke(app, ["restore", str(copy), "--yes"])
    put_back = CliRunner().invoke(app, ["restore", str(copy), "--yes"])

    assert "A worker is at work" in str(refused.exception)
    assert put_back.exit_code == 0


def test_supabase_has_a_way_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_URL", "https://example.supabase.co")
    monkeypatch.setenv("SUPABASE_SERVICE_ROLE_KEY", "sb_secret_" + "x" * 30)

    result = CliRunner().invoke(app, ["backup", str(tmp_path / "copy.sqlite3")])
    assert isinstance(result.exception, BackupError)
    assert "pg_dump" in str(result.exception)
