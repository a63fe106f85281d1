"""Who may ask, how often, and how much at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import pytest

from phone_agent.settings import Settings, SettingsError
from phone_agent.web.__main__ import FAR_BROWSERS, HIDDEN_BROWSERS, doubts_about
from phone_agent.web.app import create_app
from phone_agent.web.middleware import LARGEST_BODY
from tests.web.conftest import HOME, METRICS_TOKEN, Browser

SHOP = "https://shop.example.com"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{HOME}.evil.example", f"{HOME}:81", ""])
async def test_another_sites_page_gets_no_token(page: Browser, origin: str) -> None:
    answer = await page.post("/token", {}, Origin=origin)

    assert answer.status_code == 403
    assert "PHONE_AGENT_WEB_ORIGINS" in answer.json()["detail"]
    assert "access-control-allow-origin" not in answer.headers


async def test_a_program_that_names_no_page_gets_a_token(page: Browser) -> None:
    del page.client.headers["Origin"]

    assert (await page.post("/token", {})).status_code == 201


async def test_a_site_that_is_listed_gets_a_token_and_may_read_it(env: Mapping[str, str]) -> None:
    listed = Browser(create_app(Settings.from_env({**env, "PHONE_AGENT_WEB_ORIGINS": SHOP})))
    asked_first = await listed.client.options(
        "/token", headers={"Origin": SHOP, "Access-Control-Request-Method": "POST",
                           "Access-Control-Request-Headers": "content-type"})  # fmt: skip
    answer = await listed.post("/token", {}, Origin=SHOP)
    other = await listed.post("/token", {}, Origin="https://evil.example")

    assert asked_first.status_code == 200
    assert answer.status_code == 201
    assert asked_first.headers["access-control-allow-origin"] == answer.headers["access-control-allow-origin"] == SHOP
    assert other.status_code == 403


async def test_the_page_at_its_public_address_gets_a_token_though_a_proxy_names_another_host(
    env: Mapping[str, str],
) -> None:
    behind = Browser(create_app(Settings.from_env({**env, "PHONE_AGENT_PUBLIC_URL": "https://Food.example.com"})))
    own = await behind.post("/token", {}, Origin="https://food.example.com", Host="127.0.0.1:8080")
    other = await behind.post("/token", {}, Origin="http://food.example.com", Host="127.0.0.1:8080")

    assert own.status_code == 201
    assert other.status_code == 403


@pytest.mark.parametrize("origin", ["*", "shop.example.com", "https://shop.example.com/", "https://a.b/c", "ftp://a.b"])
def test_what_is_no_origin_is_an_error_at_start(origin: str) -> None:
    with pytest.raises(SettingsError, match="PHONE_AGENT_WEB_ORIGINS"):
        Settings.from_env({"PHONE_AGENT_WEB_ORIGINS": origin})


async def test_one_address_begins_only_so_many_calls_a_minute(env: Mapping[str, str]) -> None:
    app = create_app(Settings.from_env({**env, "PHONE_AGENT_WEB_CALLS_PER_MINUTE": "2"}))
    eager, other = Browser(app, "192.0.2.1"), Browser(app, "192.0.2.2")
    statuses = [(await eager.post("/token", {})).status_code for _ in range(2)]
    refused = await eager.post("/token", {})

    assert statuses == [201, 201]
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert (await other.post("/token", {})).status_code == 201


async def test_a_household_of_ipv6_addresses_is_one_address(env: Mapping[str, str]) -> None:
    app = create_app(Settings.from_env({**env, "PHONE_AGENT_WEB_CALLS_PER_MINUTE": "1"}))
    addresses = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1", "::ffff:192.0.2.7", "192.0.2.7"]
    statuses = [(await Browser(app, address).post("/token", {})).status_code for address in addresses]

    assert statuses == [201, 429, 201, 201, 429]


async def test_forwarded_addresses_are_believed_of_listed_proxies_only(env: Mapping[str, str]) -> None:
    env = {**env, "PHONE_AGENT_WEB_CALLS_PER_MINUTE": "1", "PHONE_AGENT_WEB_PROXIES": "10.0.0.0/8"}
    app = create_app(Settings.from_env(env))
    through = [await Browser(app, "10.0.0.1").post("/token", {}, **{"X-Forwarded-For": f"192.0.2.{n}"}) for n in (1, 2)]
    forged = [await Browser(app, "192.0.2.9").post("/token", {}, **{"X-Forwarded-For": f"192.0.2.{n}"}) for n in (3, 4)]

    assert [answer.status_code for answer in through] == [201, 201]
    assert [answer.status_code for answer in forged] == [201, 429]


PUBLIC = {"PHONE_AGENT_PUBLIC_URL": "https://food.example.com"}
REACHED = {"LIVEKIT_PUBLIC_URL": "wss://livekit.example.com"}
PROXIED = {"PHONE_AGENT_WEB_PROXIES": "127.0.0.1"}


@pytest.mark.parametrize(
    ("settings", "doubts"),
    [
        ({}, []),
        (PUBLIC, [FAR_BROWSERS, HIDDEN_BROWSERS]),
        ({**PUBLIC, **PROXIED}, [FAR_BROWSERS]),
        ({**PUBLIC, **REACHED}, [HIDDEN_BROWSERS]),
        ({**PUBLIC, **REACHED, **PROXIED}, []),
    ],
)
def test_a_public_page_that_browsers_could_not_use_is_said_at_the_start(
    env: Mapping[str, str], settings: dict[str, str], doubts: list[str]
) -> None:
    assert doubts_about(Settings.from_env({**env, **settings})) == doubts


METRICS = [
    ("127.0.0.1", {}, "", 200),
    ("::1", {}, "", 200),
    ("192.0.2.1", {}, "", 403),
    ("127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, "", 403),
    ("192.0.2.1", {"Authorization": f"Bearer {METRICS_TOKEN}"}, METRICS_TOKEN, 200),
    ("192.0.2.1", {"Authorization": "Bearer guessed"}, METRICS_TOKEN, 403),
    ("127.0.0.1", {}, METRICS_TOKEN, 403),
]


@pytest.mark.parametrize(("address", "headers", "token", "status"), METRICS)
async def test_metrics_are_for_this_machine_or_for_whom_has_the_token(
    env: Mapping[str, str], address: str, headers: dict[str, str], token: str, status: int
) -> None:
    app = create_app(Settings.from_env({**env, "PHONE_AGENT_METRICS_TOKEN": token}))
    answer = await Browser(app, address).get("/metrics", **headers)

    assert answer.status_code == status
    assert ("phone_agent_web_requests" in answer.text) is (status == 200)


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_that_is_too_large_is_refused(page: Browser, announced: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 1024 + 2):
            yield b" " * 1024

    body = b" " * (LARGEST_BODY + 1) if announced else pieces()
    answer = await page.client.post("/token", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 413
    assert "64 kB" in answer.json()["detail"]
