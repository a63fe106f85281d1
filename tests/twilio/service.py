"""The account behind HTTP, as Twilio's API shows it; a test may let it fail."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.twilio.account import Account, Refusal, Row
from tests.twilio.kinds import ACCOUNTS, KINDS, Kind

WRONG_CREDENTIALS, TOO_MANY, BROKEN = 20003, 20429, 20500
FILTERS = {"PhoneNumber": "phone_number", "To": "to", "From": "from", "FriendlyName": "friendly_name"}


@dataclass
class Fault:
    """The next `times` requests of these methods end so; `after`: although they were carried out."""

    status: int
    times: int = 1
    after: bool = False
    retry_after: str | None = None
    methods: tuple[str, ...] = ("GET", "POST", "DELETE")


PLACE = {"locality": "Orlando", "region": "FL"}


class TwilioService:
    """`account` may be exchanged between tests; `requests` is what was asked for since."""

    def __init__(self) -> None:
        self.account = Account()
        self.requests: list[tuple[str, str]] = []
        self.faults: list[Fault] = []
        self.on_request: Callable[[str, str], None] = lambda method, path: None
        self._loop = asyncio.new_event_loop()
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def writes(self) -> list[tuple[str, str]]:
        return [(method, path) for method, path in self.requests if method != "GET"]

    def reset(self) -> Account:
        self.account = Account()
        self.requests.clear()
        self.faults.clear()
        self.on_request = lambda method, path: None
        return self.account

    def start(self) -> None:
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        runner = self._loop.run_until_complete(self._serve())
        started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _serve(self) -> web.AppRunner:
        app = web.Application(middlewares=[self._judged])
        for name, kind in KINDS.items():
            app.router.add_get(kind.path, self._listed(name, kind))
            app.router.add_post(kind.path, self._made(name, kind))
            app.router.add_get(kind.item_path, self._shown(name, kind))
            app.router.add_post(kind.item_path, self._changed(name, kind))
            app.router.add_delete(kind.item_path, self._removed(name))
        app.router.add_get(f"{ACCOUNTS}/AvailablePhoneNumbers/{{country}}/Local.json", self._for_sale)
        app.router.add_get(f"{ACCOUNTS}.json", self._own_account)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self._port = runner.addresses[0][1]
        return runner

    @web.middleware
    async def _judged(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        self.requests.append((request.method, request.path))
        if not self.account.lets_in(request.headers.get("Authorization", "")):
            return _error(401, WRONG_CREDENTIALS, "Authenticate")
        fault = next((f for f in self.faults if f.times and request.method in f.methods), None)
        if fault is not None:
            fault.times -= 1
            if fault.after:
                await handler(request)
            return _error(
                fault.status, TOO_MANY if fault.status == 429 else BROKEN, "Not now", retry_after=fault.retry_after
            )
        try:
            answer = await handler(request)
        except Refusal as refusal:
            return _error(refusal.status, refusal.code, refusal.message)
        self.on_request(request.method, request.path)
        return answer

    def _listed(self, name: str, kind: Kind) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            wanted = {field: request.query[given] for given, field in FILTERS.items() if given in request.query}
            rows = [
                row
                for row in self.account.all(name, request.match_info.get("parent"))
                if all(row.get(field) == value for field, value in wanted.items())
            ]
            return web.json_response(self._page(request, kind, rows))

        return handler

    def _page(self, request: web.Request, kind: Kind, rows: list[Row]) -> dict[str, Any]:
        size = min(int(request.query.get("PageSize", self.account.page_size)), self.account.page_size)
        page = int(request.query.get("Page", 0))
        host = "https://trunking.twilio.com" if kind.is_v1 else ""
        query = "".join(f"&{name}={request.query[name]}" for name in FILTERS if name in request.query)

        def address(number: int) -> str:
            return f"{host}{request.path}?PageSize={size}&Page={number}{query.replace('+', '%2B')}"

        ways = {
            "first_page": address(0),
            "previous_page": address(page - 1) if page else None,
            "next_page": address(page + 1) if len(rows) > (page + 1) * size else None,
        }
        shown = [_shown(kind, row) for row in rows[page * size : (page + 1) * size]]
        if kind.is_v1:
            meta = {f"{way}_url": to for way, to in ways.items()} | {"page": page, "page_size": size, "key": kind.key}
            return {kind.key: shown, "meta": meta | {"url": address(page)}}
        place = {"page": page, "page_size": size, "start": page * size, "end": page * size + max(len(shown) - 1, 0)}
        return {kind.key: shown, "uri": address(page)} | place | {f"{way}_uri": to for way, to in ways.items()}

    def _made(self, name: str, kind: Kind) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            form = {field: str(value) for field, value in (await request.post()).items()}
            return web.json_response(
                _shown(kind, self.account.make(name, form, request.match_info.get("parent"))), status=201
            )

        return handler

    def _shown(self, name: str, kind: Kind) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            return web.json_response(_shown(kind, self.account.find(name, request.match_info["sid"])))

        return handler

    def _changed(self, name: str, kind: Kind) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            form = {field: str(value) for field, value in (await request.post()).items()}
            return web.json_response(_shown(kind, self.account.change(name, request.match_info["sid"], form)))

        return handler

    def _removed(self, name: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            self.account.remove(name, request.match_info["sid"])
            return web.Response(status=204)

        return handler

    async def _for_sale(self, request: web.Request) -> web.Response:
        digits = f"+1{request.query.get('AreaCode', '')}"
        found = [number for number in self.account.for_sale if number.startswith(digits)]
        capabilities = {"voice": True, "SMS": True, "MMS": False}
        shown = [
            {
                "phone_number": number,
                "friendly_name": number,
                "iso_country": "US",
                "capabilities": capabilities,
                **PLACE,
            }
            for number in found
        ]
        return web.json_response({"available_phone_numbers": shown, "uri": request.path})

    async def _own_account(self, request: web.Request) -> web.Response:
        own = {"sid": self.account.sid, "friendly_name": "A restaurant", "status": "active", "type": "Full"}
        return web.json_response(own)


def _shown(kind: Kind, row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "status_callback" or kind.key != "messages"}


def _error(status: int, code: int, message: str, retry_after: str | None = None) -> web.Response:
    more = f"https://www.twilio.com/docs/errors/{code}"
    headers: Mapping[str, str] = {"Retry-After": retry_after} if retry_after else {}
    body = {"code": code, "message": message, "more_info": more, "status": status}
    return web.json_response(body, status=status, headers=headers)
