"""The `phone-agent` command."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from dotenv import load_dotenv
from rich.console import Console
from rich.text import Text

from phone_agent.agents.order import OrderAgent
from phone_agent.commands import callers, calls, menu, messages, operating, provision
from phone_agent.commands.doctor import doctor
from phone_agent.commands.orders import app as orders_app
from phone_agent.commands.understand import understand_lines
from phone_agent.commands.web import web
from phone_agent.ordering.errors import OrderingError, StoreUnavailable
from phone_agent.ordering.menu_file import MenuFileError
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.baresip import SoftphoneError
from phone_agent.rehearsal.call import Switchboard, rehearse
from phone_agent.rehearsal.caller import Entry
from phone_agent.rehearsal.console import converse
from phone_agent.rehearsal.grade import Grade
from phone_agent.rehearsal.report import as_json, print_entry, print_grade
from phone_agent.rehearsal.script import ScriptError, Step, demo_of, script_from
from phone_agent.report.prices import load_prices
from phone_agent.settings import DEMO_PROFILE_ID, RUN_DIR, Settings, SettingsError
from phone_agent.stack import LocalStack, Running, StackError, down, running
from phone_agent.store.open import demo_household, opened_store
from phone_agent.store.seed import DEMO_PHONE
from phone_agent.switchboard import open_switchboard
from phone_agent.telephony.provisioning import ProvisioningError
from phone_agent.telephony.requests import RequestError
from phone_agent.voice.offline.pipeline import in_writing

KNOWN_ERRORS = (
    ScriptError,
    SoftphoneError,
    SettingsError,
    StackError,
    ProvisioningError,
    RequestError,
    MenuFileError,
    OrderingError,
    *callers.KNOWN_ERRORS,
    *calls.KNOWN_ERRORS,
    *messages.KNOWN_ERRORS,
    *operating.KNOWN_ERRORS,
)

app = typer.Typer(help="Takes restaurant orders over the phone.", no_args_is_help=True, pretty_exceptions_enable=False)
app.add_typer(menu.app, name="menu")
app.add_typer(orders_app, name="orders")
app.add_typer(callers.app, name="callers")
app.add_typer(calls.app, name="calls")
app.add_typer(messages.app, name="messages")
app.add_typer(provision.app, name="provision")
app.command("purge")(callers.purge_command)
app.command("web")(web)
app.command()(doctor)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(operating.start)
app.command("backup")(operating.backup_command)
app.command("restore")(operating.restore_command)
screen = Console()


@app.command()
def up(
    detach: Annotated[bool, typer.Option(help="Return when all is ready, and leave it running.")] = False,
    livekit_port: Annotated[int | None, typer.Option(help="Exactly this port for LiveKit.")] = None,
    sip_port: Annotated[int | None, typer.Option(help="Exactly this port for SIP.")] = None,
    lan: Annotated[
        str | None, typer.Option(help="SIP at this address of the machine, or `auto`: its network may call.")
    ] = None,
) -> None:
    """Start Redis, LiveKit, its SIP bridge, the agent and the page on this machine."""
    env = {"DEMO_PROFILE_ID": str(DEMO_PROFILE_ID), "PHONE_AGENT_DEVELOPER_PANEL": "true", **os.environ}
    screen.print("Starting Redis, livekit-server, livekit-sip, the page and the agent …")
    stack = open_switchboard(RUN_DIR, env, livekit_port=livekit_port, sip_port=sip_port, lan=lan, web=True)
    _print_how_to_call(stack)
    if lan:
        screen.print("[yellow]Anybody on this network can call the agent.[/yellow]")
    if detach:
        stack.detach()
        screen.print("Running in the background; `make down` stops it.")
        return
    try:
        _follow_logs(stack)
    except KeyboardInterrupt:
        screen.print("Stopping.")
    finally:
        stack.stop()


@app.command("down")
def stop() -> None:
    """Stop what `up --detach` started."""
    screen.print("Stopped." if down(RUN_DIR) else "Nothing was running.")


app.command("understand")(understand_lines)


@app.command()
def console() -> None:
    """Order by typing, with no server at all; a single digit, * or # is a key press."""
    asyncio.run(_console())


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def call(
    context: typer.Context,
    number: Annotated[str, typer.Option("--from", help="The number that rings, or `withheld`.")] = DEMO_PHONE,
    voice: Annotated[str, typer.Option(help="The caller's voice: rms, kal16 or awb.")] = "rms",
    json_: Annotated[bool, typer.Option("--json", help="One JSON object instead of the live log.")] = False,
    recording: Annotated[Path, typer.Option(help="Where the stereo recording goes.")] = RUN_DIR / "call.wav",
) -> None:
    """Let a simulated caller ring: phone-agent call --say "two pad thai mild" --say "check out" --press 1

    --say and --press are taken in the order in which they stand; without any, the caller orders two dishes.
    """
    script = script_from(context.args)
    found, entries = _rehearse(script, None if number == "withheld" else number, voice, recording, quiet=json_)
    if json_:
        sys.stdout.write(json.dumps(as_json(found, entries), indent=2) + "\n")
    else:
        print_grade(screen, found)
        screen.print(f"The recording (left: caller, right: agent): {recording}")
    if not found.is_ordered:
        raise typer.Exit(1)


