"""The `phone-agent` command."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from dotenv import load_dotenv
from rich.console import Console
from rich.table import Table

from phone_agent.agent import open_session
from phone_agent.agents.order import OrderAgent
from phone_agent.call import Arrival, open_call
from phone_agent.ordering.errors import OrderingError
from phone_agent.ordering.menu_file import MenuFileError
from phone_agent.ordering.wording import format_usd
from phone_agent.rehearsal.console import converse
from phone_agent.settings import DEMO_PROFILE_ID, Settings, SettingsError
from phone_agent.stack import LocalStack, StackError, down
from phone_agent.store.open import open_store
from phone_agent.switchboard import open_switchboard
from phone_agent.telephony.provisioning import ProvisioningError
from phone_agent.telephony.requests import RequestError
from phone_agent.voice.offline.pipeline import in_writing

RUN_DIR = Path(".run")
KNOWN_ERRORS = (SettingsError, StackError, ProvisioningError, RequestError, MenuFileError, OrderingError)

app = typer.Typer(help="Takes restaurant orders over the phone.", no_args_is_help=True, pretty_exceptions_enable=False)
screen = Console()


@app.command()
def up(
    detach: Annotated[bool, typer.Option(help="Return when all is ready, and leave it running.")] = False,
    livekit_port: Annotated[int | None, typer.Option(help="Exactly this port for LiveKit.")] = None,
    sip_port: Annotated[int | None, typer.Option(help="Exactly this port for SIP.")] = None,
) -> None:
    """Start Redis, LiveKit, its SIP bridge and the agent on this machine."""
    env = {"DEMO_PROFILE_ID": str(DEMO_PROFILE_ID), **os.environ}
    screen.print("Starting Redis, livekit-server, livekit-sip and the agent …")
    stack = open_switchboard(RUN_DIR, env, livekit_port=livekit_port, sip_port=sip_port)
    _print_how_to_call(stack)
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


@app.command()
def console() -> None:
    """Order by typing, with no server at all; a single digit, * or # is a key press."""
    asyncio.run(_console())


@app.command()
def orders(limit: Annotated[int, typer.Option(help="How many.")] = 20) -> None:
    """The newest orders in the store."""
    asyncio.run(_orders(limit))


async def _console() -> None:
    settings = Settings.from_env(os.environ)
    store = await open_store(settings)
    try:
        profile = await store.load_profile(str(settings.demo_profile_id)) if settings.demo_profile_id else None
        arrival = Arrival(room="console", channel="console")
        menu = await store.load_menu()
        call = await open_call(arrival, profile, store, menu, keypad_only=settings.keypad_only)
        await converse(open_session(call, in_writing(call)), OrderAgent(call))
    finally:
        await store.close()


async def _orders(limit: int) -> None:
    store = await open_store(Settings.from_env(os.environ))
    try:
        table = Table("Number", "Restaurant", "Dishes", "Total", "Status", "Placed", "Confirmed by")
        for order in await store.find_orders(limit=limit):
            dishes = ", ".join(f"{line.quantity} {line.name}" for line in order.lines)
            placed = f"{order.placed_at:%Y-%m-%d %H:%M}"
            total = format_usd(order.totals.total_cents)
            number = f"{order.number:03}"
            table.add_row(number, order.restaurant_name, dishes, total, order.status, placed, order.confirmed_by)
        screen.print(table)
    finally:
        await store.close()


def _print_how_to_call(stack: LocalStack) -> None:
    screen.print(f"\nThe number is [bold]{stack.number}[/bold]. From a softphone on this machine dial")
    screen.print(f"  [bold]{stack.sip_uri}[/bold]   (no account, no password, G.711)", soft_wrap=True)
    screen.print("  for example  baresip -e '/dial " + stack.sip_uri + "'", soft_wrap=True)
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
        Console(stderr=True).print(f"[red]{error}[/red]", soft_wrap=True)
        sys.exit(1)
