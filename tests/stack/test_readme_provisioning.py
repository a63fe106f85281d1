"""The README's way to a ringing number, as far as it goes without a network: each step says what it promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from phone_agent.stack import LocalStack
from tests.twilio.peer import Twilio

pytestmark = pytest.mark.stack

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SCREEN = README.partition("## From nothing to a ringing number")[2].partition("\n## ")[0]
SETTINGS = dict(re.findall(r"^([A-Z_]+)=(\S+)", SCREEN, re.M))
STEP = re.compile(r"^\d\. `uv run phone-agent ([^`]+)` (.*)$", re.M)
MEANT_ELSEWHERE = "start"
"""It answers calls until it is stopped: other tests do that."""
LEAVE = {"provision apply": ("--yes",)}
"""Nobody sits at a terminal here to be asked."""


def run(words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "typer", "phone_agent.cli", "run", *words.split(), *LEAVE.get(words, ())],
        check=False, env=os.environ | env, capture_output=True, text=True, timeout=90,
    )  # fmt: skip


def promised(told: str) -> list[str]:
    """As patterns: what is quoted and no command, with `…` for what differs."""
    return [re.escape(words).replace("…", r"\S*") for words in re.findall(r"`([^`]+)`", told)]


def test_every_step_says_what_the_readme_shows(bare_stack: LocalStack, twilio: Twilio, tmp_path: Path) -> None:
    number = SETTINGS["TWILIO_PHONE_NUMBER"]
    own = {"TWILIO_PHONE_NUMBER": number, "PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3")}
    env = SETTINGS | bare_stack.livekit_env | twilio.env | own
    twilio.account.for_sale = [number]
    steps = [(words, told) for words, told in STEP.findall(SCREEN) if words != MEANT_ELSEWHERE]
    run("provision destroy --yes", env)  # what other tests have left on this server
    ended = {words: run(words, env) for words, _ in steps}
    run("provision destroy --yes", env)
    missing = [
        f"{words}: {pattern}\n{ended[words].stdout}{ended[words].stderr}"
        for words, told in steps
        for pattern in promised(told)
        if not re.search(pattern, ended[words].stdout)
    ]

    assert [words.split()[1] for words, _ in steps] == ["numbers", "plan", "apply", "verify"]
    assert not missing, missing[0]
    assert [each.returncode for each in ended.values()] == [0, 0, 0, 0]
    assert {line.split()[0] for line in ended["provision verify"].stdout.splitlines()} <= {
        "=",
        "LiveKit:",
        "Twilio:",
        "note:",
    }
