"""Measure turns of the hosted voice, with the providers' published delays: python -m bench hosted [--calls 1 10]."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console

from bench.calling import Place
from bench.figures import Figure, calls, figure
from bench.hosted_results import TARGETS, figures_of, rows_of
from bench.hosted_rounds import Round, Talked
from bench.injected import Given
from bench.kitchen import Kitchen
from bench.machine import Machine
from bench.report import print_figures, read_json, write_json
from bench.rounds import tell
from bench.split import read_log
from phone_agent.switchboard import open_switchboard

RESULTS = Path(__file__).parent / "results" / "hosted.json"
LONGEST_S = 7200.0
VARIANTS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "not_early": {"PHONE_AGENT_PREPARE_EARLY": "false"},
    "no_code": {"PHONE_AGENT_CODE_FIRST": "false"},
    "not_kept": {"PHONE_AGENT_KEEP_SPEECH": "false"},
}
"""By the end of their figures' names; the first is what the settings say by themselves."""


def main(words: Sequence[str] | None = None) -> None:
    """`words` are the command line's; None: this program's own."""
    asked = _arguments(words)
    logging.getLogger("livekit").setLevel(logging.CRITICAL)
    figures = read_json(asked.results)
    load = figure([os.getloadavg()[0]], "load average")
    with ExitStack() as cleanup:
        run_dir = asked.run_dir or Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="phone-bench-")))
        for variant in asked.variants:
            tell(f"variant: {variant or 'as it is'}")
            figures |= {f"machine_load_before_{variant or 'as_it_is'}": load}
            figures |= _measured(variant, asked, (run_dir / (variant or "as-it-is")).resolve())
            write_json(asked.results, figures)
    print_figures(Console(width=None if os.isatty(1) else 140), figures, TARGETS)


def _measured(variant: str, asked: argparse.Namespace, run_dir: Path) -> dict[str, Figure]:
    run_dir.mkdir(parents=True, exist_ok=True)
    turn_log, record = run_dir / "turns.jsonl", run_dir / "answers.json"
    database = run_dir / "bench.sqlite3"
    for old in (turn_log, record, *run_dir.glob(f"{database.name}*")):
        old.unlink(missing_ok=True)
    with providers(record, asked.seed) as env:
        ours = {"PHONE_AGENT_DATABASE": str(database), "PHONE_AGENT_TURN_LOG": str(turn_log)}
        with open_switchboard(run_dir, env | ours | dict(VARIANTS[variant])) as stack:
            machine = Machine(stack.pids, stack.ports.livekit)
            place = Place(stack.sip_uri, Kitchen(database), machine, run_dir / "phones")
            rounds = [(f"{calls(n)}", Round(place, stack, calls=n)) for n in asked.calls]
            if asked.page and not variant:
                rounds.append(("page", Round(place, stack, calls=1, by_page=True)))
            talked = asyncio.run(_all(rounds, asked.turns if not variant else asked.variant_turns))
    lines, given = read_log(turn_log), [Given.of(row) for row in json.loads(record.read_text())]
    ending = f"_{variant}" if variant else ""
    found: dict[str, Figure] = {}
    rows = []
    for name, one in talked.items():
        found |= figures_of(f"{name}{ending}", one, lines, given)
        rows += rows_of(f"{name}{ending}", one, lines, given)
    (run_dir / "rows.json").write_text(json.dumps(rows, indent=1))
    return found


async def _all(rounds: list[tuple[str, Round]], turns: int) -> dict[str, Talked]:
    talked = {}
    async with asyncio.timeout(LONGEST_S):
        for name, one in rounds:
            tell(name)
            talked[name] = await one.talk(turns)
    return talked


@contextmanager
def providers(record: Path, seed: int) -> Iterator[dict[str, str]]:
    """What the agent needs to know of them; on leaving, what they answered has been written down."""
    command = [sys.executable, "-m", "bench.hosted_providers", "--record", str(record), "--seed", str(seed)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the providers have no pipes")
        deepgram, openai, cartesia = json.loads(process.stdout.readline())
        yield {
            "PHONE_AGENT_VOICE": "hosted",
            "DEEPGRAM_API_KEY": "local", "DEEPGRAM_BASE_URL": deepgram,
            "OPENAI_API_KEY": "local", "OPENAI_BASE_URL": openai,
            "CARTESIA_API_KEY": "local", "CARTESIA_BASE_URL": cartesia,
            "FIREWORKS_API_KEY": "", "SUPABASE_URL": "", "SUPABASE_SERVICE_ROLE_KEY": "",
            "PHONE_AGENT_HEALTH_PORT": "0",
        }  # fmt: skip
        process.stdin.close()
        process.wait()


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench hosted", description=__doc__)
    parser.add_argument("--calls", type=int, nargs="*", default=[1, 10], help="how many calls at once, round by round")
    parser.add_argument("--turns", type=int, default=300, help="how many turns at each number of calls")
    parser.add_argument("--variant-turns", type=int, default=60, help="how many in each of the other variants")
    parser.add_argument("--variants", nargs="+", choices=list(VARIANTS), default=list(VARIANTS))
    parser.add_argument("--no-page", dest="page", action="store_false", help="not over WebRTC as well")
    parser.add_argument("--seed", type=int, default=1, help="of the providers' delays")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--run-dir", type=Path, help="keep logs and store here")
    return parser.parse_args(words)


if __name__ == "__main__":
    main()
