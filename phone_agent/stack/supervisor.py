"""The process that owns the servers: it starts them, reaps them, and stops them when its starter is gone."""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psutil

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
TICK_S = 0.25
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    process: subprocess.Popen[bytes]
    stop_signal: int
    patience_s: float

    @property
    def pid(self) -> int:
        return self.process.pid


class Supervisor:
    """Runs with no thread of its own: the kernel ties PR_SET_PDEATHSIG to the thread that forks."""

    def __init__(self, starter: socket.socket, heir: int) -> None:
        self.starter: socket.socket | None = starter
        self.heir = heir
        self.parent = os.getppid()
        self.children: dict[str, Child] = {}
        self.held: list[socket.socket] = []
        self.unread = b""

    def watch(self) -> None:
        """Until told to close, or until the starter has gone without having said detach."""
        while self._starter_lives():
            self.reap()
            if self.starter is None:
                time.sleep(TICK_S)
            elif select.select([self.starter], [], [], TICK_S)[0] and not self._listen(self.starter):
                return

    def _starter_lives(self) -> bool:
        return self.starter is None or os.getppid() == self.parent

    def _listen(self, starter: socket.socket) -> bool:
        received = starter.recv(65536)
        self.unread += received
        while b"\n" in self.unread:
            line, self.unread = self.unread.split(b"\n", 1)
            request = json.loads(line)
            if request["do"] == "close":
                self.stop_all()
            starter.sendall(json.dumps(self._answer(request)).encode() + b"\n")
            if request["do"] == "close":
                return False
            if request["do"] == "detach":
                self.starter = None
                return True
        return bool(received)

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        match request["do"]:
            case "run":
                return self._run(request)
            case "hold":
                return self._hold(request["port"])
            case "stop":
                self._stop(self.children.pop(request["name"]))
        return {"exited": {name: c.process.returncode for name, c in self.children.items() if not _runs(c)}}

    def _run(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            with open(request["log"], "ab") as log:
                process = subprocess.Popen(
                    request["command"],
                    env=request["env"],
                    cwd=request["cwd"],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=_die_with(os.getpid()) if LIBC else None,  # noqa: PLW1509 -- no thread runs here
                )
        except OSError as error:
            return {"error": f"{error.strerror}: {error.filename}"}
        self.children[request["name"]] = Child(process, request["stop_signal"], request["patience_s"])
        os.write(self.heir, f"+{process.pid}\n".encode())
        return {"pid": process.pid}

    def _hold(self, port: int) -> dict[str, Any]:
        guard = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.held.append(guard)
        try:
            guard.bind(("127.0.0.1", port))
        except OSError as error:
            return {"error": f"{error.strerror}: port {port}"}
        return {}

    def reap(self) -> None:
        """Also those who were adopted because their own parent has died."""
        by_pid = {child.pid: child for child in self.children.values()}
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if child := by_pid.get(ended[0]):
                    child.process.returncode = os.waitstatus_to_exitcode(ended[1])
                    self._kill_group(child)

    def stop_all(self) -> None:
        """The last started first; then whatever any of them has left behind."""
        for name in reversed(list(self.children)):
            self._stop(self.children.pop(name))
        for left in psutil.Process().children(recursive=True):
            _kill(left)
        self.reap()

    def _stop(self, child: Child) -> None:
        if not _runs(child):
            return
        descendants = psutil.Process(child.pid).children(recursive=True)
        child.process.send_signal(child.stop_signal)
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(child.patience_s)
        self._kill_group(child)
        for process in descendants:
            _kill(process)
        child.process.wait()

    def _kill_group(self, child: Child) -> None:
        _kill_all_of(child.pid)
        os.write(self.heir, f"-{child.pid}\n".encode())


def start_heir() -> int:
    """Forks a process that ends every group should the supervisor be killed; the pipe on which it hears of them."""
    reading, writing = os.pipe()
    if os.fork():
        os.close(reading)
        return writing
    os.close(writing)
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    groups: set[int] = set()
    with os.fdopen(reading) as wills:
        for will in wills:
            (groups.add if will[0] == "+" else groups.discard)(int(will[1:]))
    for group in groups:
        _kill_all_of(group)
    os._exit(0)


def _kill_all_of(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _kill(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.kill()


def _runs(child: Child) -> bool:
    return child.process.returncode is None


def _die_with(parent: int) -> Callable[[], None]:
    def in_child() -> None:
        assert LIBC is not None
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return in_child


def main(descriptor: int) -> None:
    starter = socket.socket(fileno=descriptor)
    heir = start_heir()
    if LIBC:
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    supervisor = Supervisor(starter, heir)
    try:
        with suppress(ConnectionError):
            supervisor.watch()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        supervisor.stop_all()


if __name__ == "__main__":
    main(int(sys.argv[1]))
