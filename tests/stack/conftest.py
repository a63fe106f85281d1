"""One stack of real servers for all tests that need one, with its trunk and dispatch rule."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.telephony.provisioning import provision


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    with LocalStack.start(tmp_path_factory.mktemp("run")) as stack:
        asyncio.run(provision(Settings.from_env(stack.livekit_env)))
        yield stack
