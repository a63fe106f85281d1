"""The recognisers' chain over the wire: Deepgram's plugin against a local server, the offline one last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from livekit.agents import APIConnectionError, inference, stt

from phone_agent.rehearsal.providers.behaviour import NORMAL, Behaviour, Fault, Part
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.rehearsal.providers.ears import listening, scripted
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.settings import Settings
from phone_agent.voice import providers
from phone_agent.voice.hearing import Hearing
from phone_agent.voice.hosted import hearing
from phone_agent.voice.offline.stt import OfflineSTT
from tests.hosted.until import until
from tests.voice.food import food
from tests.voice.telephone import frames, silence, spoken

pytestmark = pytest.mark.hearing
FINAL = stt.SpeechEventType.FINAL_TRANSCRIPT
TWO = "two strawberry cheesecakes and one pad thai please"
DEAD = "http://127.0.0.1:1"


@pytest.fixture
async def server() -> AsyncIterator[DeepgramServer]:
    async with DeepgramServer(listening(food())) as running:
        yield running


class Line:
    """A caller's line: frames come in real time, and what was understood is kept."""

    def __init__(self, chain: Hearing) -> None:
        self.chain = chain
        self.finals: list[str] = []
        self.happened: list[str] = []
        chain.on_silent = lambda: self.happened.append("silent")
        chain.on_lost = lambda: self.happened.append("lost")
        chain.on_found = lambda: self.happened.append("found")
        self.stream = chain.stream()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for event in self.stream:
            if event.type is FINAL:
                self.finals.append(event.alternatives[0].text.lower().strip(".?"))

    async def say(self, text: str, *, then_quiet: float = 0.6, meanwhile: Callable[[], None] = lambda: None) -> None:
        sound = frames(silence(0.3) + spoken(text) + silence(then_quiet))
        for at, frame in enumerate(sound):
            if at == len(sound) // 2:
                meanwhile()
            self.stream.push_frame(frame)
            await asyncio.sleep(frame.duration)

    async def quiet(self, seconds: float) -> None:
        for frame in frames(silence(seconds)):
            self.stream.push_frame(frame)
            await asyncio.sleep(frame.duration)

    async def quiet_until(self, is_so: Callable[[], bool], seconds: float = 6.0) -> None:
        async with asyncio.timeout(seconds):
            while not is_so():
                await self.quiet(0.1)

    async def close(self) -> None:
        await self.stream.aclose()
        await self._reading


@asynccontextmanager
async def line_to(
    server: DeepgramServer, *last: stt.STT[Any], probe_every: float = 0.5, **env: str
) -> AsyncIterator[Line]:
    keys = {
        "OPENAI_API_KEY": "k",
        "OPENAI_BASE_URL": DEAD,
        "DEEPGRAM_API_KEY": "k",
        "DEEPGRAM_BASE_URL": server.address,
    }
    hosted = providers.recognisers(Settings.from_env({**keys, **env}), ["Pad Thai", "Caesar Salad"])
    chain = hearing(
        [*hosted, *last[:-1]], last[-1] if last else OfflineSTT(food()), inference.VAD(min_silence_duration=0.25)
    )
    chain.probe_every = probe_every
    line = Line(chain)
    yield line
    await line.close()


async def test_deepgram_hears_with_the_menus_words(server: DeepgramServer) -> None:
    async with line_to(server) as line:
        await line.say(TWO)
        await line.quiet_until(lambda: bool(line.finals))

    assert line.finals == [TWO]
    (asked,) = server.log
    assert (asked.path, asked.params["model"]) == ("/v1/listen", ["nova-3"])
    assert asked.params["keyterm"] == ["Pad Thai", "Caesar Salad"]


async def test_flux_is_an_option(server: DeepgramServer) -> None:
    async with line_to(server, PHONE_AGENT_STT="deepgram/flux-general-en") as line:
        await line.say(TWO)
        await line.quiet_until(lambda: bool(line.finals))

    assert line.finals == [TWO]
    assert server.log[0].path == "/v2/listen"


@pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.TOO_MANY, Fault.BROKEN, Fault.DROPPED])
async def test_a_recogniser_that_fails_is_replaced_before_anything_is_said(
    server: DeepgramServer, fault: Fault
) -> None:
    server.behave(Behaviour(fault))
    async with line_to(server) as line:
        await line.say(TWO)
        await line.quiet_until(lambda: bool(line.finals))

    assert line.finals == [TWO]
    assert line.happened == []


async def test_what_was_said_to_a_silent_recogniser_is_heard_whole_by_the_next(server: DeepgramServer) -> None:
    server.behave(Behaviour(Fault.MUTE))
    async with line_to(server) as line:
        await line.say(TWO)
        await line.quiet_until(lambda: bool(line.finals))

    assert line.finals == [TWO]
    assert line.happened == ["silent"]


@pytest.mark.parametrize("fault", [Fault.MUTE, Fault.DROPPED, Fault.BROKEN])
async def test_a_recogniser_that_dies_in_mid_sentence_loses_no_word(server: DeepgramServer, fault: Fault) -> None:
    async with line_to(server) as line:
        await line.say(TWO, meanwhile=lambda: server.behave(Behaviour(fault)))
        await line.quiet_until(lambda: bool(line.finals))

    assert line.finals == [TWO]


async def test_a_short_yes_to_a_silent_recogniser_is_not_lost(server: DeepgramServer) -> None:
    server.behave(Behaviour(Fault.MUTE))
    async with line_to(server) as line:
        await line.say("yes please")
        await line.quiet_until(lambda: bool(line.finals))

    assert line.finals == ["yes please"]


async def test_a_recogniser_that_works_again_is_used_again(server: DeepgramServer) -> None:
    server.behave(Behaviour(Fault.MUTE))
    async with line_to(server) as line:
        await line.say("green curry")
        await line.quiet_until(lambda: len(line.finals) == 1)
        server.behave(NORMAL)
        await line.say("two spring rolls")
        await line.quiet_until(lambda: line.chain.is_up(0))
        await line.quiet(0.5)
        offline_was_heard = list(line.finals)
        await line.say("fish tacos")
        await line.quiet_until(lambda: len(line.finals) > len(offline_was_heard))
        answered_by = line.chain.metrics_metadata["model_provider"]

    assert line.finals == ["green curry", "two spring rolls", "fish tacos"]
    assert answered_by == "Deepgram"


async def test_a_quiet_line_and_a_knock_are_no_reason_to_change(server: DeepgramServer) -> None:
    async with line_to(server) as line:
        await line.quiet(2.0)
        for frame in frames(b"\x00\x30" * 1600):
            line.stream.push_frame(frame)
        await line.quiet(2.5)
        is_up = line.chain.is_up(0)

    assert is_up
    assert line.happened == []


async def test_openai_alone_hears_whole_sentences(server: DeepgramServer) -> None:
    async with OpenAIServer(ears=scripted("a green curry please")) as openai:
        settings = Settings.from_env({"OPENAI_API_KEY": "k", "OPENAI_SPEECH_BASE_URL": openai.base_url})
        vad = inference.VAD(min_silence_duration=0.25)
        line = Line(hearing(providers.recognisers(settings, ["Green Curry"]), OfflineSTT(food()), vad))
        await line.say("green curry")
        await line.quiet_until(lambda: bool(line.finals))
        openai.behave(Behaviour(Fault.MUTE), Part.HEARING)
        await line.say("two spring rolls")
        await line.quiet_until(lambda: len(line.finals) == 2)
        await line.close()

    assert line.finals == ["a green curry please", "two spring rolls"]


class Deaf(OfflineSTT):
    def stream(self, **_: Any) -> Any:  # noqa: ANN401
        raise APIConnectionError("no ears")


async def test_it_is_told_when_nobody_hears_and_when_somebody_does_again(server: DeepgramServer) -> None:
    server.behave(Behaviour(Fault.BROKEN))
    async with line_to(server, Deaf(food())) as line:
        await until(lambda: line.happened == ["lost"])
        server.behave(NORMAL)
        await line.quiet(3.0)
        await line.say("green curry")
        await line.quiet_until(lambda: bool(line.finals))

    assert line.finals == ["green curry"]
    assert line.happened == ["lost", "found"]
