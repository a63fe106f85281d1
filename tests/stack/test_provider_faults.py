"""Providers that fail in real calls: the order is right or there is none, and the line is never silent for long."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from bench.faults.board import open_board
from bench.faults.call import take
from bench.faults.cells import Cell, Gone, every_cell, one_of_each_part
from bench.faults.judge import RIGHT, Row
from bench.faults.results import read, table
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.rehearsal.providers.behaviour import Behaviour, Fault
from phone_agent.rehearsal.script import Press
from phone_agent.switchboard import REPO

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

SEED = 5
MENU = parse_menu((REPO / "menus" / "food_court.json").read_text())
SPEECHLESS = Path(__file__).with_name("speechless_agent.py")
THE_WHOLE_TABLE_S = 2 * 3600
KEYS = ["9", "2", "1", "1", "4", "2", "1", "#", "1"]
"""Two spring rolls of the second restaurant."""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Row]:
    return asyncio.run(_take_all(tmp_path_factory.mktemp("faults"), one_of_each_part(SEED)))


async def _take_all(folder: Path, cells: Sequence[Cell]) -> Mapping[str, Row]:
    async with open_board(folder, MENU) as board:
        return {
            cell.gone: await take(board, cell, f"+1407557{number:04}", is_hurried=True)
            for number, cell in enumerate(cells)
        }


@pytest.mark.parametrize("gone", list(Gone)[:3])
def test_where_a_provider_fails_in_a_call_the_order_is_taken_and_the_line_is_not_silent(
    rows: Mapping[str, Row], gone: Gone
) -> None:
    row = rows[gone]

    assert row.faults() == [], row
    assert row.orders == [RIGHT]


@pytest.mark.long
@pytest.mark.timeout(THE_WHOLE_TABLE_S)
def test_no_fault_at_any_moment_makes_a_wrong_order_or_a_silent_line(tmp_path: Path) -> None:
    results = tmp_path / "faults.jsonl"
    subprocess.run(
        [sys.executable, "-m", "bench.faults", "--lanes", "2", "--results", str(results)],
        cwd=REPO, env={**os.environ, "PYTHONPATH": str(REPO)}, check=True, timeout=THE_WHOLE_TABLE_S,
    )  # fmt: skip
    rows = read(results)

    assert len(rows) == len(every_cell())
    assert {row.name: row.faults() for row in rows if row.faults()} == {}, table(rows)


async def test_an_order_is_completed_by_keypad_where_nothing_hears_thinks_or_speaks(tmp_path: Path) -> None:
    number = "+14075580001"
    async with open_board(tmp_path, MENU, SPEECHLESS) as board:
        for provider in (board.providers.deepgram, board.providers.openai, board.providers.cartesia):
            provider.behave(Behaviour(Fault.BROKEN))
        async with await SimulatedCaller.open(None, from_number=number) as caller:
            await caller.ring(board.stack.sip_uri)
            await caller.perform([Press(key) for key in KEYS])
            entries = [entry for entry in caller.entries if entry.who in ("keypad", "heard")]
            await caller.hang_up()
        orders = board.kitchen.lines_of_orders(number)
        spoken = [answer for one in (board.providers.deepgram, board.providers.cartesia) for answer in one.answers]

    assert orders == [[[2, "Spring Rolls"]]]
    answers = [(key.text, then.at - key.at) for key, then in pairwise(entries) if key.who == "keypad"]
    assert entries[0].at < 2.0
    assert [key for key, _ in answers] == KEYS
    assert max(waited for _, waited in answers) < 2.0, answers
    assert all(then.who == "heard" for key, then in pairwise(entries) if key.who == "keypad"), answers
    assert not any(answer.done_at for answer in spoken)
