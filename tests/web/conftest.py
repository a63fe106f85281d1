"""The application over ASGI, on a store with the demo menu; and one stack of real servers with its page."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from fastapi import FastAPI

from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.stack.configs import new_secret
from phone_agent.web.app import create_app
from phone_agent.web.rates import Rates

SECRET = new_secret()
KEY = "testkey"
METRICS_TOKEN = "a-token-of-the-tests-0123456789abcdef"
HOME = "http://phone.example"
WITHOUT_LIMITS = 1_000_000


def unlimited() -> Rates:
    return Rates(WITHOUT_LIMITS, tries_per_minute=WITHOUT_LIMITS, tries_per_hour=WITHOUT_LIMITS,
                 misses_per_minute=WITHOUT_LIMITS)  # fmt: skip


@pytest.fixture
def env(tmp_path: Path, prepared: Path) -> dict[str, str]:
    """No server of LiveKit's answers at this address."""
    database = tmp_path / "orders.sqlite3"
    shutil.copy(prepared, database)
    return {
        "LIVEKIT_URL": "ws://127.0.0.1:1",
        "LIVEKIT_API_KEY": KEY,
        "LIVEKIT_API_SECRET": SECRET,
        "PHONE_AGENT_DATABASE": str(database),
        "PHONE_AGENT_METRICS_TOKEN": METRICS_TOKEN,
    }


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A page as `make page` leaves it."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Order</title>")
    (folder / "widget.js").write_text("widget()")
    (folder / "assets" / "app-1a2b.js").write_text("app()" * 500)
    return folder


class Browser:
    """Asks the application as a browser does that has loaded its page, from an address of its own."""

    def __init__(self, app: FastAPI, address: str = "192.0.2.1") -> None:
        transport = httpx.ASGITransport(app, client=(address, 50_000))
        self.client = httpx.AsyncClient(transport=transport, base_url=HOME, headers={"Origin": HOME})

    async def post(self, path: str, body: object, **headers: str) -> httpx.Response:
        return await self.client.post(path, json=body, headers=headers)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.client.get(path, headers=headers)

    async def metrics(self) -> str:
        answer = await self.get("/metrics", Authorization=f"Bearer {METRICS_TOKEN}")
        assert answer.status_code == 200
        return answer.text


@pytest.fixture
async def page(env: Mapping[str, str], static: Path) -> AsyncIterator[Browser]:
    app = create_app(Settings.from_env(env), static=static)
    browser = Browser(app)
    yield browser
    await browser.client.aclose()
    await app.state.reception.store.close()


def claims_of(token: str, secret: str = SECRET) -> dict[str, Any]:
    """As LiveKit's server reads them."""
    return dict(jwt.decode(token, secret, algorithms=["HS256"]))


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Real servers, and the page's as `make up` runs it."""
    folder = tmp_path_factory.mktemp("web")
    env = {
        **os.environ,
        "PHONE_AGENT_DATABASE": str(folder / "orders.sqlite3"),
        "PHONE_AGENT_WEB_CALLS_PER_MINUTE": "999",
        "PHONE_AGENT_WEB_CALLS": "999",
    }
    with LocalStack.start(folder, web_env=env) as stack:
        yield stack
