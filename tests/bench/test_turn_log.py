from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import log_turns, open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from phone_agent.voice.offline.pipeline import in_writing


@pytest.fixture
async def call(tmp_path: Path, prepared: Path) -> AsyncIterator[Call]:
    database = shutil.copy(prepared, tmp_path / "orders.sqlite3")
    store = await open_store(Settings.from_env({"PHONE_AGENT_DATABASE": str(database)}))
    yield await open_call(Arrival(room="test", channel="phone"), None, store, await store.load_menu())
    await store.close()


async def test_the_turn_log_holds_times_and_no_words(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "turns.jsonl"
    session = open_session(call, in_writing(call))
    log_turns(session, path)
    async with TextCall(session, OrderAgent(call)) as talk:
        await talk.say("blorp the wibble")

    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert {line["call"] for line in lines} == {call.record.id}
    assert any(line["role"] == "assistant" and line.get("llm_node_ttft", 0.0) > 0 for line in lines)
    times = [value for line in lines for name, value in line.items() if name not in ("call", "role")]
    assert all(isinstance(value, float) for value in times)
