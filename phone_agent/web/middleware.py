"""What happens around every request: it is counted, kept small, and answered with careful headers."""

from __future__ import annotations

import time
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from phone_agent.web.counters import UNKNOWN_ROUTE, Counters

LARGEST_BODY = 64 * 1024
TOO_LARGE = f"A body has at most {LARGEST_BODY // 1024} kB here."
CAREFUL = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
"""The page's own address may hold the code of a second screen: no other site is told it."""


class Careful:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(CAREFUL)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Counting:
    def __init__(self, app: ASGIApp, counters: Counters) -> None:
        self._app = app
        self._counters = counters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), int(HTTPStatus.INTERNAL_SERVER_ERROR)

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_see)
        finally:
            route = getattr(scope.get("route"), "path", UNKNOWN_ROUTE)
            self._counters.requests.labels(route, status).inc()
            self._counters.seconds.labels(route).observe(time.perf_counter() - began)


class SmallBodies:
    """Refuses a body by its announced length, or, where none is announced, once too much of it has come."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        taken = int(announced) if announced.isdecimal() else 0

        async def receive_a_little() -> Message:
            nonlocal taken
            if taken > LARGEST_BODY:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
            message = await receive()
            if not announced:
                taken += len(message.get("body", b""))
            return message

        await self._app(scope, receive_a_little, send)
