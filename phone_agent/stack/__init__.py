"""The servers of one machine: Redis, LiveKit's server and its SIP bridge, started, watched and stopped together."""

from phone_agent.stack.daemon import Running, down, running
from phone_agent.stack.errors import (
    AlreadyRunningError,
    MissingProgramError,
    PortTakenError,
    ServerFailedError,
    StackError,
)
from phone_agent.stack.local import LocalStack

__all__ = [
    "AlreadyRunningError",
    "LocalStack",
    "MissingProgramError",
    "PortTakenError",
    "Running",
    "ServerFailedError",
    "StackError",
    "down",
    "running",
]
