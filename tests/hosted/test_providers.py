"""Which plugins the settings make, and in which order."""

from __future__ import annotations

from importlib import import_module
from typing import Any, get_args

import pytest

from phone_agent.agent import LOADED_LATE
from phone_agent.report.cost import Unit
from phone_agent.report.prices import load_prices
from phone_agent.settings import Settings
from phone_agent.voice import providers
from phone_agent.voice.choice import voice_for
from phone_agent.voice.hosted import HostedVoice
from phone_agent.voice.inference import InferenceVoice
from phone_agent.voice.offline.pipeline import OfflineVoice

OPENAI = {"OPENAI_API_KEY": "k"}
FIREWORKS = {"FIREWORKS_API_KEY": "k"}
SPEECH = {"DEEPGRAM_API_KEY": "k", "CARTESIA_API_KEY": "k"}
GEMINI = {"OPENAI_BASE_URL": "https://gemini.example.com/v1", "PHONE_AGENT_LLM": "openai/gemini-2.5-flash"}
CLOUD = {"LIVEKIT_URL": "wss://a.livekit.cloud", "LIVEKIT_API_KEY": "k", "LIVEKIT_API_SECRET": "s" * 32}
LLAMA = "accounts/fireworks/models/llama-v3p3-70b-instruct"


def names(parts: list[Any]) -> list[str]:
    return [part.model for part in parts]


@pytest.mark.parametrize(
    ("env", "hear", "think", "speak"),
    [
        (OPENAI, ["gpt-4o-mini-transcribe"], ["gpt-4.1"], ["gpt-4o-mini-tts"]),
        (
            {**OPENAI, **SPEECH},
            ["nova-3-multilingual", "gpt-4o-mini-transcribe"],
            ["gpt-4.1"],
            ["sonic-3", "aura-2-andromeda-en", "gpt-4o-mini-tts"],
        ),
        ({**OPENAI, **FIREWORKS, **GEMINI}, [], ["gemini-2.5-flash", LLAMA], []),
        ({**FIREWORKS, **SPEECH}, ["nova-3-multilingual"], [LLAMA], ["sonic-3", "aura-2-andromeda-en"]),
        (
            {**OPENAI, **SPEECH, "PHONE_AGENT_STT": "openai/whisper-1", "PHONE_AGENT_TTS": "deepgram/aura-2-thalia-en"},
            ["whisper-1", "nova-3-multilingual"],
            ["gpt-4.1"],
            ["aura-2-thalia-en", "sonic-3", "gpt-4o-mini-tts"],
        ),
        (
            {**OPENAI, **FIREWORKS, "PHONE_AGENT_LLM": "fireworks/qwen", "PHONE_AGENT_STT": "deepgram/flux-general-en"},
            ["gpt-4o-mini-transcribe"],
            ["qwen", "gpt-4.1"],
            ["gpt-4o-mini-tts"],
        ),
    ],
)
async def test_each_key_takes_its_part(
    env: dict[str, str], hear: list[str], think: list[str], speak: list[str]
) -> None:
    settings = Settings.from_env(env)

    assert names(providers.recognisers(settings, [])) == hear
    assert names(providers.models(settings)) == think
    assert names(providers.voices(settings)) == speak


async def test_openais_speech_does_not_follow_the_models_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://elsewhere.example.com/v1")
    settings = Settings.from_env(OPENAI)

    parts: list[Any] = [*providers.recognisers(settings, []), *providers.models(settings), *providers.voices(settings)]
    assert {part.provider for part in parts} == {"api.openai.com"}


async def test_inference_asks_livekit_for_all_three() -> None:
    voice = InferenceVoice(Settings.from_env({**CLOUD, "PHONE_AGENT_TTS": "elevenlabs/eleven_flash_v2_5"}))

    (model,), (ears,), (speech,) = voice.models(), voice.recognisers(), voice.voices()
    assert (ears.model, model.model, speech.model) == (
        "deepgram/nova-3",
        "openai/gpt-4.1",
        "elevenlabs/eleven_flash_v2_5",
    )


@pytest.mark.parametrize(("env", "kind"), [({}, OfflineVoice), (OPENAI, HostedVoice), (CLOUD, InferenceVoice)])
def test_the_voice_is_chosen_by_the_settings(env: dict[str, str], kind: type) -> None:
    assert type(voice_for(Settings.from_env(env))) is kind


@pytest.mark.parametrize("name", LOADED_LATE)
def test_what_is_loaded_before_the_phone_rings_is_there(name: str) -> None:
    """The framework passes over a module that it cannot find."""
    assert import_module(name).__name__ == name


@pytest.mark.parametrize("env", [OPENAI, {**OPENAI, **SPEECH}, {**OPENAI, **SPEECH, "PHONE_AGENT_LANGUAGES": "en"}])
async def test_what_serves_first_has_a_price_under_the_name_that_reports_give_it(env: dict[str, str]) -> None:
    settings = Settings.from_env(env)
    prices = load_prices(settings)
    first: list[Any] = [
        providers.recognisers(settings, [])[0],
        providers.models(settings)[0],
        providers.voices(settings)[0],
    ]
    units = get_args(Unit)

    unpriced = [one.model for one in first if not any(prices.find(one.provider, one.model, unit) for unit in units)]
    assert unpriced == []


def test_several_languages_cost_more_than_one() -> None:
    settings = [Settings.from_env({**OPENAI, **SPEECH, "PHONE_AGENT_LANGUAGES": codes}) for codes in ("en", "en,es")]
    prices, names_of_both = load_prices(settings[0]), [names(providers.recognisers(each, []))[0] for each in settings]
    one, several = (prices.find("Deepgram", name, "audio minute") for name in names_of_both)

    assert one is not None
    assert several is not None
    assert one.usd < several.usd
