"""Measure the speed and cost of calls: python -m bench [--quick] [--calls 1 5] [--turns 30] [--orders 10].

python -m bench hosted [--calls 1 10] [--turns 300]: the hosted voice's turns, with local providers.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console

from bench import hosted
from bench.calling import Place
from bench.figures import Figure, figure
from bench.kitchen import Kitchen
from bench.machine import Machine
from bench.report import draw, print_figures, write_json
from bench.results import figures_of
from bench.rounds import Measured, Plan, measure
from phone_agent.stack import LocalStack
from phone_agent.switchboard import open_switchboard

RESULTS = Path(__file__).parent / "results"
LONGEST_S = 1500.0


def main() -> None:
    if sys.argv[1:2] == ["hosted"]:
        hosted.main(sys.argv[2:])
        return
    asked = _arguments()
    # The echo room's own end of the line logs every hang-up as a closed data channel.
    logging.getLogger("livekit").setLevel(logging.CRITICAL)
    plan = Plan.quick(asked.calls) if asked.quick else Plan(asked.calls, asked.turns, asked.orders)
    load_before = os.getloadavg()[0]
    with ExitStack() as cleanup:
        run_dir = asked.run_dir or Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="phone-bench-")))
        measured, figures = _measure(plan, run_dir.resolve())
    figures["machine_load_before"] = figure([load_before], "load average")
    print_figures(Console(width=None if os.isatty(1) else 140), figures)
    write_json(RESULTS / "latest.json", figures)
    draw(RESULTS / "latest.png", measured, figures)


def _measure(plan: Plan, run_dir: Path) -> tuple[Measured, dict[str, Figure]]:
    database, turn_log = run_dir / "bench.sqlite3", run_dir / "turns.jsonl"
    for old in (turn_log, *run_dir.glob(f"{database.name}*")):
        old.unlink(missing_ok=True)
    kitchen = Kitchen(database)
    with open_switchboard(run_dir, _env(database, turn_log)) as stack:
        place = Place(stack.sip_uri, kitchen, Machine(stack.pids, stack.ports.livekit), run_dir / "phones")
        measured = asyncio.run(_in_time(plan, stack, place, database))
    return measured, figures_of(measured, kitchen, turn_log)


async def _in_time(plan: Plan, stack: LocalStack, place: Place, database: Path) -> Measured:
    async with asyncio.timeout(LONGEST_S):
        return await measure(plan, stack, place, database)


def _env(database: Path, turn_log: Path) -> dict[str, str]:
    """Offline, whatever keys the machine has: nothing outside it is measured."""
    emptied = dict.fromkeys(("SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY"), "")
    ours = {
        "PHONE_AGENT_VOICE": "offline",
        "PHONE_AGENT_DATABASE": str(database),
        "PHONE_AGENT_TURN_LOG": str(turn_log),
        "PHONE_AGENT_HEALTH_PORT": "0",
    }
    return emptied | ours


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few of each: shows that it works, measures little")
    parser.add_argument("--calls", type=int, nargs="+", default=[1, 5], help="how many calls at once, round by round")
    parser.add_argument("--turns", type=int, default=30, help="how many turns at each number of calls")
    parser.add_argument("--orders", type=int, default=10, help="how many calls order a dish by key, one by one")
    parser.add_argument("--run-dir", type=Path, help="keep logs, store and recordings here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
