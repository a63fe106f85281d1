"""A house for tests in a browser: servers, agent and web server as `make up` runs them, with the built page."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from phone_agent.stack import LocalStack, health
from phone_agent.stack.local import BIN
from phone_agent.stack.ports import free_port
from phone_agent.switchboard import open_switchboard
from phone_agent.web.reception import STATIC

MANY = "1000"
SCRIPT = '<script src="{}/widget.js" data-restaurant="harbor-house"></script>'
PAGE = '<!doctype html><html lang="en"><head><link rel="icon" href="data:,"></head><body>{}</body></html>'


@dataclass(frozen=True)
class House:
    """The servers, the agent and the web server, all real."""

    stack: LocalStack
    database: Path
    web_url: str
    site_url: str
    """A restaurant's own site, at another origin, with the widget on it."""
    env: dict[str, str]
    """What the web server sees."""

    def start_web(self, name: str = "web") -> None:
        web = [sys.executable, "-m", "phone_agent.web"]
        self.stack.run(name, web, env=self.env, ready=lambda: _answers(self.web_url))

    def start_livekit(self) -> None:
        program, config = BIN / "livekit-server", self.stack.run_dir / "config" / "livekit.yaml"
        ready = health.http_answers
        port = self.stack.ports.livekit
        self.stack.run("livekit-server", [str(program), "--config", str(config)], ready=lambda: ready(port))

    def kill(self, name: str) -> None:
        """Without a word to anybody."""
        os.kill(self.stack.pids[name], signal.SIGKILL)


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    assert (STATIC / "index.html").is_file(), "the page is not built: make page"
    database = folder / "orders.sqlite3"
    url = f"http://127.0.0.1:{(port := free_port())}"
    env = {
        **os.environ,
        "PHONE_AGENT_DATABASE": str(database),
        "PHONE_AGENT_DEVELOPER_PANEL": "true",
        "PHONE_AGENT_PUBLIC_URL": url,
        "PHONE_AGENT_WEB_PORT": str(port),
        "PHONE_AGENT_WEB_CALLS_PER_MINUTE": MANY,
        "PHONE_AGENT_WEB_CALLS": MANY,
    }
    with site_with_widget(url) as site_url, open_switchboard(folder, env) as stack:
        env["PHONE_AGENT_WEB_ORIGINS"] = site_url
        house = House(stack, database, url, site_url, {**env, **stack.livekit_env})
        house.start_web()
        yield house


@contextmanager
def site_with_widget(web_url: str) -> Iterator[str]:
    """Somebody's own site, at an origin of its own."""
    page = PAGE.format(SCRIPT.format(web_url))

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
