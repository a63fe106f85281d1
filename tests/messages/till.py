"""A point-of-sale system of the tests' own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class Till:
    """A point-of-sale system that answers as a test wishes."""

    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    requests: list[tuple[dict[str, str], str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.text()))
        return self.answers.pop(0) if self.answers else web.Response(status=204)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.requests]

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(event["type"], event["data"]["status"]) for event in self.events]


@asynccontextmanager
async def running_till() -> AsyncIterator[Till]:
    till = Till()
    app = web.Application()
    app.router.add_post("/orders", till.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    till.url = f"http://127.0.0.1:{runner.addresses[0][1]}/orders"
    yield till
    await runner.cleanup()
