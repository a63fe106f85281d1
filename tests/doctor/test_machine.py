"""The doctor on this machine: what a log complains of, how a rehearsal sounded, and the command itself."""

from __future__ import annotations

import asyncio
import json
import math
import wave
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner

from phone_agent.cli import app
from phone_agent.doctor.admission import default_sip_host, sip_address_of, ward_of
from phone_agent.doctor.examination import CHECKS, Named, examine, worst_of
from phone_agent.doctor.findings import Finding, Found, Level, SipAddress, Ward, fine
from phone_agent.doctor.machine import COMPLAINTS, check_disk, check_last_recording, check_log
from phone_agent.doctor.page import check_page, check_public
from phone_agent.settings import Settings

SETTINGS = Settings.from_env({})
RATE = 8000


def ward(run_dir: Path) -> Ward:
    return Ward(SETTINGS, run_dir=run_dir)


@pytest.mark.parametrize("words", [words for words, _, _ in COMPLAINTS])
async def test_what_a_log_complains_of_is_told_with_its_meaning(tmp_path: Path, words: str) -> None:
    log = tmp_path / "logs" / "agent.log"
    log.parent.mkdir()
    log.write_text(f"all is well\n... {words} ...\nagain: {words}\n")
    (found,) = await check_log(ward(tmp_path))

    assert found.level is Level.WARNING
    assert "2 times" in found.words
    assert found.mend


async def test_a_quiet_log_is_fine(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "agent.log").write_text('{"level": "INFO"}\n')

    assert [found.level for found in await check_log(ward(tmp_path))] == [Level.OK]


def record(folder: Path, caller: float, agent: float) -> None:
    """A tone of that loudness on each side."""
    with wave.open(str(folder / "call.wav"), "wb") as recording:
        recording.setnchannels(2)
        recording.setsampwidth(2)
        recording.setframerate(RATE)
        for nth in range(RATE):
            wiggle = math.sin(nth)
            frame = (round(caller * wiggle), round(agent * wiggle))
            recording.writeframesraw(b"".join(side.to_bytes(2, "little", signed=True) for side in frame))


@pytest.mark.parametrize(
    ("caller", "agent", "level", "words"),
    [
        (20, 8000, Level.OK, "the caller's side is quiet"),
        (900, 8000, Level.WARNING, "the caller's side is noisy"),
        (20, 0, Level.WARNING, "the agent was not heard"),
    ],
)
async def test_the_last_rehearsal_is_listened_to(
    tmp_path: Path, caller: float, agent: float, level: Level, words: str
) -> None:
    record(tmp_path, caller, agent)
    (found,) = await check_last_recording(ward(tmp_path))

    assert found.level is level
    assert words in found.words


async def test_a_disk_with_room_is_fine(tmp_path: Path) -> None:
    settings = Settings.from_env({"PHONE_AGENT_DATABASE": str(tmp_path / "a" / "b" / "orders.sqlite3")})
    (found,) = await check_disk(Ward(settings))

    assert str(tmp_path) in found.words


async def test_checks_run_side_by_side_and_a_slow_one_is_cut_off() -> None:
    began: list[str] = []

    async def slow(ward: Ward) -> list[Finding]:
        began.append("slow")
        await asyncio.sleep(60)
        return []

    async def quick(ward: Ward) -> list[Finding]:
        began.append("quick")
        return [fine("good")]

    found = [one async for one in examine(ward(Path()), [Named("slow", slow, 0.05), Named("quick", quick)])]

    assert began == ["slow", "quick"]
    assert [(one.check, one.finding.level) for one in found] == [("slow", Level.FAILURE), ("quick", Level.OK)]


def test_the_worst_finding_is_the_verdict() -> None:
    ok = Found("a", fine("good"))
    odd = Found("b", Finding(Level.WARNING, "odd"))
    wrong = Found("c", Finding(Level.FAILURE, "wrong"))

    assert [worst_of(found) for found in ([ok], [ok, odd], [odd, wrong, ok])] == list(Level)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("sip.example.com", SipAddress("sip.example.com", 5060)),
        ("10.0.0.7:5070", SipAddress("10.0.0.7", 5070)),
        ("sip:10.0.0.7", SipAddress("10.0.0.7", 5060)),
        ("", None),
    ],
)
def test_a_sip_address_is_read(text: str, address: SipAddress | None) -> None:
    assert sip_address_of(text) == address


