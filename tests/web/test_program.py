"""`phone-agent web` as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from phone_agent.stack.ports import free_port

pytestmark = [pytest.mark.program, pytest.mark.timeout(200)]
REPO = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "from phone_agent.cli import main; main()", "web"]
ITSELF = [sys.executable, "-m", "phone_agent.web"]


def run(command: list[str], env: Mapping[str, str], port: int) -> subprocess.Popen[str]:
    env = {**os.environ, **env, "PHONE_AGENT_WEB_PORT": str(port), "PYTHONPATH": str(REPO)}
    return subprocess.Popen(command, cwd=REPO, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_for(url: str, within_s: float = 120) -> None:
    deadline = time.monotonic() + within_s
    while True:
        try:
            httpx.get(url, trust_env=False)
        except httpx.ConnectError:
            assert time.monotonic() < deadline, f"nothing answers at {url}"
            time.sleep(0.05)
        else:
            return


def test_the_command_serves_the_page_and_ends_when_it_is_told_to(env: Mapping[str, str]) -> None:
    port = free_port()
    with run(COMMAND, env, port) as server:
        wait_for(f"http://127.0.0.1:{port}/config.json")
        given = httpx.post(f"http://127.0.0.1:{port}/token", json={"participant_name": "Ana"}, trust_env=False)
        server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=30)

    assert given.status_code == 201
    assert "Application shutdown complete" in said
    assert "Ana" not in said


def test_half_a_configuration_is_one_line(env: Mapping[str, str]) -> None:
    with run(ITSELF, {**env, "PHONE_AGENT_WEB_ORIGINS": "everybody"}, free_port()) as server:
        said, _ = server.communicate(timeout=120)

    assert server.returncode == 1
    assert said.startswith("PHONE_AGENT_WEB_ORIGINS")
    assert len(said.splitlines()) == 1


def test_the_web_server_does_without_the_agents_framework() -> None:
    look = "import sys, phone_agent.web.__main__; print([name for name in sys.modules if 'livekit.agents' in name])"
    seen = subprocess.run([sys.executable, "-c", look], cwd=REPO, capture_output=True, text=True, check=True)

    assert seen.stdout == "[]\n"
