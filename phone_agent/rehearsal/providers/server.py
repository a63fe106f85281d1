"""What the local providers share: a free loopback port, behaviours that can be switched, and a record."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from random import Random
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

from .behaviour import NORMAL, Behaviour, Fault, Part
from .record import Answer, Asked

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
GARBLED = '{"type": "Resu'
_MOST_BYTES = 30_000_000


class Dropped(Exception):
    """The connection was cut on purpose."""


class Provider:
    """One service on a loopback port. `async with Provider() as provider:` … `provider.base_url`."""

    def __init__(self, behaviour: Behaviour = NORMAL, *, seed: int = 0) -> None:
        self.log: list[Asked] = []
        self._behaviours = dict.fromkeys(Part, behaviour)
        self._chance = Random(seed)
        self._changed = asyncio.Event()
        self._open: list[web.Request] = []
        self._sockets: list[tuple[web.WebSocketResponse, web.Request, Part]] = []
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """In the form that the LiveKit plugin wants."""
        return self.address

    @property
    def answers(self) -> list[Answer]:
        return [answer for asked in self.log for answer in asked.answers]

    def behave(self, behaviour: Behaviour, *parts: Part) -> None:
        """From now on, on connections that are open too; without parts, in all of them."""
        for part in parts or tuple(Part):
            self._behaviours[part] = behaviour
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
        for socket, request, part in list(self._sockets):
            self._strike(socket, request, self.behaviour(part))

    def behaviour(self, part: Part) -> Behaviour:
        return self._behaviours[part]

    def routes(self) -> list[web.RouteDef]:
        raise NotImplementedError

    def refusal(self, status: int) -> dict[str, Any]:
        """The service's error body."""
        raise NotImplementedError

    def error_message(self, status: int) -> dict[str, Any]:
        """The service's error on a WebSocket that is open."""
        return self.refusal(status)

    def is_authorized(self, request: web.Request) -> bool:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_MOST_BYTES)
        app.router.add_routes(self.routes())
        self._runner = web.AppRunner(app, shutdown_timeout=0.2, access_log=None, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for request in list(self._open):
            _cut(request)
        if self._runner is not None:
            await self._runner.cleanup()

    def answering(self, part: Part, handler: Callable[[web.Request, Asked], Awaitable[web.StreamResponse]]) -> Handler:
        """The handler with the faults that strike before anything is answered, and with its record."""

        async def handle(request: web.Request) -> web.StreamResponse:
            asked = Asked(
                part, request.method, request.path, _params(request), dict(request.headers), port=_port(request)
            )
            self.log.append(asked)
            refused = self._refused(part, request)
            if refused is not None:
                asked.status = refused.status
                return refused
            self._open.append(request)
            try:
                response = await handler(request, asked)
            except (Dropped, ConnectionError):
                return web.Response(status=502)
            finally:
                self._open.remove(request)
            asked.status = response.status
            return response

        return handle

    def refused(self, status: int) -> web.Response:
        headers = {"Retry-After": str(self._retry_after())} if status == Fault.TOO_MANY.value else {}
        return web.json_response(self.refusal(status), status=status, headers=headers)

    def delay(self, part: Part) -> float:
        return self.behaviour(part).delay.sample(self._chance)

    def begin(self, asked: Asked, part: Part, asked_at: float | None = None, delay_s: float | None = None) -> Answer:
        delay = self.delay(part) if delay_s is None else delay_s
        answer = Answer(part, time.time() if asked_at is None else asked_at, delay)
        asked.answers.append(answer)
        return answer

    async def before(self, answer: Answer, request: web.Request) -> Fault:
        """Waits until an answer's next piece is due; tells whether it goes out whole, garbled or as an error."""
        await self._wait(answer)
        while True:
            behaviour = self.behaviour(answer.part)
            if behaviour.fault is Fault.NONE or answer.pieces < behaviour.after:
                break
            if behaviour.fault is Fault.DROPPED:
                _cut(request)
                raise Dropped
            if behaviour.fault is not Fault.MUTE:
                return behaviour.fault
            await self._changed.wait()
        answer.pieces += 1
        answer.first_at = answer.first_at or time.time()
        answer.done_at = time.time()
        return Fault.NONE

    @contextlib.asynccontextmanager
    async def socket(self, request: web.Request, asked: Asked, part: Part) -> AsyncIterator[web.WebSocketResponse]:
        socket = web.WebSocketResponse(max_msg_size=_MOST_BYTES)
        await socket.prepare(request)
        asked.status = socket.status
        entry = (socket, request, part)
        self._sockets.append(entry)
        self._strike(socket, request, self.behaviour(part))
        try:
            yield socket
        finally:
            self._sockets.remove(entry)

    async def send(
        self, socket: web.WebSocketResponse, request: web.Request, answer: Answer, piece: bytes | dict[str, Any]
    ) -> None:
        """One piece of an answer over a WebSocket, or what its behaviour makes of it."""
        fault = await self.before(answer, request)
        if fault is Fault.MALFORMED:
            await socket.send_str(GARBLED)
        elif fault.status is not None:
            await self._close_with(socket, fault.status)
            raise Dropped
        elif isinstance(piece, bytes):
            await socket.send_bytes(piece)
        else:
            await socket.send_json(piece)

    async def _wait(self, answer: Answer) -> None:
        behaviour = self.behaviour(answer.part)
        if answer.first_at is None:
            await _sleep(answer.asked_at + answer.delay_s - time.time())
        else:
            await _sleep(behaviour.between.sample(self._chance))

    def _refused(self, part: Part, request: web.Request) -> web.Response | None:
        if not self.is_authorized(request):
            return self.refused(401)
        behaviour = self.behaviour(part)
        if behaviour.fault.status is not None and not behaviour.after:
            return self.refused(behaviour.fault.status)
        return None

    def _retry_after(self) -> int:
        return max(behaviour.retry_after_s for behaviour in self._behaviours.values())

    def _strike(self, socket: web.WebSocketResponse, request: web.Request, behaviour: Behaviour) -> None:
        """A fault that waits for no answer strikes an open connection at once."""
        if behaviour.after:
            return
        if behaviour.fault is Fault.DROPPED:
            _cut(request)
        elif behaviour.fault.status is not None:
            closing = asyncio.ensure_future(self._close_with(socket, behaviour.fault.status))
            closing.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _close_with(self, socket: web.WebSocketResponse, status: int) -> None:
        await socket.send_json(self.error_message(status))
        await socket.close(code=1008 if status == Fault.UNAUTHORIZED.value else 1011)


async def texts(socket: web.WebSocketResponse, asked: Asked) -> AsyncIterator[Any]:
    """The messages of a WebSocket, until it closes: JSON read and recorded, sound as bytes."""
    async for message in socket:
        if message.type is WSMsgType.BINARY:
            asked.audio_bytes += len(message.data)
            yield message.data
        elif message.type is WSMsgType.TEXT:
            read = json.loads(message.data)
            sound = read.get("audio")
            if isinstance(sound, str):
                asked.audio_bytes += len(sound) * 3 // 4
            else:
                asked.messages.append(read)
            yield read


def _port(request: web.Request) -> int:
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return int(peer[1]) if peer else 0


def _params(request: web.Request) -> dict[str, list[str]]:
    return {name: request.query.getall(name) for name in request.query}


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _sleep(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)
