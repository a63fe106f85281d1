"""A call with the demo menu, and the connections that the plugins share within a job."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from livekit.agents.utils import http_context

from tests.agents.conftest import call, store

__all__ = ["call", "connections", "store"]


@pytest.fixture(autouse=True)
async def connections() -> AsyncIterator[None]:
    async with http_context.open():
        yield
