"""What a browser is refused, and what the page says then: strange origins, and tokens that are too old or forged."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import jwt
import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.house import House, site_with_widget
from tests.browser.visitor import ANSWER_MS, visitor

pytestmark = [pytest.mark.stack, pytest.mark.timeout(120)]

HOUR = 3600
FORGED_SECRET = "a secret of somebody who is not the restaurant"


async def test_a_pass_that_has_run_out_is_replaced_without_a_word(house: House) -> None:
    def old_at_first(claims: dict[str, object], count: int) -> str:
        return sign(claims, house, HOUR if count == 1 else 0)

    async with visitor(house) as caller, tokens_changed(caller.page, old_at_first) as given:
        await caller.visit()
        await caller.write()

    assert len(given) == 2
    assert [error for error in caller.errors if "401" not in error and "Authentication failed" not in error] == []


async def test_forged_passes_are_refused_and_the_page_says_whom_to_turn_to(house: House) -> None:
    async with visitor(house) as caller:
        async with tokens_changed(caller.page, lambda claims, _: jwt.encode(claims, FORGED_SECRET)) as given:
            await caller.visit()
            await caller.button("Type instead").click()
            alert = caller.page.get_by_role("alert")
            await expect(alert).to_contain_text("We cannot let you in", timeout=ANSWER_MS)
            await expect(alert).to_contain_text("ring by telephone")
        tried = len(given)
        await caller.button("Call again").click()
        await caller.is_connected()

    assert tried == 3


async def test_a_page_at_a_strange_address_is_told_that_the_restaurant_must_allow_it(house: House) -> None:
    with mirror_of(house.web_url) as strange:
        async with visitor(house) as guest:
            await guest.page.goto(strange)
            await guest.button("Type instead").click()
            alert = guest.page.get_by_role("alert")
            await expect(alert).to_contain_text("Calls are not allowed from this site", timeout=ANSWER_MS)
            await expect(alert).to_contain_text("ring by telephone")
            room = await guest.page.locator(".connection").count()

    assert room == 0
    assert [error for error in guest.errors if "403" not in error] == []


async def test_a_site_that_is_not_allowed_does_not_get_the_page_into_its_frame(house: House) -> None:
    with site_with_widget(house.web_url) as strange:
        async with visitor(house) as guest:
            await guest.page.goto(strange)
            await guest.button("Order by voice or text").click()
            await expect(guest.page.get_by_role("dialog")).to_contain_text("its address must be", timeout=ANSWER_MS)
            inside = await guest.page.locator("iframe:visible").count()

    assert inside == 0


@asynccontextmanager
async def tokens_changed(page: Page, sign: Callable[[dict[str, object], int], str]) -> AsyncIterator[list[str]]:
    """What the server gives reaches the page with another token in it: the first, the second, and so on."""
    given: list[str] = []

    async def give(route: Route) -> None:
        answer = await route.fetch()
        body = await answer.json()
        claims = jwt.decode(body["token"], options={"verify_signature": False})
        given.append(sign(claims, len(given) + 1))
        body["token"] = body["participant_token"] = given[-1]
        await route.fulfill(response=answer, body=json.dumps(body))

    await page.route("**/token", give)
    yield given
    await page.unroute("**/token", give)


def sign(claims: dict[str, object], house: House, age: int) -> str:
    times = {name: at - age for name in ("nbf", "exp") if isinstance(at := claims.get(name), int)}
    return jwt.encode({**claims, **times}, house.stack.api_secret)


@contextmanager
def mirror_of(web_url: str) -> Iterator[str]:
    """The same page at an origin that nobody has allowed: requests are handed on, and their Origin with them."""

    class Mirror(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._hand_on(b"")

        def do_POST(self) -> None:
            self._hand_on(self.rfile.read(int(self.headers["Content-Length"])))

        def _hand_on(self, body: bytes) -> None:
            kept = {name: self.headers[name] for name in ("Origin", "Content-Type") if name in self.headers}
            answer = httpx.request(self.command, web_url + self.path, content=body, headers=kept)
            self.send_response(answer.status_code)
            for name in ("Content-Type", "Content-Security-Policy"):
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (as it is called)
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
