"""This machine's address on its local network, for a telephone on the desk."""

from __future__ import annotations

import socket
from ipaddress import ip_address, ip_interface

import psutil

from phone_agent.stack.errors import StackError

AUTO = "auto"
SOMEWHERE = ("198.51.100.1", 9)
"""Nothing is sent there: it only shows by which address this machine would go out."""


def lan_address(asked: str = AUTO) -> str:
    """Raises StackError where there is none, or it is not this machine's."""
    if asked != AUTO:
        return _own(asked)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE)
        except OSError as error:
            raise StackError("This machine is on no network: name its address, LAN=192.168.1.20.") from error
        return str(probe.getsockname()[0])


def network_of(address: str) -> str:
    """As PHONE_AGENT_ALLOWED_ADDRESSES has it: 192.168.1.0/24."""
    for addresses in psutil.net_if_addrs().values():
        for found in addresses:
            if found.address == address and found.netmask:
                return str(ip_interface(f"{address}/{found.netmask}").network)
    return f"{address}/32"


def _own(asked: str) -> str:
    try:
        address = str(ip_address(asked))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except (ValueError, OSError) as error:
        raise StackError(f"{asked} is no address of this machine: `ip address` lists them.") from error
    return address
