"""A stack that outlives the command which started it: how it is found again, and stopped."""

from __future__ import annotations

import json
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from phone_agent.stack.control import started_at

STATE = "stack.json"
STOPPING_S = 30


@dataclass(frozen=True)
class Running:
    """What .run/stack.json says about a stack that is alive."""

    run_dir: Path
    supervisor_pid: int
    sip_uri: str
    livekit_url: str
    api_key: str
    api_secret: str
    number: str
    web_url: str | None
    """None: no page is served."""


def read_state(run_dir: Path) -> dict[str, Any] | None:
    path = run_dir / STATE
    return dict(json.loads(path.read_text())) if path.exists() else None


def running(run_dir: Path) -> Running | None:
    state = read_state(run_dir)
    if state is None or _process(state["supervisor"]) is None:
        return None
    return Running(
        run_dir=run_dir,
        supervisor_pid=state["supervisor"]["pid"],
        web_url=state.get("web_url"),
        **{name: state[name] for name in ("sip_uri", "livekit_url", "api_key", "api_secret", "number")},
    )


def down(run_dir: Path) -> bool:
    """Stops the stack of run_dir, and only that; False where there was none."""
    state = read_state(run_dir)
    if state is None:
        return False
    supervisor = _process(state["supervisor"])
    if supervisor is not None:
        supervisor.send_signal(signal.SIGTERM)
        _wait(supervisor)
    left = [process for entry in state["servers"].values() if (process := _process(entry))]
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    (run_dir / STATE).unlink(missing_ok=True)
    return supervisor is not None or bool(left)


def _process(entry: dict[str, Any]) -> psutil.Process | None:
    """The process that was recorded, never another one that has its number by now."""
    if started_at(entry["pid"]) != entry["started"]:
        return None
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(entry["pid"])
        return process if process.status() != psutil.STATUS_ZOMBIE else None
    return None


def _wait(process: psutil.Process) -> None:
    try:
        process.wait(STOPPING_S)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(STOPPING_S)
