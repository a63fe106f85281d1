"""A restaurant with a phone agent that can call out, to one port of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from phone_agent.stack.ports import free_port
from phone_agent.switchboard import open_switchboard
from tests.stack.calls import Line

STAFF = ("+14075550133", "+14075550134")
RING_SECONDS = 3
RETRY_SECONDS = 1.5


@dataclass(frozen=True)
class House:
    line: Line
    staff_port: int
    """Where every phone is that the agent calls."""


def open_house(folder: Path, transfer: str) -> Iterator[House]:
    database, port = folder / "orders.sqlite3", free_port()
    env = {
        **os.environ,
        "PHONE_AGENT_DATABASE": str(database),
        "PHONE_AGENT_TRANSFER": transfer,
        "PHONE_AGENT_STAFF_NUMBERS": ",".join(STAFF),
        "PHONE_AGENT_RING_SECONDS": str(RING_SECONDS),
        "PHONE_AGENT_READY_RING_SECONDS": str(RING_SECONDS),
        "PHONE_AGENT_READY_RETRY_MINUTES": str(RETRY_SECONDS / 60),
        "PHONE_AGENT_QUIET_HOURS": "00:00-00:00",
        "PHONE_AGENT_OUTBOUND_ADDRESS": f"127.0.0.1:{port}",
    }
    with open_switchboard(folder, env) as stack:
        yield House(Line(stack, database), port)
