"""Both languages over the wire: which one is heard, and in which one the voices speak."""

from __future__ import annotations

import asyncio

import pytest
from livekit.agents import NOT_GIVEN, inference, llm, stt
from livekit.plugins import openai

from phone_agent.call import Call
from phone_agent.languages import languages_of
from phone_agent.ordering.language import adopt
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.rehearsal.providers.ears import scripted
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.settings import Settings
from phone_agent.understanding.abroad import language_heard
from phone_agent.voice.hosted import HostedVoice
from phone_agent.voice.inference import InferenceVoice
from phone_agent.voice.offline.flite import SAMPLE_RATE
from phone_agent.voice.offline.tts import OfflineTTS
from phone_agent.voice.providers import recognisers, speak
from phone_agent.voice.speaking import ByClause
from phone_agent.voice.watchdog_llm import WatchedLLM
from tests.hosted.closing import close_with_all_voices
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


async def test_openais_recogniser_names_none_so_that_the_words_have_to_tell_it() -> None:
    """Where this fails, the service's own word counts."""
    async with OpenAIServer(ears=scripted("Quiero una ensalada, por favor.")) as server:
        settings = Settings.from_env({"OPENAI_API_KEY": "k", "OPENAI_SPEECH_BASE_URL": server.base_url})
        (ears,) = recognisers(settings, [])
        event = await ears.recognize(frames(spoken("a caesar salad")))
        await ears.aclose()

    (heard,) = event.alternatives
    assert heard.language == ""
    assert language_heard(heard.text, languages_of(("en", "es"))) == languages_of(("es",))[0]


async def test_of_one_language_only_that_one_is_asked_for() -> None:
    async with DeepgramServer(scripted("a caesar salad")) as server:
        env = {**KEYS, "DEEPGRAM_BASE_URL": server.address, "PHONE_AGENT_LANGUAGES": "en"}
        await asyncio.wait_for(heard_by(recognisers(Settings.from_env(env), [])[0]), 10)

    assert server.log[0].params["language"] == ["en"]


async def test_the_voice_speaks_the_callers_language_from_the_next_sentence_on(call: Call) -> None:
    async with CartesiaServer() as server:
        voice = HostedVoice(Settings.from_env({**KEYS, "CARTESIA_BASE_URL": server.address}))
        speech = voice.pipeline(call).tts
        assert isinstance(speech, ByClause)
        for code, words in (("en", "One moment."), ("es", "Un momento.")):
            call.speak(languages_of((code,))[0])
            async for _ in speech.synthesize(words):
                pass
        await close_with_all_voices(speech.speaking)

    said = [message for asked in server.log for message in asked.messages if message.get("transcript")]
    assert list(dict.fromkeys(message["language"] for message in said)) == ["en", "es"]


INFERENCE = {"PHONE_AGENT_VOICE": "inference", "LIVEKIT_INFERENCE_API_KEY": "k", "LIVEKIT_INFERENCE_API_SECRET": "s"}


async def test_a_call_that_begins_in_spanish_has_a_spanish_voice(call: Call) -> None:
    async with CartesiaServer() as server:
        voice = HostedVoice(Settings.from_env({**KEYS, "CARTESIA_BASE_URL": server.address}))
        call.speak(languages_of(("es",))[0])
        speech = voice.pipeline(call).tts
        assert isinstance(speech, ByClause)
        async for _ in speech.synthesize("Hola."):
            pass
        await close_with_all_voices(speech.speaking)

    said = [message for asked in server.log for message in asked.messages if message.get("transcript")]
    assert {message["language"] for message in said} == {"es"}


@pytest.mark.parametrize(
    ("env", "understood"),
    [
        ({}, None),
        ({"PHONE_AGENT_STT": "deepgram/flux-general-en"}, {"en"}),
        ({"PHONE_AGENT_STT": "deepgram/flux-general-multi"}, None),
        ({"DEEPGRAM_API_KEY": "", "CARTESIA_API_KEY": ""}, None),
        ({"OPENAI_API_KEY": "", "FIREWORKS_API_KEY": "k", "DEEPGRAM_API_KEY": "", "CARTESIA_API_KEY": ""}, {"en"}),
    ],
)
async def test_where_the_recogniser_knows_english_only_the_keypad_serves_the_others(
    call: Call, env: dict[str, str], understood: set[str] | None
) -> None:
    HostedVoice(Settings.from_env({**KEYS, **env})).pipeline(call)

    assert call.understood == understood


@pytest.mark.parametrize(("languages", "is_told_apart"), [("en,es", True), ("es", False)])
def test_openai_alone_hears_all_languages(languages: str, is_told_apart: bool) -> None:
    (ears,) = recognisers(Settings.from_env({"OPENAI_API_KEY": "k", "PHONE_AGENT_LANGUAGES": languages}), [])

    assert isinstance(ears, openai.STT)
    assert ears._opts.languages == ([] if is_told_apart else ["es"])


@pytest.mark.parametrize(
    ("model", "languages", "asked"),
    [
        ("deepgram/nova-3", "en,es", "multi"),
        ("deepgram/nova-3", "es", "es"),
        ("deepgram/nova-3:en", "en,es", "en"),
        ("deepgram/flux-general-en", "en,es", NOT_GIVEN),
        ("assemblyai/universal-streaming", "en,es", NOT_GIVEN),
    ],
)
def test_inference_is_asked_for_the_languages_of_the_calls(model: str, languages: str, asked: object) -> None:
    voice = InferenceVoice(
        Settings.from_env({**INFERENCE, "PHONE_AGENT_STT": model, "PHONE_AGENT_LANGUAGES": languages})
    )
    (ears,) = voice.recognisers()

    assert isinstance(ears, inference.STT)
    assert ears._opts.language == asked


def test_inferences_voice_goes_over_to_the_callers_language() -> None:
    (voice,) = InferenceVoice(Settings.from_env(INFERENCE)).voices()
    speak(voice, "es")

    assert isinstance(voice, inference.TTS)
    assert voice._opts.language == "es"


async def test_the_holding_phrase_is_in_the_callers_language(call: Call) -> None:
    pipeline = HostedVoice(Settings.from_env({**KEYS, "PHONE_AGENT_CODE_FIRST": "false"})).pipeline(call)
    assert isinstance(pipeline.tts, ByClause)
    assert isinstance(pipeline.llm, llm.FallbackAdapter)
    model = pipeline.llm._llm_instances[0]
    assert isinstance(model, WatchedLLM)
    adopt(call.tongue)
    spanish = languages_of(("es",))[0]
    before = model.holding(), pipeline.tts.speaking.holding()
    call.speak(spanish)
    after = model.holding(), pipeline.tts.speaking.holding()

    assert (before[0], after[0]) == ("One moment.", "Un momento.")
    assert before[1] is not None
    assert after[1] is not None
    assert bytes(before[1].data) != bytes(after[1].data)
    # espeak-ng never says it quite the same.
    own = OfflineTTS().voice_of(spanish).render("Un momento.")
    assert after[1].duration == pytest.approx(len(own) / 2 / SAMPLE_RATE, rel=0.05)
