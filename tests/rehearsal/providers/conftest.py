"""The LiveKit plugins get their HTTP session here, as a job would give it to them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from livekit.agents import APIConnectOptions, utils


@pytest.fixture(autouse=True)
async def _http_session() -> AsyncIterator[None]:
    async with utils.http_context.open():
        yield


@pytest.fixture
def once() -> APIConnectOptions:
    """No retries, and little patience."""
    return APIConnectOptions(max_retry=0, timeout=0.5)
