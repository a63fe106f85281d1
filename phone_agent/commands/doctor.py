"""`phone-agent doctor`: what is wrong, and the command that mends it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import warnings
from typing import Annotated

import typer
from jwt.warnings import InsecureKeyLengthWarning
from rich.console import Console
from rich.markup import escape

from phone_agent.doctor.admission import ward_of
from phone_agent.doctor.examination import examine, settings_or_findings, worst_of
from phone_agent.doctor.findings import Found, Level, Ward
from phone_agent.settings import Settings

screen = Console(soft_wrap=True, highlight=False)
COLOURS = {Level.OK: "green", Level.WARNING: "yellow", Level.FAILURE: "red"}
WIDTH = 20


def doctor(
    online: Annotated[
        bool, typer.Option("--online", help="Also try each provider's key, with a call that costs nothing.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="One JSON object for programs.")] = False,
    sip: Annotated[str | None, typer.Option(help="Where livekit-sip listens for UDP: HOST or HOST:PORT.")] = None,
    caller: Annotated[
        str | None, typer.Option("--from", help="An address (IP) whose calls ought to be let in.")
    ] = None,
) -> None:
    """Say what is wrong, and what mends it: one line per check; exit with 1 where something fails."""
    settings = settings_or_findings(os.environ)
    if isinstance(settings, Settings):
        ward = ward_of(settings, sip=sip, caller=caller, online=online)
        with warnings.catch_warnings():
            # The defaults of a development server are short; PyJWT would say so between the lines.
            warnings.simplefilter("ignore", InsecureKeyLengthWarning)
            found = asyncio.run(_examine(ward, quiet=json_))
    else:
        found = [settings]
        if not json_:
            _print(settings)
    if json_:
        sys.stdout.write(json.dumps(_as_json(found), indent=2, ensure_ascii=False) + "\n")
    if worst_of(found) is Level.FAILURE:
        raise typer.Exit(1)


async def _examine(ward: Ward, *, quiet: bool) -> list[Found]:
    found = []
    async for one in examine(ward):
        found.append(one)
        if not quiet:
            _print(one)
    return found


def _print(found: Found) -> None:
    finding = found.finding
    mend = f" → {finding.mend}" if finding.mend else ""
    level = f"[{COLOURS[finding.level]}]{finding.level:<7}[/]"
    screen.print(f"{level} {found.check:<{WIDTH}} {escape(finding.words + mend)}")


def _as_json(found: list[Found]) -> dict[str, object]:
    checks = [
        {"check": one.check, "level": one.finding.level, "words": one.finding.words, "mend": one.finding.mend,
         **({"facts": dict(one.finding.facts)} if one.finding.facts else {})}
        for one in found
    ]  # fmt: skip
    return {"verdict": worst_of(found), "checks": checks}
