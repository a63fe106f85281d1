"""Which ports a stack takes: the usual ones, else the next that are free; two stacks never choose at once."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from phone_agent.stack.errors import PortTakenError, StackError

LOOPBACK = "127.0.0.1"
LIVEKIT_PORT = 7880
MEDIA_PORT = 7882
SIP_PORT = 5060
REDIS_PORT = 16379
WEB_PORT = 8080
RTP_FIRST, RTP_LAST, RTP_BLOCK = 10000, 20000, 400
TRIES = 200


@dataclass(frozen=True)
class Ports:
    redis: int
    livekit: int
    media: int
    sip: int
    rtp_guard: int
    """Held open while the stack lives: it marks the block of RTP ports behind it as taken."""
    web: int = WEB_PORT
    sip_host: str = LOOPBACK
    """Where SIP listens; all else is loopback's."""

    @property
    def rtp(self) -> str:
        return f"{self.rtp_guard + 2}-{self.rtp_guard + RTP_BLOCK - 2}"


@contextmanager
def choosing(path: Path | None = None) -> Iterator[None]:
    """Held from the choice of ports until the servers have bound them."""
    path = path or Path(tempfile.gettempdir()) / f"phone-agent-ports-{os.getuid()}.lock"
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def choose_ports(livekit_port: int | None = None, sip_port: int | None = None, web_port: int = WEB_PORT) -> Ports:
    """A port that is asked for by number is that one or an error; the others give way."""
    livekit = _demanded("LiveKit", livekit_port) if livekit_port else _next_free(LIVEKIT_PORT)
    sip = _demanded("SIP", sip_port) if sip_port else _next_free(SIP_PORT)
    taken = {livekit, sip}
    media = _next_free(MEDIA_PORT, taken)
    redis = _next_free(REDIS_PORT, taken | {media})
    web = _next_free(web_port or WEB_PORT, taken | {media, redis})
    return Ports(redis=redis, livekit=livekit, media=media, sip=sip, rtp_guard=_free_rtp_block(), web=web)


def reached_at(host: str) -> str:
    """Where this machine reaches what listens there: a server of every address is at loopback too."""
    return {"": LOOPBACK, "0.0.0.0": LOOPBACK, "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def host_in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def free_port() -> int:
    """Any free TCP port, for a server whose port nobody needs to know beforehand."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """For TCP and UDP both, because SIP listens on both."""
    return _can_bind(port, socket.SOCK_STREAM) and _can_bind(port, socket.SOCK_DGRAM)


def holder_of(port: int) -> str:
    with suppress(psutil.Error):
        for connection in psutil.net_connections("inet"):
            bound = connection.laddr and connection.laddr.port == port
            if bound and connection.status in (psutil.CONN_LISTEN, psutil.CONN_NONE) and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    return "a process of another user"


def _demanded(name: str, port: int) -> int:
    if not is_free(port):
        raise PortTakenError(name, port, holder_of(port))
    return port


def _next_free(first: int, taken: set[int] | frozenset[int] = frozenset()) -> int:
    return _first((p for p in range(first, first + TRIES) if p not in taken), is_free, f"from {first} on")


def _free_rtp_block() -> int:
    return _first(
        iter(range(RTP_FIRST, RTP_LAST, RTP_BLOCK)),
        lambda port: _can_bind(port, socket.SOCK_DGRAM),
        f"for RTP between {RTP_FIRST} and {RTP_LAST}",
    )


def _first(candidates: Iterator[int], fits: Callable[[int], bool], where: str) -> int:
    found = next((port for port in candidates if fits(port)), None)
    if found is None:
        raise StackError(f"There is no free port {where}.")
    return found


def _can_bind(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            # A connection that was closed a moment ago must not make its port look taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
