"""What calls cost the machine: which processes serve them, their time on the processor, their private memory."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

BYTES_PER_MB = 1_000_000
LOOK_S = 0.01
SERVERS = ("livekit-sip", "livekit-server")
ROLES = ("job", *SERVERS, "worker")
"""`worker` is the rest of the agent: the process that takes jobs, and those kept warm."""


@dataclass(frozen=True)
class Load:
    """Seconds on the processor so far, by process and role."""

    at: float
    seconds: Mapping[tuple[str, int], float]


class Machine:
    def __init__(self, pids: Mapping[str, int], livekit_port: int) -> None:
        self._agent = psutil.Process(pids["agent"])
        self._servers = {name: psutil.Process(pids[name]) for name in SERVERS}
        self._livekit_port = livekit_port

    def jobs(self) -> list[psutil.Process]:
        """Of the agent's children, those that are in a room: they are connected to LiveKit's server."""
        found = []
        for child in self._agent.children(recursive=True):
            with suppress(psutil.Error):
                if any(c.raddr and c.raddr.port == self._livekit_port for c in child.net_connections("tcp")):
                    found.append(child)
        return found

    def private_mb(self, jobs: Sequence[psutil.Process]) -> list[float]:
        memory = []
        for job in jobs:
            with suppress(psutil.Error):
                memory.append(job.memory_full_info().uss / BYTES_PER_MB)
        return memory

    def load(self, jobs: Sequence[psutil.Process]) -> Load:
        pids = {job.pid for job in jobs}
        family = (self._agent, *self._agent.children(recursive=True))
        roles = [("job" if process.pid in pids else "worker", process) for process in family]
        seconds: dict[tuple[str, int], float] = {}
        for role, process in [*roles, *self._servers.items()]:
            with suppress(psutil.Error):
                spent = process.cpu_times()
                seconds[role, process.pid] = spent.user + spent.system
        return Load(time.monotonic(), seconds)


def percent_of_core(before: Load, after: Load, calls: int) -> dict[str, float]:
    """Per call and role; a process that ended in between is left out, a new one counts whole."""
    spent: defaultdict[str, float] = defaultdict(float)
    for key, seconds in after.seconds.items():
        spent[key[0]] += seconds - before.seconds.get(key, 0.0)
    return {role: 100 * spent[role] / (after.at - before.at) / calls for role in ROLES}


def has_ended(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def until_ended(processes: Sequence[psutil.Process], patience_s: float) -> float | None:
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if all(has_ended(process) for process in processes):
            return time.monotonic()
        await asyncio.sleep(LOOK_S)
    return None
