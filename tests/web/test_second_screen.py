"""POST /api/second-screen: a code lets its own call's screen in, and nobody learns codes by trying."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phone_agent.settings import Settings
from phone_agent.store.records import CallRecord, Profile
from phone_agent.store.sqlite import SqliteStore
from phone_agent.web.app import create_app
from phone_agent.web.rates import Rates
from phone_agent.web.tokens import screen_ticket
from tests.web.conftest import WITHOUT_LIMITS, Browser, claims_of

CODE = "48291357"
ROOM = "food-ordering_+14075550100_a1B2"
NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
CALL = CallRecord("7d4ad7c4-9b0e-4d31-9a4e-5b7a6a1e1c11", ROOM, "phone", "guest", "+14075550133", "+14075550100", NOW)


@pytest.fixture
async def env_of_a_call(env: dict[str, str]) -> dict[str, str]:
    """A caller on the telephone has been told the code."""
    store = await SqliteStore.open(Path(env["PHONE_AGENT_DATABASE"]))
    await store.save_profile(Profile(id=CALL.profile_id))
    await store.open_call(CALL)
    assert await store.open_screen(CALL.id, CODE)
    await store.close()
    return env


def browser_at(env: Mapping[str, str], **limits: int) -> Browser:
    return Browser(create_app(Settings.from_env(env), rates=Rates(WITHOUT_LIMITS, **limits)))


@pytest.mark.parametrize("typed", [CODE, "4829 1357", "4829-1357"])
async def test_a_code_opens_its_own_calls_room(env_of_a_call: Mapping[str, str], typed: str) -> None:
    answer = await browser_at(env_of_a_call).post("/api/second-screen", {"code": typed})

    assert answer.status_code == 201
    assert answer.json()["room_name"] == ROOM
    assert answer.json()["token"] == answer.json()["participant_token"]


async def test_a_screen_neither_speaks_nor_hears_nor_sends_for_an_agent(env_of_a_call: Mapping[str, str]) -> None:
    claims = claims_of((await browser_at(env_of_a_call).post("/api/second-screen", {"code": CODE})).json()["token"])

    assert re.fullmatch("screen_[0-9a-f]{8}", claims["sub"])
    assert claims["video"] == {
        "roomJoin": True,
        "room": ROOM,
        "canPublish": False,
        "canPublishData": True,
        "canSubscribe": False,
        "canUpdateOwnMetadata": False,
    }
    assert "roomConfig" not in claims


@pytest.mark.parametrize("typed", ["48291358", "00000000", CODE[:-1], f"{CODE}0", "%", "______", " "])
async def test_a_code_that_is_nobodys_gets_nothing(env_of_a_call: Mapping[str, str], typed: str) -> None:
    answer = await browser_at(env_of_a_call).post("/api/second-screen", {"code": typed})

    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("No call has this code now.")


async def test_a_code_ends_with_its_call(env_of_a_call: dict[str, str]) -> None:
    store = await SqliteStore.open(Path(env_of_a_call["PHONE_AGENT_DATABASE"]))
    await store.close_call(CALL.id, outcome="abandoned", reason="hung up", now=NOW)
    await store.close()

    assert (await browser_at(env_of_a_call).post("/api/second-screen", {"code": CODE})).status_code == 404


async def test_one_address_tries_only_a_few_codes(env_of_a_call: Mapping[str, str]) -> None:
    stranger = browser_at(env_of_a_call)
    statuses = [(await stranger.post("/api/second-screen", {"code": str(n)})).status_code for n in range(5)]
    then_right = await stranger.post("/api/second-screen", {"code": CODE})

    assert statuses == [404] * 5
    assert then_right.status_code == 429
    assert int(then_right.headers["retry-after"]) >= 1


async def test_many_addresses_together_try_only_so_many_codes_and_lock_nobody_out(
    env_of_a_call: Mapping[str, str],
) -> None:
    app = create_app(Settings.from_env(env_of_a_call), rates=Rates(WITHOUT_LIMITS, misses_per_minute=3))
    wrong = [
        (await Browser(app, f"192.0.2.{n}").post("/api/second-screen", {"code": str(n)})).status_code for n in range(5)
    ]
    right = await Browser(app, "192.0.2.9").post("/api/second-screen", {"code": CODE})

    assert wrong == [404, 404, 404, 429, 429]
    assert right.status_code == 201


async def test_a_newer_screen_of_a_code_takes_the_place_of_the_older(env_of_a_call: Mapping[str, str]) -> None:
    """LiveKit sends away whoever has an identity that comes again."""
    app = create_app(Settings.from_env(env_of_a_call), rates=Rates(WITHOUT_LIMITS))
    given = [await Browser(app, f"192.0.2.{n}").post("/api/second-screen", {"code": CODE}) for n in range(2)]
    older, newer = (claims_of(answer.json()["token"])["sub"] for answer in given)

    assert older == newer
    assert screen_ticket(Settings.from_env(env_of_a_call), "another").identity != newer


async def test_right_codes_leave_others_their_tries(env_of_a_call: Mapping[str, str]) -> None:
    app = create_app(Settings.from_env(env_of_a_call), rates=Rates(WITHOUT_LIMITS, misses_per_minute=3))
    statuses = [
        (await Browser(app, f"192.0.2.{n}").post("/api/second-screen", {"code": CODE})).status_code for n in range(6)
    ]

    assert statuses == [201] * 6


async def test_another_sites_page_may_not_try_codes(env_of_a_call: Mapping[str, str]) -> None:
    answer = await browser_at(env_of_a_call).post("/api/second-screen", {"code": CODE}, Origin="https://evil.example")

    assert answer.status_code == 403
