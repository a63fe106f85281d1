"""Take the cells that are missing, and print the table: python -m bench.faults [--lanes 2] [--seconds 600]."""

from __future__ import annotations

import argparse
import asyncio
import logging
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.faults.board import open_board
from bench.faults.call import take
from bench.faults.cells import Cell, every_cell
from bench.faults.results import append, missing, read, table
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.switchboard import REPO

RESULTS = REPO / "bench" / "results" / "faults.jsonl"
MENU = REPO / "menus" / "food_court.json"


def main() -> None:
    asked = _arguments()
    logging.getLogger("livekit").setLevel(logging.CRITICAL)
    if asked.lane is None:
        lanes = [
            subprocess.Popen([sys.executable, "-m", "bench.faults", *sys.argv[1:], "--lane", str(lane)])
            for lane in range(asked.lanes)
        ]
        ended = [lane.wait() for lane in lanes]
        print(table(read(asked.results)))
        sys.exit(max(ended))
    cells = every_cell()[asked.lane :: asked.lanes]
    wanted = [cell for cell in missing(asked.results, cells) if asked.only in str(cell)]
    asyncio.run(_take_all(wanted, asked))


async def _take_all(cells: list[Cell], asked: argparse.Namespace) -> None:
    """Each lane has servers, an agent and providers of its own: a fault is meant for one call."""
    deadline = time.monotonic() + asked.seconds
    with tempfile.TemporaryDirectory(prefix="phone-faults-") as made:
        folder = asked.run_dir / str(asked.lane) if asked.run_dir else Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        async with open_board(folder, parse_menu(MENU.read_text())) as board:
            for count, cell in enumerate(cells):
                if time.monotonic() > deadline:
                    return
                number = f"+1407{570 + asked.lane}{round(time.time() * 10) % 10**4:04}"
                row = await take(board, cell, number)
                append(asked.results, row)
                print(f"lane {asked.lane}, {count + 1} of {len(cells)}: {cell}: {row}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--lanes", type=int, default=1, help="how many calls at once")
    parser.add_argument("--seconds", type=float, default=3600.0, help="no further call after so long")
    parser.add_argument("--only", default="", help="only cells whose name has these words")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file that is read and grows")
    parser.add_argument("--run-dir", type=Path, help="keep logs and store here")
    parser.add_argument("--lane", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