def _rehearse(
    script: Sequence[Step], number: str | None, voice: str, recording: Path, *, quiet: bool
) -> tuple[Grade, list[Entry]]:
    """Rings the stack that is running, or one that lasts as long as the call."""
    entries: list[Entry] = []

    def log(entry: Entry) -> None:
        entries.append(entry)
        if not quiet:
            print_entry(screen, entry)

    async def ring(board: Switchboard) -> Grade:
        async with opened_store(Settings.from_env(os.environ)) as store:
            steps = script or demo_of(await store.load_menu())
            return await rehearse(board, store, steps, from_number=number, voice=voice, recording=recording, log=log)

    if (up_already := running(RUN_DIR)) is not None:
        return asyncio.run(ring(_board(up_already))), entries
    if not quiet:
        screen.print("Starting Redis, livekit-server, livekit-sip and the agent …")
    # The rehearsal keeps a recording, and whoever is recorded is told.
    with open_switchboard(RUN_DIR, {"PHONE_AGENT_RECORD": "true", **os.environ}) as stack:
        return asyncio.run(ring(_board(stack))), entries


def _board(stack: LocalStack | Running) -> Switchboard:
    return Switchboard(stack.sip_uri, stack.livekit_url, stack.api_key, stack.api_secret)


async def _console() -> None:
    settings = Settings.from_env(os.environ)
    async with opened_store(settings) as store:
        profile = await demo_household(store, settings)
        arrival = Arrival(room="console", channel="console")
        menu = await store.load_menu()
        call = await open_call(arrival, profile, store, menu, keypad_only=settings.keypad_only)
        call.journal.prices = load_prices(settings)
        await converse(open_session(call, in_writing(call)), OrderAgent(call))


def _print_how_to_call(stack: LocalStack) -> None:
    screen.print(f"\nThe number is [bold]{stack.number}[/bold]. From a softphone dial")
    screen.print(f"  [bold]{stack.sip_uri}[/bold]   (no account, no password, G.711)", soft_wrap=True)
    screen.print("  for example  baresip -n 127.0.0.1 -e '/dial " + stack.sip_uri + "'", soft_wrap=True)
    screen.print("  with a line in its accounts file  <sip:" + DEMO_PHONE + "@127.0.0.1>;regint=0", soft_wrap=True)
    if stack.web_url:
        screen.print(f"From a browser on this machine:  [bold]{stack.web_url}[/bold]", soft_wrap=True)
    screen.print("Or let the simulated caller ring:  phone-agent call")
    screen.print("Orders:  phone-agent orders     Logs: .run/logs/     For programs: .run/stack.json\n")


def _follow_logs(stack: LocalStack) -> None:
    with stack.log_path("agent").open(errors="replace") as log:
        while True:
            for entry in iter(log.readline, ""):
                sys.stdout.write(entry)
            stack.check()
            time.sleep(0.2)


def main() -> None:
    """An error that a person can mend is one line, not a traceback."""
    load_dotenv()
    try:
        app(standalone_mode=True)
    except KNOWN_ERRORS as error:
        Console(stderr=True).print(Text(str(error), style="red"), soft_wrap=True)
        if isinstance(error, StoreUnavailable) and error.advice:
            Console(stderr=True).print(error.advice, soft_wrap=True, markup=False)
        sys.exit(1)
