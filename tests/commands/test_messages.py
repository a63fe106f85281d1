"""`phone-agent messages`, on a store of its own."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from phone_agent.cli import app
from phone_agent.commands.messages import MessagesError
from phone_agent.store.sqlite import SqliteStore
from tests.messages.told import OTHER, PHONE, cut, placed


@pytest.fixture
def env(tmp_path: Path, prepared: Path) -> dict[str, str]:
    database = shutil.copy(prepared, tmp_path / "orders.sqlite3")
    none = dict.fromkeys(("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PHONE_AGENT_WEBHOOK_URL"), "")
    return none | {"PHONE_AGENT_DATABASE": str(database), "COLUMNS": "250", "PHONE_AGENT_QUIET_HOURS": "00:00-00:00"}


def run(env: dict[str, str], *words: str) -> Result:
    return CliRunner(env=env).invoke(app, ["messages", *words], catch_exceptions=False)


def fill(env: dict[str, str]) -> None:
    async def work() -> None:
        store = await SqliteStore.open(env["PHONE_AGENT_DATABASE"])
        menu, now = await store.load_menu(), datetime.now(UTC)
        await placed(store, menu, now=now)
        await cut(store, menu, OTHER, now=now)
        await store.refuse_texts(OTHER, "stopped", now=now)
        await store.close()

    asyncio.run(work())


def test_without_keys_it_shows_what_would_be_sent(env: dict[str, str]) -> None:
    fill(env)
    shown = run(env)

    assert f"{PHONE} │ queued" in shown.stdout
    assert "order #001 is placed: 2 Caesar Salad" in " ".join(shown.stdout.split())
    assert f"{OTHER} │ not sent: stopped" in shown.stdout
    assert "order.placed" in shown.stdout
    assert "Texts are shown, not sent: TWILIO_ACCOUNT_SID" in shown.stdout
    assert "Webhooks are shown, not sent: PHONE_AGENT_WEBHOOK_URL" in shown.stdout


def test_an_empty_outbox_says_so(env: dict[str, str]) -> None:
    assert run(env).stdout == "Nothing is to be told.\n"


def test_nothing_is_sent_without_keys(env: dict[str, str]) -> None:
    with pytest.raises(MessagesError, match="Set TWILIO_ACCOUNT_SID"):
        run(env, "send")
