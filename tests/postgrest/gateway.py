"""The gateway of a Supabase project: /rest/v1/, keys to roles; and the mishaps of the way there."""

from __future__ import annotations

import asyncio
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Self

import jwt
from aiohttp import ClientError, ClientSession, UnixConnector, web

JWT_SECRET = "a-secret-of-the-tests-with-more-than-32-letters"
SECRET_KEY = "sb_secret_of-the-tests"
PUBLISHABLE_KEY = "sb_publishable_of-the-tests"
DROPPED_ON_THE_WAY = {"host", "connection", "content-length", "transfer-encoding", "apikey"}


def token(role: str, **claims: object) -> str:
    """A legacy key, or what somebody has who signed in: a JWT that never ends, as Supabase gives them out."""
    return jwt.encode({"iss": "supabase", "role": role, "exp": int(time.time()) + 86_400, **claims}, JWT_SECRET)


LEGACY_KEY = token("service_role")
ANON_KEY = token("anon")
AUTHENTICATED = token("authenticated", app_metadata={"provider": "email"}, user_metadata={"role": "kitchen"})
"""Somebody who signed up, and says of themselves what they like."""
KITCHEN = token("authenticated", app_metadata={"role": "kitchen"})
NEWER_KEYS = {SECRET_KEY: "service_role", PUBLISHABLE_KEY: "anon"}


class Mishap(Enum):
    LOST_REQUEST = "the connection breaks before the request arrives"
    LOST_ANSWER = "it is carried out, and the connection breaks before the answer"
    NO_ANSWER = "it is carried out, and the answer never comes"
    NEVER_ARRIVES = "nothing happens, for ever"
    TIRED = "the gateway says 503, in HTML"
    ERROR_PAGE = "200, and a page for people"


class Gateway:
    def __init__(self, socket: Path) -> None:
        self.url = ""
        self.mishaps: list[tuple[str, Mishap]] = []
        """How the path ends, and what happens to the next request for it."""
        self.asked: list[str] = []
        self._socket = socket
        self._loop = asyncio.new_event_loop()
        self._stopped = asyncio.Event()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),), daemon=True)

    @classmethod
    def start(cls, socket: Path) -> Self:
        gateway = cls(socket)
        gateway._thread.start()
        gateway._started.wait(10)
        return gateway

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(10)
        self._loop.close()

    def check(self) -> None:
        """Raises ConnectionError until PostgREST knows the tables."""
        request = urllib.request.Request(f"{self.url}/rest/v1/", headers={"apikey": SECRET_KEY})
        try:
            urllib.request.urlopen(request, timeout=5).close()
        except (urllib.error.URLError, OSError) as error:
            raise ConnectionError(str(error)) from error

    def next(self, path: str, *mishaps: Mishap) -> None:
        self.mishaps += [(path, mishap) for mishap in mishaps]

    def forget(self) -> None:
        self.mishaps.clear()
        self.asked.clear()

    async def _serve(self) -> None:
        self._session = ClientSession(connector=UnixConnector(str(self._socket), limit=0), auto_decompress=False)
        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_route("*", "/rest/v1/{path:.*}", self._answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._started.set()
        await self._stopped.wait()
        await self._session.close()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        self.asked.append(path)
        mishap = self._mishap_of(path)
        match mishap:
            case Mishap.LOST_REQUEST:
                return hang_up(request)
            case Mishap.NEVER_ARRIVES:
                await asyncio.sleep(60)
            case Mishap.TIRED:
                return web.Response(status=503, text="<h1>503</h1>", content_type="text/html")
            case Mishap.ERROR_PAGE:
                return web.Response(text="<h1>Please sign in</h1>", content_type="text/html")
        answer = await self._forward(request, path)
        if mishap is Mishap.LOST_ANSWER:
            return hang_up(request)
        if mishap is Mishap.NO_ANSWER:
            await asyncio.sleep(60)
        return answer

    def _mishap_of(self, path: str) -> Mishap | None:
        for planned in self.mishaps:
            if path.endswith(planned[0]):
                self.mishaps.remove(planned)
                return planned[1]
        return None

    async def _forward(self, request: web.Request, path: str) -> web.Response:
        headers = with_role(request.headers)
        if headers is None:
            return web.json_response({"message": "Invalid API key"}, status=401)
        query = f"?{request.rel_url.raw_query_string}" if request.rel_url.raw_query_string else ""
        url = f"http://postgrest/{path}{query}"
        try:
            body = BytesIO(await request.read())
            async with self._session.request(request.method, url, headers=headers, data=body) as answer:
                kept = {k: v for k, v in answer.headers.items() if k.lower() not in DROPPED_ON_THE_WAY}
                return web.Response(status=answer.status, body=await answer.read(), headers=kept)
        except (ClientError, OSError):
            return web.Response(status=502, text="Bad Gateway")


def hang_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def with_role(given: Mapping[str, str]) -> dict[str, str] | None:
    """None where the key is unknown. A bearer is passed on as it is, and PostgREST judges it."""
    headers = {k: v for k, v in given.items() if k.lower() not in DROPPED_ON_THE_WAY}
    key = given.get("apikey", "")
    if key in NEWER_KEYS:
        headers.setdefault("Authorization", f"Bearer {token(NEWER_KEYS[key])}")
    elif key.count(".") != 2:
        return None
    return headers
