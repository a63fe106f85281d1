"""One stack of real servers for all tests that need one, and one switchboard with the agent for all real calls."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.switchboard import open_switchboard
from phone_agent.telephony.provisioning import provision
from tests.stack.calls import Line
from tests.stack.house import House, open_house

pytestmark = pytest.mark.stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    with LocalStack.start(tmp_path_factory.mktemp("run")) as stack:
        asyncio.run(provision(Settings.from_env(stack.livekit_env)))
        yield stack


@pytest.fixture(scope="session")
def bare_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Without an agent and without a trunk; tests of provisioning share it."""
    with LocalStack.start(tmp_path_factory.mktemp("bare")) as stack:
        yield stack


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """The agent runs as `python phone_agent/agent.py start` does."""
    folder: Path = tmp_path_factory.mktemp("switchboard")
    database = folder / "orders.sqlite3"
    env = {
        **os.environ,
        "PHONE_AGENT_DATABASE": str(database),
        "PHONE_AGENT_DEVELOPER_PANEL": "true",
        "PHONE_AGENT_PUBLIC_URL": "https://food.example",
    }
    with open_switchboard(folder, env) as stack:
        yield Line(stack, database)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A restaurant that can call out: to its staff, and to callers whose orders are ready."""
    yield from open_house(tmp_path_factory.mktemp("house"), "warm")
