"""The voices' chain over the wire: Cartesia's and Deepgram's plugins against local servers, the offline voice last."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from livekit import rtc
from livekit.agents import APIError, tts

from phone_agent.rehearsal.providers.behaviour import NORMAL, Behaviour, Fault
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.settings import Settings
from phone_agent.voice import providers
from phone_agent.voice.hosted import watched_voice
from phone_agent.voice.offline.stt import OfflineSTT
from phone_agent.voice.offline.tts import OfflineTTS
from phone_agent.voice.speaking import Speaking, rest_of
from tests.hosted.until import until
from tests.voice.food import food

pytestmark = pytest.mark.hearing
SENTENCE = "I have two strawberry cheesecakes, and one pad thai, in your cart."


@dataclass
class Heard:
    frames: list[rtc.AudioFrame] = field(default_factory=list)
    at: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return sum(frame.duration for frame in self.frames)

    @property
    def first(self) -> float:
        return self.at[0]

    @property
    def longest_silence(self) -> float:
        """On the caller's line, which plays what comes one after the other."""
        ends, longest = 0.0, self.first
        for frame, at in zip(self.frames, self.at, strict=True):
            longest = max(longest, at - ends) if ends else longest
            ends = max(ends, at) + frame.duration
        return longest


async def heard(chain: tts.TTS[Any], text: str = SENTENCE) -> Heard:
    said, began = Heard(), time.perf_counter()
    async with chain.synthesize(text) as speech:
        async for piece in speech:
            said.frames.append(piece.frame)
            said.at.append(time.perf_counter() - began)
    return said


def holding() -> rtc.AudioFrame:
    sound = OfflineTTS().voice.render("One moment, please.")
    return rtc.AudioFrame(sound, 16000, 1, len(sound) // 2)


@asynccontextmanager
async def voices_of(*last: tts.TTS[Any], **env: str) -> AsyncIterator[Speaking]:
    hosted = providers.voices(
        Settings.from_env({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://127.0.0.1:1", **env})
    )
    chain = Speaking([*map(watched_voice, hosted), *(last or (OfflineTTS(),))], holding=holding)
    yield chain
    await chain.aclose()
    for voice in hosted:
        await voice.aclose()


@pytest.fixture
async def server() -> AsyncIterator[CartesiaServer]:
    async with CartesiaServer() as running:
        yield running


def cartesia(server: CartesiaServer) -> dict[str, str]:
    return {"CARTESIA_API_KEY": "key", "CARTESIA_BASE_URL": server.base_url}


def texts_asked(server: CartesiaServer) -> str:
    return "".join(message["transcript"] for asked in server.log for message in asked.messages)


async def test_a_voice_that_works_speaks_alone_with_its_speed_and_the_sounds_of_loan_words(
    server: CartesiaServer,
) -> None:
    async with voices_of(**cartesia(server)) as chain:
        said = await heard(chain, "Two gnocchi for you.")

    (first, *_) = server.log[0].messages
    assert said.seconds > 1.0
    assert first["voice"]["id"] == "f786b574-daa5-4673-aa0c-cbe3e8534c02"
    assert (first["model_id"], first["generation_config"]) == ("sonic-3", {"speed": 1.1})
    assert texts_asked(server).startswith("Two <<n|j|oʊ|k|i>> for you.")


@pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.TOO_MANY, Fault.BROKEN, Fault.DROPPED])
async def test_a_voice_that_fails_is_replaced_and_nothing_is_missing(server: CartesiaServer, fault: Fault) -> None:
    server.behave(Behaviour(fault))
    async with voices_of(**cartesia(server)) as chain:
        said = await heard(chain)
        whole = await heard(OfflineTTS())

    assert said.seconds == pytest.approx(whole.seconds, abs=0.2)


async def test_before_a_silent_voice_is_given_up_the_caller_hears_a_holding_phrase(server: CartesiaServer) -> None:
    server.behave(Behaviour(Fault.MUTE))
    async with voices_of(**cartesia(server)) as chain:
        said = await heard(chain)
        whole = await heard(OfflineTTS())

    assert 0.5 < said.first < 1.2
    assert said.longest_silence < 2.0
    assert said.seconds == pytest.approx(whole.seconds + holding().duration, abs=0.3)


@pytest.mark.parametrize("fault", [Fault.MUTE, Fault.DROPPED])
async def test_a_sentence_that_breaks_off_is_said_to_its_end_by_the_next(server: CartesiaServer, fault: Fault) -> None:
    server.behave(Behaviour(fault, after=22))
    async with voices_of(**cartesia(server)) as chain:
        said = await heard(chain, "Can I get two strawberry cheesecakes, and a pad thai please?")
    rest = await heard(OfflineTTS(), "and a pad thai please?")

    event = await OfflineSTT(food()).recognize(last_seconds(said.frames, rest.seconds))
    assert event.alternatives[0].text == "and a pad thai please"
    assert said.seconds > 2.0 + rest.seconds
    assert said.longest_silence < 2.0


async def test_the_second_voice_is_deepgrams(server: CartesiaServer) -> None:
    server.behave(Behaviour(Fault.BROKEN))
    async with DeepgramServer() as second:
        env = {"DEEPGRAM_API_KEY": "key", "DEEPGRAM_BASE_URL": second.address}
        async with voices_of(**cartesia(server), **env) as chain:
            said = await heard(chain)

    assert said.seconds > 2.0
    assert [asked.path for asked in second.log] == ["/v1/speak"]


async def test_a_voice_that_works_again_is_used_again(server: CartesiaServer) -> None:
    server.behave(Behaviour(Fault.BROKEN))
    async with voices_of(**cartesia(server)) as chain:
        await heard(chain)
        server.behave(NORMAL)
        await heard(chain)
        await until(lambda: chain._status[0].available)
        before = len(server.answers)
        await heard(chain)

    assert len(server.answers) == before + 1


async def test_where_no_voice_speaks_it_is_an_error(server: CartesiaServer) -> None:
    server.behave(Behaviour(Fault.BROKEN))
    async with voices_of(Broken(), **cartesia(server)) as chain:
        with pytest.raises(APIError, match="no voice speaks"):
            await heard(chain)


class Broken(OfflineTTS):
    def synthesize(self, text: str, **_: Any) -> Any:  # noqa: ANN401
        raise OSError


@pytest.mark.parametrize(
    ("seconds", "rest"),
    [(0.0, SENTENCE), (1.0, SENTENCE), (3.2, "and one pad thai, in your cart."), (9.0, "in your cart.")],
)
def test_the_rest_begins_with_the_clause_that_broke_off(seconds: float, rest: str) -> None:
    assert rest_of(SENTENCE, seconds) == rest


def last_seconds(frames: list[rtc.AudioFrame], seconds: float) -> list[rtc.AudioFrame]:
    whole = rtc.combine_audio_frames(frames)
    resampler = rtc.AudioResampler(whole.sample_rate, 16000)
    narrow = rtc.combine_audio_frames([*resampler.push(whole), *resampler.flush()])
    samples = np.frombuffer(narrow.data, np.int16)[-int(seconds * 16000) :]
    padded = np.concatenate([np.zeros(4000, np.int16), samples, np.zeros(4000, np.int16)])
    return [rtc.AudioFrame(padded.tobytes(), 16000, 1, len(padded))]
