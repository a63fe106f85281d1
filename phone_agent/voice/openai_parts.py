"""OpenAI's plugins over clients that read no certificates of their own, and that are closed with them."""

from __future__ import annotations

from typing import Any

import httpx2
from livekit.plugins import openai
from openai import AsyncClient

from phone_agent.clients.trust import trusted

PATIENCE = httpx2.Timeout(connect=15.0, read=5.0, write=5.0, pool=5.0)
KEPT_OPEN = httpx2.Limits(max_connections=50, max_keepalive_connections=50, keepalive_expiry=120)
"""A call's turns are further apart than the few seconds for which a client usually keeps a connection."""


def client_for(key: str | None, base_url: str) -> AsyncClient:
    http = httpx2.AsyncClient(verify=trusted(), timeout=PATIENCE, limits=KEPT_OPEN, follow_redirects=True)
    return AsyncClient(api_key=key, base_url=base_url, max_retries=0, http_client=http)


class ClosesItsClient:
    """Before a plugin, which leaves open what it was given."""

    def __init__(self, client: AsyncClient, **asked: Any) -> None:  # noqa: ANN401
        super().__init__(client=client, **asked)  # type: ignore[call-arg]
        self._closed_with_it = client

    async def aclose(self) -> None:
        await super().aclose()  # type: ignore[misc]
        await self._closed_with_it.close()


class Model(ClosesItsClient, openai.LLM):
    pass


class Ears(ClosesItsClient, openai.STT):
    pass


class Speech(ClosesItsClient, openai.TTS):
    pass
