"""Calls from a page, in writing, with a room that holds pages and no network."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.cards.stage import Stage
from phone_agent.dtmf import Keypad
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.settings import Settings
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.conftest import open_at
from tests.cards.pages import SmallRoom

PAGE = "customer_a1b2c3d4"


@pytest.fixture
async def store(tmp_path: Path, prepared: Path) -> AsyncIterator[Store]:
    opened = await open_at(Path(shutil.copy(prepared, tmp_path / "orders.sqlite3")))
    yield opened
    await opened.close()


@pytest.fixture
async def call(store: Store) -> Call:
    arrival = Arrival(room="test", channel="page", name="Dana")
    return await open_call(arrival, None, store, await store.load_menu())


@pytest.fixture
def room() -> SmallRoom:
    return SmallRoom(PAGE)


@pytest.fixture
async def talk(call: Call, room: SmallRoom) -> AsyncIterator[TextCall]:
    """With a stage for the page, and a developer's panel on it."""
    session = open_session(call, in_writing(call))
    settings = Settings.from_env({"PHONE_AGENT_DEVELOPER_PANEL": "true"})
    Stage(session, room, Keypad(session), settings).watch()
    async with TextCall(session, OrderAgent(call)) as text_call:
        yield text_call
