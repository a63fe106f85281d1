"""A firewall between a phone and the SIP service: SIP goes through, sound does not."""

from __future__ import annotations

import asyncio
import re
import socket
from typing import Self

MEDIA = re.compile(rb"m=audio (\d{5}) ")


class Firewall(asyncio.DatagramProtocol):
    """Where sound is wanted, it writes ports of its own that nobody reads."""

    def __init__(self, sip_port: int) -> None:
        self._service = ("127.0.0.1", sip_port)
        self._phone: tuple[str, int] | None = None
        self._walls = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
        for wall in self._walls:
            wall.bind(("127.0.0.1", 0))

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        self.port = int(self._transport.get_extra_info("sockname")[1])
        return self

    async def __aexit__(self, *error: object) -> None:
        self._transport.close()
        for wall in self._walls:
            wall.close()

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        if address == self._service:
            target, wall = self._phone, self._walls[0]
        else:
            self._phone, target, wall = address, self._service, self._walls[1]
        if target is not None:
            self._transport.sendto(MEDIA.sub(b"m=audio %d " % wall.getsockname()[1], data), target)
