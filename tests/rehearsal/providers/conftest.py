"""The LiveKit plugins get their HTTP session here, as a job would give it to them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from livekit.agents import utils


@pytest.fixture(autouse=True)
async def _http_session() -> AsyncIterator[None]:
    async with utils.http_context.open():
        yield
