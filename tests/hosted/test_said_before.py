"""Short sentences of the agent's own are asked of a provider once; nothing of a caller is kept."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from phone_agent.rehearsal.providers.behaviour import Behaviour, Fault
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.settings import Settings
from phone_agent.voice import providers
from phone_agent.voice.hosted import watched_voice
from phone_agent.voice.offline.tts import OfflineTTS
from phone_agent.voice.said_before import SaidBefore, Shelf, own_words
from phone_agent.voice.speaking import Speaking
from tests.builders import a_menu
from tests.hosted.test_speaking import cartesia, heard, texts_asked

ADDED = "Added 2 Caesar Salads."
OWN = own_words(a_menu(), ("en", "es"))


@pytest.fixture
async def server() -> AsyncIterator[CartesiaServer]:
    async with CartesiaServer() as running:
        yield running


@asynccontextmanager
async def speaking(
    server: CartesiaServer, folder: Path, *, voice: str = "a", told: str = ""
) -> AsyncIterator[Speaking]:
    hosted = providers.voices(
        Settings.from_env({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://127.0.0.1:1", **cartesia(server)})
    )
    before = SaidBefore(Shelf(folder), voice=lambda: voice, own=OWN, private=lambda: told)
    chain = Speaking([*map(watched_voice, hosted), OfflineTTS()], said_before=before)
    yield chain
    await chain.aclose()
    for each in hosted:
        await each.aclose()


def kept(folder: Path, text: str, *, told: str = "") -> bool:
    return SaidBefore(Shelf(folder), voice=str, own=OWN, private=lambda: told).may_keep(text)


@pytest.mark.hearing
async def test_the_next_call_hears_it_at_once_and_the_provider_is_not_asked(
    server: CartesiaServer, tmp_path: Path
) -> None:
    async with speaking(server, tmp_path) as chain:
        first = await heard(chain, ADDED)
    asked = len(server.log)
    async with speaking(server, tmp_path) as chain:
        again = await heard(chain, ADDED)

    assert asked == len(server.log) == 1
    assert again.seconds == pytest.approx(first.seconds)
    assert b"".join(bytes(f.data) for f in again.frames) == b"".join(bytes(f.data) for f in first.frames)


@pytest.mark.hearing
async def test_another_voice_says_it_itself(server: CartesiaServer, tmp_path: Path) -> None:
    for voice in ("a", "b"):
        async with speaking(server, tmp_path, voice=voice) as chain:
            await heard(chain, ADDED)

    assert len(server.log) == 2


@pytest.mark.hearing
async def test_what_the_provider_broke_off_is_not_kept_nor_is_what_another_voice_said(
    server: CartesiaServer, tmp_path: Path
) -> None:
    server.behave(Behaviour(Fault.MUTE, after=3))
    async with speaking(server, tmp_path) as chain:
        await heard(chain, ADDED)

    assert os.listdir(tmp_path) == []


@pytest.mark.hearing
async def test_while_the_voice_is_down_nobody_hears_it_say_what_it_said_before(
    server: CartesiaServer, tmp_path: Path
) -> None:
    async with speaking(server, tmp_path) as chain:
        first = await heard(chain, ADDED)
        server.behave(Behaviour(Fault.BROKEN))
        await heard(chain, "Anything else?")
        again = await heard(chain, ADDED)

    assert first.seconds > 1.0
    assert b"".join(bytes(f.data) for f in again.frames) != b"".join(bytes(f.data) for f in first.frames)


@pytest.mark.hearing
async def test_a_sentence_with_the_callers_words_leaves_nothing_behind(server: CartesiaServer, tmp_path: Path) -> None:
    async with speaking(server, tmp_path, told="Joe Garden") as chain:
        await heard(chain, "Thai Garden has 2 Pad Thais.")

    assert texts_asked(server).strip() == "Thai Garden has 2 Pad Thais."
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hi Rivera, what would you like?", ""),
        ("Your order number is 107, Hot.", "Hot"),
        ("The zip code is 32801.", ""),
        ("407 555 0142", ""),
        ("I have the order for 12 Lake Street.", "12 Lake Street, zip code 32801"),
        ("...", ""),
        (" ".join(["Anything else?"] * 8), ""),
    ],
)
def test_names_numbers_and_long_sentences_are_not_kept(text: str, told: str, tmp_path: Path) -> None:
    assert not kept(tmp_path, text, told=told)


@pytest.mark.parametrize("text", [ADDED, "Anything else?", "Pad Thai is $13.50.", "¿Algo más?"])
def test_its_own_sentences_are_kept(text: str, tmp_path: Path) -> None:
    assert kept(tmp_path, text)


def test_what_was_not_wanted_for_longest_is_thrown_away_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, most_bytes=250)
    for age, key in ((30, "old"), (20, "older but wanted"), (10, "new")):
        shelf.put(key, bytes(100))
        for file in tmp_path.iterdir():
            os.utime(file, (file.stat().st_atime, file.stat().st_mtime - age))
    shelf.get("older but wanted")
    shelf.put("newest", bytes(100))

    assert [key for key in ("old", "older but wanted", "new", "newest") if shelf.get(key)] == [
        "older but wanted",
        "newest",
    ]


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    shelf = Shelf(tmp_path / "file" / "folder")
    shelf.put("key", b"sound")

    assert shelf.get("key") is None
