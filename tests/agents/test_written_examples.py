"""The calls that README and help give as examples, held in writing: each ends in an order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from phone_agent.cli import call as call_command
from phone_agent.rehearsal.script import Say, script_from
from phone_agent.rehearsal.text import TextCall
from tests.agents.test_what_users_say import orders_of

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"phone-agent call (--say .*--press \d)", f"{README}\n{call_command.__doc__}")


def test_readme_and_help_have_an_example_each() -> None:
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize("example", EXAMPLES)
async def test_the_example_is_an_order(talk: TextCall, example: str) -> None:
    for step in script_from(shlex.split(example)):
        await (talk.say(step.text) if isinstance(step, Say) else talk.press("1"))

    assert len(await orders_of(talk.call)) == 1