def test_the_sip_service_is_looked_for_beside_livekit_but_not_in_the_cloud(tmp_path: Path) -> None:
    own = Settings.from_env({"LIVEKIT_URL": "wss://livekit.example.com"})
    cloud = Settings.from_env({"LIVEKIT_URL": "wss://house.livekit.cloud", "PHONE_AGENT_VOICE": "offline"})

    assert default_sip_host(own) == "livekit.example.com"
    assert ward_of(cloud, run_dir=tmp_path).sip is None
    carrier = Settings.from_env({"PHONE_AGENT_SIP_ADDRESSES": "sip.example.com:5070,backup.example.com"})
    assert ward_of(carrier, run_dir=tmp_path).sip == SipAddress("sip.example.com", 5070)
    assert ward_of(own, run_dir=tmp_path, sip="10.0.0.7:5070").sip == SipAddress("10.0.0.7", 5070)


def test_a_wrong_setting_is_the_only_finding_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIVEKIT_API_KEY", "alone")
    result = CliRunner().invoke(app, ["doctor", "--json"])
    told = json.loads(result.stdout)

    assert result.exit_code == 1
    assert told["verdict"] == "failure"
    assert "LIVEKIT_API_SECRET is not" in told["checks"][0]["words"]


def test_no_secret_is_shown() -> None:
    settings = Settings.from_env(
        {"LIVEKIT_API_KEY": "key", "LIVEKIT_API_SECRET": "hidden-1", "SUPABASE_ANON_KEY": "hidden-2"}
    )

    assert "hidden" not in repr(replace(ward(Path()), settings=settings, sip_password="hidden-3"))


@pytest.mark.parametrize(("status", "level"), [(200, Level.OK), (503, Level.FAILURE)])
async def test_the_page_is_asked_for_its_health(status: int, level: Level) -> None:
    async def healthz(request: web.Request) -> web.Response:
        return web.Response(status=status, text='{"store": "no answer"}')

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    async with TestServer(application) as server:
        (found,) = await check_page(Ward(SETTINGS, page=str(server.make_url("")).rstrip("/")))

    assert found.level is level
    assert level is Level.OK or "no answer" in found.words


async def test_a_page_that_does_not_answer_is_named() -> None:
    (found,) = await check_page(Ward(SETTINGS, page="http://127.0.0.1:9"))

    assert found.level is Level.FAILURE


@pytest.mark.parametrize(
    ("status", "body", "level"),
    [
        (200, '{"status": "ok"}', Level.OK),
        (503, '{"status": "failing"}', Level.WARNING),
        (200, "<html>parked</html>", Level.FAILURE),
        (404, "nothing here", Level.FAILURE),
    ],
)
async def test_the_public_address_is_asked_for_the_pages_health(status: int, body: str, level: Level) -> None:
    async def healthz(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    async with TestServer(application) as server:
        settings = Settings.from_env({"PHONE_AGENT_PUBLIC_URL": str(server.make_url("")).rstrip("/")})
        (found,) = await check_public(Ward(settings, online=True))

    assert found.level is level


async def test_a_public_address_that_nobody_reaches_is_named_and_only_online() -> None:
    settings = Settings.from_env({"PHONE_AGENT_PUBLIC_URL": "http://127.0.0.1:9"})
    (tried,) = await check_public(Ward(settings, online=True))
    (untried,) = await check_public(Ward(settings))

    assert tried.level is Level.FAILURE
    assert "PHONE_AGENT_PUBLIC_URL" in tried.words
    assert untried.level is Level.OK


def test_every_check_has_a_name_of_its_own() -> None:
    assert len({named.name for named in CHECKS}) == len(CHECKS)
