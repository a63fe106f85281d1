"""`phone-agent start`, `backup` and `restore`: running the worker, and keeping its store."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from phone_agent.settings import Settings
from phone_agent.store.backup import BackupError, back_up, refuse_if_used, restore

AGENT = "phone_agent.agent"
SUPABASE_HAS_ITS_OWN = "The store is Supabase: see docs/operating.md for pg_dump."
screen = Console(soft_wrap=True, highlight=False)
File = Annotated[Path, typer.Argument(metavar="FILE")]


def start(context: typer.Context) -> None:
    """Run the agent's worker, as `python phone_agent/agent.py start` does; SIGTERM lets running calls end."""
    # In this process's place: signals of systemd or a container reach the worker itself.
    os.execv(sys.executable, [sys.executable, "-m", AGENT, "start", *context.args])  # noqa: S606 - no shell is meant


def backup_command(file: File) -> None:
    """Copy the SQLite store into FILE, also while calls come in."""
    settings = _with_a_file()
    size = back_up(Path(settings.database), file)
    screen.print(f"{settings.database} is kept in {file} ({size:,} bytes).", markup=False)


def restore_command(
    file: File, yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether to replace what is there.")] = False
) -> None:
    """Put the back-up FILE in the store's place; what is there is kept beside it first. Stop the worker before."""
    settings = _with_a_file()
    database = Path(settings.database)
    refuse_if_used(database)
    if not yes:
        typer.confirm(f"Replace {database} by {file}?", abort=True)
    if database.exists():
        before = database.with_name(f"{database.name}.before-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
        back_up(database, before)
        screen.print(f"What was there is in {before}.", markup=False)
    restore(file, database)
    screen.print(f"{database} is as {file} was.", markup=False)


def _with_a_file() -> Settings:
    """Raises BackupError."""
    settings = Settings.from_env(os.environ)
    if settings.supabase_url:
        raise BackupError(SUPABASE_HAS_ITS_OWN)
    return settings


KNOWN_ERRORS = (BackupError,)
