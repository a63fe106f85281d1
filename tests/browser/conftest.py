"""One house for all tests in a browser: servers, agent and web server as `make up` runs them, with the built page."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from phone_agent.stack.ports import free_port
from phone_agent.switchboard import open_switchboard
from phone_agent.web.reception import STATIC
from tests.browser.visitor import House

MANY = "1000"


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    assert (STATIC / "index.html").is_file(), "the page is not built: make page"
    folder: Path = tmp_path_factory.mktemp("house")
    database = folder / "orders.sqlite3"
    port = free_port()
    env = {
        **os.environ,
        "PHONE_AGENT_DATABASE": str(database),
        "PHONE_AGENT_DEVELOPER_PANEL": "true",
        "PHONE_AGENT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PHONE_AGENT_WEB_PORT": str(port),
        "PHONE_AGENT_WEB_CALLS_PER_MINUTE": MANY,
        "PHONE_AGENT_WEB_CALLS": MANY,
    }
    url = f"http://127.0.0.1:{port}"
    with site_of_a_restaurant(url) as site_url, open_switchboard(folder, env) as stack:
        env["PHONE_AGENT_WEB_ORIGINS"] = site_url
        web = [sys.executable, "-m", "phone_agent.web"]
        stack.run("web", web, env={**env, **stack.livekit_env}, ready=lambda: _answers(url))
        yield House(stack, database, url, site_url)


@contextmanager
def site_of_a_restaurant(web_url: str) -> Iterator[str]:
    script = f'<script src="{web_url}/widget.js" data-restaurant="harbor-house"></script>'
    page = f'<!doctype html><html lang="en"><head><link rel="icon" href="data:,"></head><body>{script}</body></html>'

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (as it is called)
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
