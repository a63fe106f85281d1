"""What can go wrong with the local servers, each as a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

TAIL_LINES = 20


class StackError(Exception):
    """The local servers cannot do what was asked."""


class MissingProgramError(StackError):
    def __init__(self, program: str) -> None:
        super().__init__(f"{program} is not there: run `make setup`.")
        self.program = program


class AlreadyRunningError(StackError):
    def __init__(self, run_dir: Path, pid: int) -> None:
        super().__init__(f"The servers of {run_dir} are running already (process {pid}): `make down` stops them.")
        self.pid = pid


class PortTakenError(StackError):
    def __init__(self, name: str, port: int, holder: str) -> None:
        super().__init__(f"{name} cannot have port {port}: it is taken by {holder}.")
        self.port = port


class ServerFailedError(StackError):
    """One server did not start or has ended; carries the end of its log."""

    def __init__(self, name: str, reason: str, log: Path) -> None:
        end = tail(log)
        super().__init__(f"{name} {reason}. The end of {log}:\n{end}" if end else f"{name} {reason}; {log} is empty.")
        self.name = name
        self.log = log


def tail(log: Path, lines: int = TAIL_LINES) -> str:
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
