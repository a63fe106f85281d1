"""Calls from the page leave lines to the telephone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import web
from livekit import api

from phone_agent.settings import Settings
from phone_agent.web.app import create_app
from phone_agent.web.lines import Lines
from phone_agent.web.tokens import GOOD_FOR
from tests.web.conftest import Browser

PHONES = ["food-ordering_+14075550100_a1B2", "food-ordering_+14075550101_c3D4", "food-ordering__x9Y8"]


@asynccontextmanager
async def livekit_with(*rooms: str) -> AsyncIterator[str]:
    async def list_rooms(request: web.Request) -> web.Response:
        said = api.ListRoomsResponse(rooms=[api.Room(name=name) for name in rooms]).SerializeToString()
        return web.Response(body=said, content_type="application/protobuf")

    app = web.Application()
    app.router.add_post("/twirp/livekit.RoomService/ListRooms", list_rooms)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"ws://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_calls_from_pages_are_refused_where_their_lines_are_taken(env: Mapping[str, str]) -> None:
    async with livekit_with("food-ordering_ABCD1234", "food-ordering_EFGH5678", *PHONES) as url:
        app = create_app(Settings.from_env({**env, "LIVEKIT_URL": url, "PHONE_AGENT_WEB_CALLS": "3"}))
        taken = await Browser(app, "192.0.2.1").post("/token", {})
        refused = await Browser(app, "192.0.2.2").post("/token", {})

    assert taken.status_code == 201
    assert refused.status_code == 429
    assert refused.json()["detail"].startswith("All lines for calls from this page are taken.")
    assert int(refused.headers["retry-after"]) > 0


async def test_one_address_has_at_most_half_of_the_lines(env: Mapping[str, str]) -> None:
    app = create_app(Settings.from_env({**env, "PHONE_AGENT_WEB_CALLS": "4"}))
    greedy = [(await Browser(app, "192.0.2.1").post("/token", {})).status_code for _ in range(3)]
    other = await Browser(app, "192.0.2.2").post("/token", {})

    assert greedy == [201, 201, 429]
    assert other.status_code == 201


async def test_a_line_is_free_again_when_its_call_is_over_or_never_came(env: Mapping[str, str]) -> None:
    now = 0.0
    lines = Lines(Settings.from_env({**env, "PHONE_AGENT_WEB_CALLS": "1"}), lambda: now)
    first, second = await lines.take("food-ordering_AAAA1111", ""), await lines.take("food-ordering_BBBB2222", "")
    lines.ended("food-ordering_AAAA1111")
    third, fourth = await lines.take("food-ordering_CCCC3333", ""), await lines.take("food-ordering_DDDD4444", "")
    now = GOOD_FOR.total_seconds() + 1
    fifth = await lines.take("food-ordering_EEEE5555", "")

    assert [first, second, third, fourth, fifth] == [True, False, True, False, True]


async def test_a_call_keeps_its_line_as_long_as_it_runs(env: Mapping[str, str]) -> None:
    now = 0.0
    async with livekit_with("food-ordering_AAAA1111") as url:
        lines = Lines(Settings.from_env({**env, "LIVEKIT_URL": url, "PHONE_AGENT_WEB_CALLS": "2"}), lambda: now)
        await lines.take("food-ordering_AAAA1111", "192.0.2.1")
        now = 10 * GOOD_FOR.total_seconds()
        same, other = await lines.take("food-ordering_B", "192.0.2.1"), await lines.take("food-ordering_C", "192.0.2.2")

    assert (same, other) == (False, True)
