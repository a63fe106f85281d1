"""`python phone_agent/agent.py dev` takes calls as `start` does."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from phone_agent.rehearsal.script import Press, Say
from phone_agent.switchboard import open_switchboard
from tests.stack.calls import Dialled, Line, dial_all

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

NUMBER = "+14075550141"


@pytest.fixture
def dev_line(tmp_path: Path) -> Iterator[Line]:
    database = tmp_path / "orders.sqlite3"
    env = {**os.environ, "PHONE_AGENT_DATABASE": str(database)}
    with open_switchboard(tmp_path / "run", env, mode="dev") as stack:
        yield Line(stack, database)


def test_a_call_to_dev_mode_is_one_order(dev_line: Line) -> None:
    script = (Say("i would like a caesar salad"), Say("check out please"), Press("1"))
    done = asyncio.run(dial_all(dev_line, {"order": Dialled(NUMBER, script)}))["order"]

    assert done.orders == [([(1, "Caesar Salad")], 899)]
    assert done.call.outcome == "ordered"
