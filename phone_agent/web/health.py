"""Whether calls can come about: the store can be read, and LiveKit's server answers."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import Literal

import httpx
from pydantic import BaseModel

from phone_agent.settings import Settings
from phone_agent.store.open import CANNOT_OPEN
from phone_agent.web.kept_store import KeptStore

ANSWER_SECONDS = 2.0
KEPT_SECONDS = 2.0


class Health(BaseModel):
    status: Literal["ok", "failing"]
    store: Literal["ok", "unreachable"]
    livekit: Literal["ok", "unreachable"]


class HealthCheck:
    """One look for all who ask within two seconds: asking often costs nothing."""

    def __init__(self) -> None:
        self._looking = asyncio.Lock()
        self._seen: Health | None = None
        self._until = float("-inf")

    async def look(self, kept: KeptStore, settings: Settings) -> Health:
        async with self._looking:
            if self._seen is None or time.monotonic() > self._until:
                store, livekit = await asyncio.gather(_reads(kept), _answers(settings))
                self._seen = Health(
                    status="ok" if store and livekit else "failing",
                    store="ok" if store else "unreachable",
                    livekit="ok" if livekit else "unreachable",
                )
                self._until = time.monotonic() + KEPT_SECONDS
            return self._seen


async def _reads(store: KeptStore) -> bool:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await (await store.get()).menu_version()
    except (*CANNOT_OPEN, TimeoutError):
        return False
    return True


async def _answers(settings: Settings) -> bool:
    try:
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False) as client:
            answer = await client.get(settings.livekit_http_url)
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
    return answer.status_code == HTTPStatus.OK
