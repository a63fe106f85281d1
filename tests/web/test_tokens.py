"""POST /token: what a page gets, and what it cannot ask for."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping

import pytest

from phone_agent.settings import Settings
from phone_agent.web.app import create_app
from phone_agent.web.refusals import SAME_AS, WHOSE_CHOICE
from tests.web.conftest import KEY, Browser, claims_of

PATHS = ["/token", "/api/livekit/token", "/api/livekit-native/token"]


@pytest.mark.parametrize("path", PATHS)
async def test_a_page_gets_a_token_for_a_new_room(page: Browser, path: str) -> None:
    answer = await page.post(path, {"participant_name": "Ana"})
    given = answer.json()

    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    assert set(given) == {"server_url", "participant_token", "url", "token", "room_name", "participant_name"}
    assert given["server_url"] == given["url"] == "ws://127.0.0.1:1"
    assert given["participant_token"] == given["token"]
    assert re.fullmatch(r"food-ordering_[A-Z0-9]{8}", given["room_name"])
    assert given["participant_name"] == "Ana"


async def test_a_token_lets_a_caller_speak_in_that_room_and_nothing_else(page: Browser) -> None:
    given = (await page.post("/token", {})).json()
    claims = claims_of(given["token"])

    assert claims["iss"] == KEY
    assert re.fullmatch(r"customer_[0-9a-f]{8}", claims["sub"])
    assert claims["video"] == {
        "roomJoin": True,
        "room": given["room_name"],
        "canPublish": True,
        "canPublishSources": ["microphone"],
        "canPublishData": True,
        "canSubscribe": True,
        "canUpdateOwnMetadata": False,
    }
    assert not {"sip", "inference", "metadata", "attributes"} & set(claims)
    assert 0 < claims["exp"] - time.time() <= 120


async def test_the_agent_is_sent_for_with_the_name_and_the_restaurant(page: Browser) -> None:
    asked = {"participant_name": " Ana\n Ruiz\u202e", "restaurant": "lotus-garden"}
    given = (await page.post("/token", asked)).json()
    config = claims_of(given["token"])["roomConfig"]

    assert [agent["agentName"] for agent in config["agents"]] == ["food-concierge-native"]
    assert json.loads(config["agents"][0]["metadata"]) == {"name": "Ana Ruiz", "restaurant": "lotus-garden"}
    assert given["participant_name"] == "Ana Ruiz"
    assert config["maxParticipants"] == 3
    assert config["emptyTimeout"] == 60


async def test_no_two_callers_share_a_room_or_an_identity(env: Mapping[str, str]) -> None:
    page = Browser(
        create_app(Settings.from_env({**env, "PHONE_AGENT_WEB_CALLS_PER_MINUTE": "50", "PHONE_AGENT_WEB_CALLS": "100"}))
    )
    claims = [claims_of((await page.post("/token", {})).json()["token"]) for _ in range(50)]

    assert len({claim["video"]["room"] for claim in claims}) == len({claim["sub"] for claim in claims}) == 50


async def test_the_older_spelling_of_the_name_is_understood(page: Browser) -> None:
    assert (await page.post("/token", {"participantName": "Ana"})).json()["participant_name"] == "Ana"


@pytest.mark.parametrize("name", [*WHOSE_CHOICE, *SAME_AS, "roomName", "participant_identity", "participantMetadata"])
async def test_what_a_page_may_not_set_is_refused_with_the_reason(page: Browser, name: str) -> None:
    answer = await page.post("/token", {"participant_name": "Ana", name: "mine"})

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(f"{name} may not be set: ")
    assert "no such field" not in answer.json()["detail"]


NO_BODIES = [
    [],
    "Ana",
    3,
    None,
    {"tip": 1},
    {"participant_name": 3},
    {"participant_name": "A" * 61},
    {"restaurant": "../menu"},
    {"participant_name": "\ud800"},
    {"\ud800": 1},
]


@pytest.mark.parametrize("body", NO_BODIES, ids=ascii)
async def test_a_body_that_is_none_is_refused_without_being_repeated(page: Browser, body: object) -> None:
    answer = await page.client.post("/token", content=json.dumps(body), headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert set(answer.json()) == {"detail"}
    assert "AAAA" not in answer.text


async def test_a_restaurant_that_is_not_there_is_named(page: Browser) -> None:
    answer = await page.post("/token", {"restaurant": "cheesecake-factory"})

    assert answer.status_code == 404
    assert "There is no restaurant cheesecake-factory here" in answer.json()["detail"]
    assert "lotus-garden" in answer.json()["detail"]


async def test_browsers_are_sent_to_the_address_that_they_can_reach(env: Mapping[str, str]) -> None:
    app = create_app(Settings.from_env({**env, "LIVEKIT_PUBLIC_URL": "wss://livekit.example.com/"}))

    assert (await Browser(app).post("/token", {})).json()["server_url"] == "wss://livekit.example.com"


async def test_a_call_can_begin_while_the_store_is_away(env: Mapping[str, str]) -> None:
    broken = {**env, "PHONE_AGENT_DATABASE": "/proc/none/orders.sqlite3"}
    page = Browser(create_app(Settings.from_env(broken)))
    any_restaurant, one = await page.post("/token", {}), await page.post("/token", {"restaurant": "lotus-garden"})

    assert any_restaurant.status_code == 201
    assert one.status_code == 503
    assert "/proc" not in one.text
