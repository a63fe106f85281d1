from __future__ import annotations

import json
import logging
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import livekit.agents
import pytest
import typer
from livekit.agents.cli.log import JsonFormatter
from typer.core import TyperGroup

from phone_agent.cli import app
from phone_agent.rehearsal.script import script_from
from phone_agent.settings import Settings
from phone_agent.stack.local import BIN

REPO = Path(__file__).parents[1]
README = (REPO / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([REPO / "README.md", REPO / "CONTRIBUTING.md", *(REPO / "docs").rglob("*.md")])
BLOCKS = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.S))
COMMANDS = [line.partition(" #")[0].strip() for line in BLOCKS.splitlines()]
IN_TEXT = re.findall(r"`((?:uv run|make|grep|python) [^`]+)`", README)
PHONE_AGENT = sorted({line for line in COMMANDS + IN_TEXT if "phone-agent " in line})
MAKE = sorted({line.split()[1] for line in COMMANDS + IN_TEXT if line.startswith("make ")})
SCRIPTS = sorted({line for line in COMMANDS + IN_TEXT if "uv run python " in line})
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| (.+) \|$", re.M)
LINK = re.compile(r"\]\(([^)#:]+)\)")
LOG_WORDS = re.findall(r"""grep (?:-\w+ )?(?:"([^"]+)"|'([^']+)'|(\w+)) \.run/logs/([a-z-]+)\.log""", README)
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]


def default_of(variable: str) -> str:
    (name,) = (name for name, field in Settings.model_fields.items() if field.alias == variable)
    default = Settings.model_fields[name].default
    match default:
        case None:
            return "unset"
        case bool():
            return f"`{str(default).lower()}`"
        case tuple():
            return f"`{','.join(default)}`"
        case _:
            return f"`{default}`"


def example_defaults() -> Iterator[tuple[str, str]]:
    lines = (REPO / ".env.example").read_text(encoding="utf-8").splitlines()
    for name, _, value in (line[1:].partition("=") for line in lines if re.match(r"#[A-Z_]+=", line)):
        yield name, f"`{value}`" if value else "unset"


def test_the_tables_have_every_setting_once_with_its_default() -> None:
    rows = sorted((name, default) for name, default, _ in ROW.findall(README))

    assert rows == sorted((str(field.alias), default_of(str(field.alias))) for field in Settings.model_fields.values())


def test_the_tables_and_the_example_agree() -> None:
    rows = sorted((name, default) for name, default, _ in ROW.findall(README))

    assert rows == sorted(example_defaults())


def test_the_readme_names_commands_of_every_kind() -> None:
    named = {line.partition("phone-agent ")[2].split()[0] for line in PHONE_AGENT}

    assert {"call", "console", "orders", "provision", "start", "web", "doctor", "messages"} <= named
    assert {"call", "test", "up", "down", "setup", "bench"} <= set(MAKE)
    assert len(SCRIPTS) >= 2


@pytest.mark.parametrize("line", PHONE_AGENT)
def test_a_phone_agent_command_is_understood(line: str) -> None:
    words = shlex.split(line)
    name, *arguments = words[words.index("phone-agent") + 1 :]
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    command = group.commands[name]
    while isinstance(command, TyperGroup) and arguments and arguments[0] in command.commands:
        command = command.commands[arguments.pop(0)]
    context = command.make_context(name, arguments)

    assert name != "call" or len(script_from(context.args)) == line.count("--say") + line.count("--press")
    assert name == "call" or not context.args


@pytest.mark.parametrize("target", MAKE)
def test_a_make_target_exists_and_explains_itself(target: str) -> None:
    asked = subprocess.run(["make", "-n", target], cwd=REPO, capture_output=True, text=True, check=False)
    listed = subprocess.run(["make", "help"], cwd=REPO, capture_output=True, text=True, check=True).stdout

    assert asked.returncode == 0, asked.stderr
    assert target == "help" or re.search(rf"^  make {target} ", listed, re.M)


@pytest.mark.parametrize("line", SCRIPTS)
def test_a_script_is_where_the_readme_says(line: str) -> None:
    assert (REPO / shlex.split(line)[3]).is_file()


@pytest.mark.program
def test_the_agent_has_the_modes_that_are_named() -> None:
    shown = subprocess.run(
        [sys.executable, str(REPO / "phone_agent" / "agent.py"), "--help"], capture_output=True, text=True, check=True
    ).stdout

    assert all(re.search(rf"\b{mode}\b", shown) for mode in ("start", "dev", "console"))


@pytest.mark.program
def test_the_order_typed_in_the_readme_is_placed(tmp_path: Path) -> None:
    typed = re.findall(r"`([^`]+)`", next(line for line in README.splitlines() if line.startswith("Type `")))
    env = {"PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3"), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    console = subprocess.run(
        [sys.executable, "-m", "typer", "phone_agent.cli", "run", "console"],
        cwd=REPO, env=env, input="\n".join(typed), capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert len(typed) == 3
    assert "Your order number is #001" in " ".join(console.stdout.split()), console.stderr


def is_written_by(program: str, words: str) -> bool:
    if program != "agent":
        return words.encode() in (BIN / program).read_bytes()
    written = json.loads(JsonFormatter().format(logging.makeLogRecord({"levelname": "ERROR"})))
    if words == '"level": "' + written["level"] + '"':
        return True
    folders = (REPO / "phone_agent", Path(livekit.agents.__file__).parent)
    return any(words in path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py"))


@pytest.mark.program
@pytest.mark.parametrize(("quoted", "single", "bare", "program"), LOG_WORDS)
def test_what_is_looked_for_in_a_log_is_written_there(quoted: str, single: str, bare: str, program: str) -> None:
    assert is_written_by(program, quoted or single or bare)


def test_every_grep_of_the_readme_is_checked() -> None:
    assert len(LOG_WORDS) == README.count("grep ") >= 5


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 240


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(REPO)))
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = [link for link in LINK.findall(document.read_text("utf-8")) if not (document.parent / link).exists()]

    assert not broken


def test_every_decision_is_in_the_index() -> None:
    folder = REPO / "docs" / "decisions"
    notes = {path.name for path in folder.glob("*.md")} - {"README.md"}

    assert set(LINK.findall((folder / "README.md").read_text("utf-8"))) == notes


def test_the_rooms_of_contributing_are_the_rooms_there_are() -> None:
    text = (REPO / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (rooms,) = re.findall(r"a call passes them:\n(.*?)\nImports go", text, re.S)
    layered = " | ".join(LAYERS).split(" | ")

    assert sorted(re.findall(r"`(\w+)(?:/|\.py)`", rooms)) == sorted(layered)
