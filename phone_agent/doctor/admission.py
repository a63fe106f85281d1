"""Who is examined: the stack of `make up` where it runs, else what the settings name."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psutil

from phone_agent.doctor.findings import SIP_PORT, SipAddress, Ward
from phone_agent.settings import RUN_DIR, Settings
from phone_agent.stack.daemon import Running, read_state, running

LOOPBACK = "127.0.0.1"


def ward_of(
    settings: Settings,
    *,
    sip: str | None = None,
    caller: str | None = None,
    online: bool = False,
    run_dir: Path = RUN_DIR,
) -> Ward:
    stack = running(run_dir)
    if stack is None:
        address = sip_address_of(sip or default_sip_host(settings))
        return Ward(settings, address, (settings.health_host, settings.health_port), run_dir, online, caller=caller)
    theirs = {
        "livekit_url": stack.livekit_url,
        "livekit_api_key": stack.api_key,
        "livekit_api_secret": stack.api_secret,
    }
    address = sip_address_of(sip or stack.sip_uri.rpartition("@")[2])
    found = settings.model_copy(update=theirs)
    return Ward(found, address, _health_of(stack), run_dir, online, is_local=True, caller=caller or LOOPBACK)


def default_sip_host(settings: Settings) -> str | None:
    """LiveKit Cloud has its SIP service elsewhere, at an address of the project's own."""
    ward = Ward(settings)
    return None if settings.is_in_the_cloud else ward.host


def sip_address_of(text: str | None) -> SipAddress | None:
    if not text:
        return None
    host, colon, port = text.removeprefix("sip:").partition(":")
    return SipAddress(host, int(port) if colon and port.isdigit() else SIP_PORT)


def _health_of(stack: Running) -> tuple[str, int] | None:
    """`make up` lets the worker take a free port: the only one on which the agent's process listens."""
    state = read_state(stack.run_dir) or {}
    with suppress(psutil.Error, KeyError):
        for connection in psutil.Process(state["servers"]["agent"]["pid"]).net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN:
                return str(connection.laddr.ip), int(connection.laddr.port)
    return None
