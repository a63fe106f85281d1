"""A call in writing, with the demo menu, the offline model and a store of its own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.settings import DEMO_PROFILE_ID, Settings
from phone_agent.store.open import open_store
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.pipeline import in_writing
from tests.conftest import MENU


async def open_at(path: Path) -> Store:
    return await open_store(Settings.from_env({"PHONE_AGENT_DATABASE": str(path), "PHONE_AGENT_MENU": str(MENU)}))


@pytest.fixture
async def store(tmp_path: Path, prepared: Path) -> AsyncIterator[Store]:
    opened = await open_at(Path(shutil.copy(prepared, tmp_path / "orders.sqlite3")))
    yield opened
    await opened.close()


@pytest.fixture
async def call(store: Store) -> Call:
    household = await store.load_profile(str(DEMO_PROFILE_ID))
    arrival = Arrival(room="test", channel="phone", caller_number="+14075550142")
    return await open_call(arrival, household, store, await store.load_menu())


@pytest.fixture
async def talk(call: Call) -> AsyncIterator[TextCall]:
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as text_call:
        yield text_call
