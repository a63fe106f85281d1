"""Who is examined: the stack of `make up` where it runs, else what the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from phone_agent.doctor.findings import SIP_PORT, SipAddress, Ward
from phone_agent.settings import RUN_DIR, Settings
from phone_agent.stack.daemon import read_state, running

LOOPBACK = "127.0.0.1"


def ward_of(
    settings: Settings,
    *,
    sip: str | None = None,
    caller: str | None = None,
    online: bool = False,
    run_dir: Path = RUN_DIR,
) -> Ward:
    speaks_udp = settings.sip_transport == "udp"
    ward = Ward(
        settings,
        sip_address_of(sip or (default_sip_host(settings) if speaks_udp else None)),
        (settings.health_host, settings.health_port),
        run_dir=run_dir,
        online=online,
        caller=caller,
        sip_username=settings.inbound_username or "",
        sip_password=settings.inbound_password or "",
    )
    stack = running(run_dir)
    if stack is None:
        return ward
    theirs = {
        "livekit_url": stack.livekit_url,
        "livekit_api_key": stack.api_key,
        "livekit_api_secret": stack.api_secret,
    }
    return replace(
        ward,
        settings=settings.model_copy(update=theirs),
        sip=sip_address_of(sip or stack.sip_uri.rpartition("@")[2]),
        health=_health_of(read_state(run_dir) or {}),
        page=stack.web_url,
        caller=caller or LOOPBACK,
    )


def default_sip_host(settings: Settings) -> str | None:
    """LiveKit Cloud has its SIP service elsewhere, at an address of the project's own."""
    if settings.sip_addresses:
        return settings.sip_addresses[0]
    ward = Ward(settings)
    return None if settings.is_in_the_cloud else ward.host


def sip_address_of(text: str | None) -> SipAddress | None:
    if not text:
        return None
    host, colon, port = text.removeprefix("sip:").partition(":")
    return SipAddress(host, int(port) if colon and port.isdigit() else SIP_PORT)


def _health_of(state: Mapping[str, Any]) -> tuple[str, int] | None:
    """`make up` lets the worker take a free port: the only one on which the agent's process listens."""
    with suppress(psutil.Error, KeyError):
        for connection in psutil.Process(state["servers"]["agent"]["pid"]).net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN:
                return str(connection.laddr.ip), int(connection.laddr.port)
    return None
