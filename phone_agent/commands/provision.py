"""`phone-agent provision`: LiveKit's trunks and rule, and Twilio's trunk and number; also scripts/provision_sip.py."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated

import typer

from phone_agent.settings import Settings
from phone_agent.telephony.halves import Half, Line
from phone_agent.telephony.plan import Step
from phone_agent.telephony.provisioning import ProvisioningError, numbers_of_menu
from phone_agent.telephony.requests import RequestError
from phone_agent.telephony.told import as_json, lines_of_outcome, lines_of_plan
from phone_agent.telephony.twilio_side import numbers_for_sale

KNOWN_ERRORS = (RequestError, ProvisioningError)

Json = Annotated[bool, typer.Option("--json", help="One JSON document instead of lines.")]
Adopt = Annotated[bool, typer.Option("--adopt", help="Take over what others made and what stands in the way.")]
Yes = Annotated[bool, typer.Option("--yes", help="Buy and delete without asking.")]

app = typer.Typer(help="From a phone number to the agent: trunks, rule and number.", pretty_exceptions_enable=False)


@app.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """With no command: apply, but nothing is bought or deleted."""
    if context.invoked_subcommand is None:
        # What is left over does no harm to calls; a number that is missing does.
        _report_outcome(asyncio.run(_applied(adopt=False, may=lambda step: False)), as_one=False, kept=("delete",))


@app.command("plan")
def show_plan(json_: Json = False, adopt: Adopt = False) -> None:
    """What apply would do; nothing is changed."""
    halves = asyncio.run(_planned(adopt))
    _print(as_json(halves) if json_ else "\n".join(lines_of_plan(halves)))
    if any(half.plan.problems for half in halves):
        raise typer.Exit(1)


@app.command()
def apply(json_: Json = False, adopt: Adopt = False, yes: Yes = False) -> None:
    """Make it so; asks before it buys or deletes."""
    _report_outcome(asyncio.run(_applied(adopt=adopt, may=_asking(yes))), as_one=json_)


@app.command()
def verify(json_: Json = False) -> None:
    """Whether all is as wanted; exit status 1 where it is not."""
    halves = asyncio.run(_planned(adopt=False))
    _print(as_json(halves) if json_ else "\n".join(lines_of_plan(halves)))
    if not all(half.plan.is_empty for half in halves):
        raise typer.Exit(1)


@app.command()
def destroy(
    json_: Json = False,
    yes: Yes = False,
    release: Annotated[
        bool, typer.Option("--release-number", help="Give the number that was bought here back, for ever.")
    ] = False,
) -> None:
    """Delete what was made here, and nothing else. A number stays, unless it is to be released."""
    asking = _asking(yes)
    may = lambda step: (release or step.action != "release") and asking(step)  # noqa: E731
    _report_outcome(asyncio.run(_destroyed(may)), as_one=json_, kept=("release",))


@app.command("numbers")
def show_numbers(
    area_code: Annotated[str, typer.Option(help="Three digits, in North America.")] = "",
    country: Annotated[str, typer.Option(help="Two letters.")] = "US",
) -> None:
    """Numbers that Twilio sells: set TWILIO_PHONE_NUMBER to one of them, and apply buys it."""
    found = asyncio.run(numbers_for_sale(Settings.from_env(os.environ), country, area_code))
    _print("\n".join(found) or "None are for sale there.")


async def _line() -> Line:
    settings = Settings.from_env(os.environ)
    return Line(settings, tuple(await numbers_of_menu(settings)))


async def _planned(adopt: bool) -> list[Half]:
    return await (await _line()).plan(adopt=adopt)


async def _applied(*, adopt: bool, may: Callable[[Step], bool]) -> list[Half]:
    return await (await _line()).apply(adopt=adopt, may=may)


async def _destroyed(may: Callable[[Step], bool]) -> list[Half]:
    return await (await _line()).destroy(may=may)


def _asking(yes: bool) -> Callable[[Step], bool]:
    def may(step: Step) -> bool:
        which = f" ({step.found.id})" if step.found else ""
        # On stderr: with --json the rest is one document.
        asked = f"{step.action} {step.key.kind} {step.key.name}{which}?"
        return yes or (sys.stdin.isatty() and typer.confirm(asked, err=True))

    return may


def _report_outcome(halves: Sequence[Half], *, as_one: bool, kept: Sequence[str] = ()) -> None:
    _print(as_json(halves) if as_one else "\n".join(lines_of_outcome(halves)))
    left = [step for step in _left(halves) if step.action not in kept]
    if left or any(half.plan.problems for half in halves):
        if left:
            sys.stderr.write(
                "Not all is done: `phone-agent provision apply` asks for the rest, with --yes it does not ask.\n"
            )
        raise typer.Exit(1)


def _left(halves: Sequence[Half]) -> Iterator[Step]:
    for half in halves:
        yield from [] if half.outcome is None else half.outcome.left


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
