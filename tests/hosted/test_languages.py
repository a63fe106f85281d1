"""Both languages over the wire: which one is heard, and in which one the voices speak."""

from __future__ import annotations

import asyncio

import pytest
from livekit.agents import stt

from phone_agent.call import Call
from phone_agent.languages import languages_of
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.rehearsal.providers.ears import scripted
from phone_agent.settings import Settings
from phone_agent.voice.hosted import HostedVoice
from phone_agent.voice.providers import recognisers
from tests.voice.telephone import frames, silence, spoken

KEYS = {"OPENAI_API_KEY": "k", "DEEPGRAM_API_KEY": "k", "CARTESIA_API_KEY": "k"}


async def heard_by(ears: stt.STT[str]) -> stt.SpeechData:
    """The first utterance of a stream."""
    async with ears.stream() as stream:
        for frame in frames(silence(0.3) + spoken("a caesar salad") + silence(1.0)):
            stream.push_frame(frame)
            await asyncio.sleep(frame.duration / 2)
        async for event in stream:
            if event.type is stt.SpeechEventType.FINAL_TRANSCRIPT and event.alternatives[0].text:
                return event.alternatives[0]
    raise AssertionError("nothing was heard")


@pytest.mark.parametrize(("said", "code"), [("Quiero una ensalada, ¿sí?", "es"), ("a caesar salad", "en")])
async def test_the_recogniser_says_which_language_it_was(said: str, code: str) -> None:
    async with DeepgramServer(scripted(said)) as server:
        settings = Settings.from_env({**KEYS, "DEEPGRAM_BASE_URL": server.address})
        data = await asyncio.wait_for(heard_by(recognisers(settings, [])[0]), 10)

    assert data.language == code
    assert server.log[0].params["language"] == ["multi"]


async def test_of_one_language_only_that_one_is_asked_for() -> None:
    async with DeepgramServer(scripted("a caesar salad")) as server:
        env = {**KEYS, "DEEPGRAM_BASE_URL": server.address, "PHONE_AGENT_LANGUAGES": "en"}
        await asyncio.wait_for(heard_by(recognisers(Settings.from_env(env), [])[0]), 10)

    assert server.log[0].params["language"] == ["en"]


async def test_the_voice_speaks_the_callers_language_from_the_next_sentence_on(call: Call) -> None:
    async with CartesiaServer() as server:
        voice = HostedVoice(Settings.from_env({**KEYS, "CARTESIA_BASE_URL": server.address}))
        speech = voice.pipeline(call).tts
        assert speech is not None
        for code, words in (("en", "One moment."), ("es", "Un momento.")):
            call.speak(languages_of((code,))[0])
            async for _ in speech.synthesize(words):
                pass

    said = [message for asked in server.log for message in asked.messages if message.get("transcript")]
    assert list(dict.fromkeys(message["language"] for message in said)) == ["en", "es"]
