"""A slow and lossy line between a browser and the house: delay, loss and a rate, on loopback, for UDP and TCP alike."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

Address = tuple[str, int]
HERE = "127.0.0.1"
CHUNK = 1200
"""Bytes of a stream that travel together, as in a packet."""

THROUGH_THE_RELAY = """
(() => {
  const own = RTCPeerConnection.prototype;
  const { addIceCandidate, setRemoteDescription } = own;
  const moved = (line) => / udp /i.test(line) ? line.replace(/^((?:\\S+ ){4})\\S+ \\d+/, "$1%(host)s %(port)d") : null;
  own.addIceCandidate = function (candidate) {
    const line = candidate?.candidate;
    if (!line) return addIceCandidate.call(this, candidate);
    const there = moved(line);
    if (!there) return Promise.resolve();
    return addIceCandidate.call(this, { ...(candidate.toJSON?.() ?? candidate), candidate: there });
  };
  own.setRemoteDescription = function (description) {
    const lines = description.sdp.split("\\r\\n").map((line) => (line.startsWith("a=candidate:") ? moved(line) : line));
    const sdp = lines.filter((line) => line !== null).join("\\r\\n");
    return setRemoteDescription.call(this, { type: description.type, sdp });
  };
  // The server learns of no way to the browser but the one that the browser's own packets take.
  Object.defineProperty(own, "onicecandidate", { set() {} });
  const mute = (known) => known && {
    type: known.type,
    sdp: known.sdp.split("\\r\\n").filter((line) => !line.startsWith("a=candidate:")).join("\\r\\n"),
  };
  for (const name of ["createOffer", "createAnswer"]) {
    const create = own[name];
    own[name] = async function (...how) { return mute(await create.apply(this, how)); };
  }
  const local = Object.getOwnPropertyDescriptor(own, "localDescription").get;
  Object.defineProperty(own, "localDescription", { get() { return mute(local.call(this)); } });
})();
"""


@dataclass
class Lane:
    """One direction of the line, shared by all that goes that way."""

    delay_s: float
    loss: float
    bits_per_s: float
    queue_s: float = 1.0
    """What waits longer for its turn is dropped, as a router does."""
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    passed: int = 0
    dropped: int = 0
    _free_at: float = 0.0

    def arrival(self, size: int, *, may_be_dropped: bool = True) -> float | None:
        """When so many bytes that set out now are there, on the loop's clock; None: never."""
        now = asyncio.get_running_loop().time()
        begins = max(now, self._free_at)
        is_lost = self.chance.random() < self.loss
        if may_be_dropped and (is_lost or begins - now > self.queue_s):
            self.dropped += 1
            return None
        self._free_at = begins + size * 8 / self.bits_per_s
        self.passed += 1
        # A stream sends again what was lost.
        return self._free_at + self.delay_s * (3 if is_lost else 1)


@dataclass
class SlowLine:
    up: Lane
    down: Lane

    @asynccontextmanager
    async def datagrams(self, server: Address) -> AsyncIterator[int]:
        """A port whose datagrams reach that one by the line, and the other way round."""
        loop = asyncio.get_running_loop()
        relay = _Relay(self, server)
        transport, _ = await loop.create_datagram_endpoint(lambda: relay, local_addr=(HERE, 0))
        try:
            yield transport.get_extra_info("sockname")[1]
        finally:
            relay.close()

    @asynccontextmanager
    async def stream(self, server: Address) -> AsyncIterator[int]:
        """As `datagrams`, for TCP."""
        under_way: set[asyncio.Task[None]] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                there, back = await asyncio.open_connection(*server)
            except ConnectionError:
                writer.close()
                return
            pair = [
                asyncio.create_task(_pass(self.up, reader, back)),
                asyncio.create_task(_pass(self.down, there, writer)),
            ]
            under_way.update(pair)
            await asyncio.wait(pair, return_when=asyncio.FIRST_COMPLETED)
            for end in (back, writer):
                end.close()

        listening = await asyncio.start_server(connected, HERE, 0)
        try:
            yield listening.sockets[0].getsockname()[1]
        finally:
            listening.close()
            for task in under_way:
                task.cancel()


async def _pass(lane: Lane, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    loop = asyncio.get_running_loop()
    on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)

    async def deliver() -> None:
        while True:
            due, data = await on_the_way.get()
            await asyncio.sleep(due - loop.time())
            writer.write(data)

    delivering = asyncio.create_task(deliver())
    try:
        while data := await reader.read(CHUNK):
            await on_the_way.put((cast("float", lane.arrival(len(data), may_be_dropped=False)), data))
        while not on_the_way.empty():
            await asyncio.sleep(0.01)
        await asyncio.sleep(lane.delay_s)
    except ConnectionError:
        pass  # one of the two has hung up
    finally:
        delivering.cancel()


class _Relay(asyncio.DatagramProtocol):
    """Faces the browsers; each of them has a socket of its own towards the server."""

    def __init__(self, line: SlowLine, server: Address) -> None:
        self._line = line
        self._server = server
        self._towards: dict[Address, asyncio.Task[asyncio.DatagramTransport]] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: Address) -> None:
        if addr not in self._towards:
            self._towards[addr] = asyncio.create_task(self._open(addr))
        _later(self._line.up, data, lambda: self._forward(addr, data))

    async def _open(self, browser: Address) -> asyncio.DatagramTransport:
        back = _Back(self._line.down, lambda data: _send(self._transport, data, browser))
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: back, remote_addr=self._server)
        return transport

    def _forward(self, browser: Address, data: bytes) -> None:
        towards = self._towards[browser]
        if towards.done():
            _send(towards.result(), data)

    def close(self) -> None:
        self._transport.close()
        for towards in self._towards.values():
            if towards.done():
                towards.result().close()


class _Back(asyncio.DatagramProtocol):
    def __init__(self, lane: Lane, deliver: Callable[[bytes], None]) -> None:
        self._lane = lane
        self._deliver = deliver

    def datagram_received(self, data: bytes, addr: Address) -> None:
        _later(self._lane, data, lambda: self._deliver(data))


def _send(transport: asyncio.DatagramTransport, data: bytes, to: Address | None = None) -> None:
    """What is still on its way when the line is taken down is lost."""
    if not transport.is_closing():
        transport.sendto(data, to)


def _later(lane: Lane, data: bytes, deliver: Callable[[], None]) -> None:
    due = lane.arrival(len(data))
    if due is not None:
        asyncio.get_running_loop().call_at(due, deliver)
