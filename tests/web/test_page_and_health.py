"""The page is served with care, and the server says how it is."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from phone_agent.settings import DEMO_PROFILE_ID, Settings
from phone_agent.web.app import create_app
from phone_agent.web.page_routes import policy
from tests.web.conftest import Browser


async def test_the_page_is_asked_for_again_and_what_it_loads_is_kept(page: Browser) -> None:
    home, script, widget = [await page.get(path) for path in ("/?call=123456", "/assets/app-1a2b.js", "/widget.js")]

    assert (home.status_code, script.status_code, widget.status_code) == (200, 200, 200)
    assert home.headers["cache-control"] == widget.headers["cache-control"] == "no-cache"
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-encoding"] == "gzip"


async def test_a_page_that_has_not_changed_is_not_sent_twice(page: Browser) -> None:
    first = await page.get("/")
    again = await page.get("/", **{"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304
    assert again.headers["cache-control"] == "no-cache"


async def test_the_page_runs_its_own_scripts_and_talks_to_livekit_only(page: Browser) -> None:
    headers = (await page.get("/")).headers
    rules = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))

    assert rules["script-src"] == rules["frame-ancestors"] == "'self'"
    assert rules["connect-src"] == "'self' http://127.0.0.1:1 ws://127.0.0.1:1"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"


def test_listed_sites_may_embed_the_page_and_the_cloud_may_send_it_on() -> None:
    shop = "https://shop.example.com"
    rules = policy(Settings.from_env({"LIVEKIT_URL": "wss://x.livekit.cloud", "PHONE_AGENT_WEB_ORIGINS": shop}))

    assert f"frame-ancestors 'self' {shop}" in rules
    assert "wss://x.livekit.cloud" in rules
    assert "wss://*.livekit.cloud" in rules


@pytest.mark.parametrize("path", ["/assets/../../secret", "/assets/%2e%2e/%2e%2e/secret", "/assets/none.js", "/secret",
                                  "/assets//etc/passwd", "/assets/"])  # fmt: skip
async def test_nothing_but_the_built_page_is_served(page: Browser, static: Path, path: str) -> None:
    (static.parent / "secret").write_text("secret")
    answer = await page.get(path)

    assert answer.status_code == 404
    assert "secret" not in answer.text


async def test_a_page_that_is_not_built_says_what_to_run(env: Mapping[str, str], tmp_path: Path) -> None:
    bare = Browser(create_app(Settings.from_env(env), static=tmp_path / "none"))
    answer = await bare.get("/")

    assert answer.status_code == 503
    assert "make page" in answer.text
    assert (await bare.get("/widget.js")).status_code == 404


async def test_the_page_learns_the_restaurants_and_no_number_where_none_is_set(page: Browser) -> None:
    config = (await page.get("/config.json")).json()

    assert config["phone_number"] == ""
    assert {"slug": "lotus-garden", "name": "Lotus Garden"} in config["restaurants"]
    assert config["is_demo"] is False
    assert config["developer_panel"] is False


async def test_a_restaurant_that_is_switched_off_is_not_offered(env: Mapping[str, str]) -> None:
    other = sqlite3.connect(env["PHONE_AGENT_DATABASE"], isolation_level=None)
    other.execute("UPDATE fc_restaurants SET is_active = 0 WHERE slug = 'lotus-garden'")
    other.close()
    page = Browser(create_app(Settings.from_env(env)))
    offered = (await page.get("/config.json")).json()["restaurants"]

    assert len(offered) == 6
    assert "lotus-garden" not in [place["slug"] for place in offered]
    assert (await page.post("/token", {"restaurant": "lotus-garden"})).status_code == 404


async def test_the_page_learns_the_number_that_is_set_and_that_developers_may_look(env: Mapping[str, str]) -> None:
    told = {"TWILIO_PHONE_NUMBER": "+14075550144", "PHONE_AGENT_DEVELOPER_PANEL": "true"}
    config = (await Browser(create_app(Settings.from_env({**env, **told}))).get("/config.json")).json()

    assert config["phone_number"] == "+14075550144"
    assert config["developer_panel"] is True


async def test_the_page_learns_that_its_callers_are_the_demo_household(env: Mapping[str, str]) -> None:
    demo = Browser(create_app(Settings.from_env({**env, "DEMO_PROFILE_ID": str(DEMO_PROFILE_ID)})))

    assert (await demo.get("/config.json")).json()["is_demo"] is True


async def test_a_server_without_livekit_is_not_healthy(page: Browser) -> None:
    answer = await page.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "failing", "store": "ok", "livekit": "unreachable"}


async def test_a_server_without_its_store_is_not_healthy_and_still_shows_the_page(env: Mapping[str, str]) -> None:
    broken = Browser(create_app(Settings.from_env({**env, "PHONE_AGENT_DATABASE": "/proc/none/orders.sqlite3"})))

    assert (await broken.get("/healthz")).json()["store"] == "unreachable"
    assert (await broken.get("/config.json")).json()["restaurants"] == []


async def test_a_store_that_comes_back_is_found_again(env: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.write_text("not a folder yet")
    database, away = folder / "orders.sqlite3", Path(env["PHONE_AGENT_DATABASE"])
    page = Browser(create_app(Settings.from_env({**env, "PHONE_AGENT_DATABASE": str(database)})))
    before = (await page.get("/config.json")).json()["restaurants"]
    folder.unlink()
    folder.mkdir()
    shutil.copy(away, database)

    assert before == []
    assert len((await page.get("/config.json")).json()["restaurants"]) == 7


async def test_what_is_asked_issued_and_refused_is_counted(page: Browser) -> None:
    await page.post("/token", {})
    await page.post("/token", {"room": "mine"})
    await page.post("/token", {}, Origin="https://evil.example")
    await page.get("/no-such-page-with-a-name-of-its-own")
    counted = await page.metrics()

    assert 'phone_agent_web_tokens_total{kind="page"} 1.0' in counted
    assert 'phone_agent_web_refusals_total{reason="invalid"} 1.0' in counted
    assert 'phone_agent_web_refusals_total{reason="origin"} 1.0' in counted
    assert 'phone_agent_web_requests_total{route="/token",status="201"} 1.0' in counted
    assert 'phone_agent_web_requests_total{route="none",status="404"} 1.0' in counted
