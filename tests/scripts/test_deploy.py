"""What installs the program elsewhere, as far as it can be tried with no container engine and no init system."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from compose_spec import PyCompose
from typer.main import get_command

from phone_agent.cli import app

REPO = Path(__file__).parents[2]
UNITS = sorted((REPO / "deploy" / "systemd").glob("*.service")) + sorted((REPO / "deploy" / "systemd").glob("*.timer"))
DOCKERFILE = (REPO / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (REPO / "stack" / "compose.yaml").read_text(encoding="utf-8")
LONGEST_CALL_S = int(json.loads((REPO / "sip" / "trunk.json").read_text())["trunk"]["max_call_duration"].rstrip("s"))
COMMANDS = set(get_command(app).commands)  # type: ignore[attr-defined]


def minutes_in(text: str) -> int:
    return int(re.fullmatch(r"(\d+)m(?:in)?", text)[1])  # type: ignore[index]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """Read by the rules of the Compose specification: what it does not know is an error."""
    return PyCompose.from_yaml(COMPOSE).to_spec().model_dump(mode="json", exclude_none=True)


@pytest.mark.program
@pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    """The program that a unit starts is put where the test may write."""
    program = tmp_path / "phone-agent"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        (tmp_path / unit.name).write_text(text.replace("/opt/phone-agent/.venv/bin/phone-agent", str(program)))
    verify = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)]
    told = subprocess.run(verify, capture_output=True, text=True, check=False)

    about_ours = [line for line in told.stderr.splitlines() if "phone-agent" in line]
    assert (told.returncode, about_ours) == (0, [])


def test_the_worker_is_given_longer_than_the_longest_call(compose: dict[str, Any]) -> None:
    worker = (REPO / "deploy" / "systemd" / "phone-agent.service").read_text(encoding="utf-8")
    systemd = minutes_in(re.findall(r"^TimeoutStopSec=(.+)$", worker, re.M)[0])
    agent = minutes_in(re.findall(r"^  agent:.*?stop_grace_period: (\w+)", COMPOSE, re.M | re.S)[0])

    assert min(systemd, agent) * 60 > LONGEST_CALL_S
    assert "KillMode=mixed" in worker


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: str(path.name))
def test_a_unit_starts_a_command_that_there_is(unit: Path) -> None:
    started = re.findall(r"/phone-agent (\w+)", unit.read_text(encoding="utf-8"))

    assert set(started) <= COMMANDS
    assert started or unit.suffix == ".timer"


def test_health_is_asked_on_the_machine_only_where_the_container_has_the_hosts_network(compose: dict[str, Any]) -> None:
    agent = compose["services"]["agent"]

    assert agent["network_mode"] == "host"
    assert agent["environment"]["PHONE_AGENT_HEALTH_HOST"] == "127.0.0.1"


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: str(path.name))
def test_a_unit_names_documents_that_are_installed_with_it(unit: Path) -> None:
    named = re.findall(r"^Documentation=(.+)$", unit.read_text(encoding="utf-8"), re.M)
    ours = [name.removeprefix("file:///opt/phone-agent/") for name in named]

    assert [name for name in ours if not (REPO / name).is_file()] == []


def test_the_services_are_those_of_a_house(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"redis", "livekit", "sip", "agent", "web"}
    assert {name: service["command"] for name, service in compose["services"].items() if name in ("agent", "web")} == {
        "agent": ["start"], "web": ["web"],
    }  # fmt: skip


def test_the_servers_versions_are_those_that_are_tested(compose: dict[str, Any]) -> None:
    pinned = (REPO / "stack" / "go.mod").read_text(encoding="utf-8")
    versions = {name: compose["services"][name]["image"].partition(":")[2] for name in ("livekit", "sip")}

    assert f"github.com/livekit/livekit-server {versions['livekit']}" in pinned
    assert f"github.com/livekit/sip {versions['sip']}" in pinned


@pytest.mark.program
def test_the_dockerfile_has_nothing_that_a_linter_finds() -> None:
    linter = shutil.which("hadolint") or str(Path(sys.executable).with_name("hadolint"))
    told = subprocess.run([linter, str(REPO / "Dockerfile")], capture_output=True, text=True, check=False)

    assert told.stdout == ""
    assert told.returncode == 0


def test_the_dockerfile_copies_what_there_is() -> None:
    copied = [word for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M) for word in line.split()[:-1]]
    ignored = set((REPO / ".dockerignore").read_text(encoding="utf-8").split())

    assert copied
    assert [name for name in copied if not (REPO / name).exists() or name.partition("/")[0] in ignored] == []


@pytest.mark.program
def test_start_is_the_worker_itself_and_in_the_place_of_the_command() -> None:
    """Signals reach it only then. With half a setting it says so and ends before it takes a call."""
    begun = [sys.executable, "-c", "from phone_agent.cli import main; main()", "start", "--log-level", "info"]
    env = {**os.environ, "PYTHONPATH": str(REPO), "LIVEKIT_API_KEY": "alone"}
    env.pop("LIVEKIT_API_SECRET", None)
    with subprocess.Popen(begun, cwd=REPO, env=env, stderr=subprocess.PIPE, text=True) as worker:
        number = worker.pid
        while (process := psutil.Process(number)).is_running() and "phone_agent.agent" not in process.cmdline():
            time.sleep(0.05)
        command = process.cmdline()
        told = worker.communicate(timeout=60)[1]

    assert command[-5:] == ["-m", "phone_agent.agent", "start", "--log-level", "info"]
    assert worker.returncode == 1
    assert "LIVEKIT_API_SECRET is not: set both, or neither." in told
