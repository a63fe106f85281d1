"""The starter's end of the supervisor: asks it to run, stop and watch processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from phone_agent.stack import supervisor
from phone_agent.stack.errors import ServerFailedError, StackError

CLOSING_S = 30


class Control:
    """One supervisor process; everything it runs ends with it, and it ends with this process."""

    def __init__(self, log: Path) -> None:
        ours, theirs = socket.socketpair()
        with theirs, log.open("ab") as output:
            # -P: the folder of the script must not stand in for modules of the standard library.
            self._process = subprocess.Popen(
                [sys.executable, "-P", supervisor.__file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._line = ours.makefile("rwb")
        self._socket = ours
        self._lock = threading.Lock()
        self._log = log
        self.pids: dict[str, int] = {}

    @property
    def pid(self) -> int:
        return self._process.pid

    def run(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        log: Path,
        stop_signal: signal.Signals,
        patience_s: float,
    ) -> int:
        answer = self._ask(
            do="run",
            name=name,
            command=list(command),
            env=dict(env),
            cwd=str(cwd),
            log=str(log),
            stop_signal=int(stop_signal),
            patience_s=patience_s,
        )
        if "error" in answer:
            raise ServerFailedError(name, f"could not be run ({answer['error']})", log)
        self.pids[name] = int(answer["pid"])
        return self.pids[name]

    def hold(self, port: int) -> None:
        answer = self._ask(do="hold", port=port)
        if "error" in answer:
            raise StackError(answer["error"])

    def exited(self) -> dict[str, int]:
        """The names of those that have ended of themselves, with their exit status."""
        return dict(self._ask(do="status")["exited"])

    def stop(self, name: str) -> None:
        self._ask(do="stop", name=name)
        del self.pids[name]

    def detach(self) -> None:
        """From now on the supervisor outlives this process."""
        self._ask(do="detach")
        self._hang_up()

    def close(self) -> None:
        """Ends everything; also where the supervisor itself has been killed."""
        groups = list(self.pids.values())
        with suppress(StackError):
            self._ask(do="close")
        self._hang_up()
        # One that was detached does not mind the hanging up.
        self._process.terminate()
        try:
            killed = self._process.wait(CLOSING_S) < 0
        except subprocess.TimeoutExpired:
            self._process.kill()
            killed = True
        if killed:
            _kill_groups(groups)
        self.pids.clear()

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._line.close()
        self._socket.close()

    def _ask(self, **request: object) -> dict[str, Any]:
        with self._lock:
            try:
                self._line.write(json.dumps(request).encode() + b"\n")
                self._line.flush()
                answer = self._line.readline()
            except (OSError, ValueError) as error:
                raise ServerFailedError("The supervisor", "has gone", self._log) from error
        if not answer:
            raise ServerFailedError("The supervisor", "has gone", self._log)
        return dict(json.loads(answer))


def _kill_groups(groups: Sequence[int]) -> None:
    """Each server leads a group of its own; with the supervisor dead nobody else would end what they started."""
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def started_at(pid: int) -> float | None:
    """Together with the number it names a process for good: numbers are used again."""
    with suppress(psutil.NoSuchProcess):
        return float(psutil.Process(pid).create_time())
    return None
