"""`phone-agent callers`: PINs, being forgotten, and what callers told; and `purge`."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from phone_agent.callers.caller import to_e164
from phone_agent.callers.pin import DIGITS, PinError, hashed, random_pin
from phone_agent.chores.privacy import purge, purge_recordings
from phone_agent.settings import RUN_DIR, Settings
from phone_agent.store.open import run_with_store

Number = Annotated[str, typer.Argument(help="The caller's telephone number.")]

app = typer.Typer(help="Callers: their PINs, and what is kept of them.", no_args_is_help=True)
screen = Console()


class CallerError(ValueError):
    """What staff asked for cannot be done, as a sentence."""


@app.command("pin")
def set_pin(
    number: Number,
    generate: Annotated[bool, typer.Option("--generate", help="Make one up and print it once.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="The number has no PIN any more.")] = False,
) -> None:
    """Set a caller's PIN, after you have made sure who it is; a phone number alone is no proof."""
    if generate and remove:
        raise CallerError("--generate and --remove exclude each other.")
    phone = e164_of(number)
    if remove:
        run_with_store(lambda store: store.save_pin(phone, None))
        screen.print("The PIN is removed.")
        return
    pin = random_pin() if generate else typer.prompt(f"{DIGITS} digits", hide_input=True, confirmation_prompt=True)
    pin_hash = hashed(pin)
    run_with_store(lambda store: store.save_pin(phone, pin_hash))
    screen.print(f"The PIN is {pin}: tell it to the caller; it is shown this once." if generate else "The PIN is set.")


@app.command()
def forget(
    number: Number, yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to delete it.")] = False
) -> None:
    """Delete what is kept of a number; its orders stay, with dishes and amounts only."""
    phone = e164_of(number)
    if not yes:
        typer.confirm(f"Delete what is kept of {phone}? It cannot be brought back", abort=True)
    was_known = run_with_store(lambda store: store.forget(phone, now=datetime.now(UTC)))
    screen.print("Forgotten." if was_known else "Nothing is kept of that number.")


@app.command()
def feedback(limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 20) -> None:
    """What callers told the restaurant: problems with orders, praise, wishes."""
    told = run_with_store(lambda store: store.find_feedback(limit=limit))
    if not told:
        screen.print("Nobody has told anything yet.")
        return
    table = Table("when", "mood", "what was said", "order")
    for one in told:
        words = escape(one.notes) if one.notes else "(no words)"
        table.add_row(f"{one.at:%Y-%m-%d %H:%M} UTC", one.sentiment, words, one.order_id or "")
    screen.print(table)


def purge_command() -> None:
    """Delete transcripts and recordings that are older than PHONE_AGENT_KEEP_DAYS."""
    keep_days = Settings.from_env(os.environ).keep_days
    lines = run_with_store(lambda store: purge(store, datetime.now(UTC), keep_days))
    recordings = purge_recordings(RUN_DIR, datetime.now(UTC), keep_days)
    screen.print(
        f"{lines} lines of transcripts and {recordings} recordings older than {keep_days} days are deleted.",
        soft_wrap=True,
    )


def e164_of(number: str) -> str:
    """Raises CallerError."""
    phone = to_e164(number)
    if phone is None:
        raise CallerError(f"{number} is no telephone number.")
    return phone


KNOWN_ERRORS = (CallerError, PinError)
