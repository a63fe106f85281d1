"""Sound over RTP from a socket of its own: a tone out, and how much of what comes in is sound."""

from __future__ import annotations

import asyncio
import math
import struct
from secrets import randbits
from typing import Self

HEADER = struct.Struct("!BBHII")
VERSION, PCMU = 0x80, 0
SAMPLES, PACKET_S = 160, 0.02
RATE, PITCH, LOUDNESS = 8000, 440, 12_000
BIAS, CLIP = 0x84, 32_635
QUIET = {0x7F, 0x7E, 0x7D, 0xFF, 0xFE, 0xFD}
"""What silence is in µ-law, give or take."""


class RtpSocket(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.packets = 0
        """With sound in them."""
        self._transport: asyncio.DatagramTransport | None = None

    @classmethod
    async def open(cls, host: str) -> Self:
        loop = asyncio.get_running_loop()
        _, rtp = await loop.create_datagram_endpoint(cls, local_addr=(host, 0))
        return rtp

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, address: object) -> None:
        payload = data[HEADER.size :]
        self.packets += any(byte not in QUIET for byte in payload)

    @property
    def port(self) -> int:
        assert self._transport is not None
        return int(self._transport.get_extra_info("sockname")[1])

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    async def play_tone(self, to: tuple[str, int], seconds: float) -> None:
        assert self._transport is not None
        source, tone = randbits(32), _tone()
        for nth in range(round(seconds / PACKET_S)):
            header = HEADER.pack(VERSION, PCMU, nth & 0xFFFF, nth * SAMPLES, source)
            self._transport.sendto(header + tone, to)
            await asyncio.sleep(PACKET_S)


def tone_samples(rate: int, count: int, first: int = 0) -> list[int]:
    return [round(LOUDNESS * math.sin(2 * math.pi * PITCH * (first + nth) / rate)) for nth in range(count)]


def _tone() -> bytes:
    """One packet; the pitch does not come out even in it, which nobody has to like."""
    return bytes(map(_mu_law, tone_samples(RATE, SAMPLES)))


def _mu_law(sample: int) -> int:
    sign, size = (0x80, -sample) if sample < 0 else (0, sample)
    size = min(size, CLIP) + BIAS
    exponent = max(size.bit_length() - 8, 0)
    mantissa = (size >> (exponent + 3)) & 0x0F
    return ~(sign | exponent << 4 | mantissa) & 0xFF
