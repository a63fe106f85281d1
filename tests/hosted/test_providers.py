"""Which plugins the settings make, and in which order."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from phone_agent.agent import LOADED_LATE
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
            ["nova-3", "gpt-4o-mini-transcribe"],
            ["gpt-4.1"],
            ["sonic-3", "aura-2-andromeda-en", "gpt-4o-mini-tts"],
        ),
        ({**OPENAI, **FIREWORKS, **GEMINI}, [], ["gemini-2.5-flash", LLAMA], []),
        ({**FIREWORKS, **SPEECH}, ["nova-3"], [LLAMA], ["sonic-3", "aura-2-andromeda-en"]),
        (
            {**OPENAI, **SPEECH, "PHONE_AGENT_STT": "openai/whisper-1", "PHONE_AGENT_TTS": "deepgram/aura-2-thalia-en"},
            ["whisper-1", "nova-3"],
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
