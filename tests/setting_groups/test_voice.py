from __future__ import annotations

import pytest

from phone_agent.settings import Settings, SettingsError

CLOUD = {"LIVEKIT_URL": "wss://food.livekit.cloud", "LIVEKIT_API_KEY": "key", "LIVEKIT_API_SECRET": "secret"}
INFERENCE = {"LIVEKIT_INFERENCE_API_KEY": "key", "LIVEKIT_INFERENCE_API_SECRET": "secret"}
MODEL = {"OPENAI_API_KEY": "key"}
ALL = {**MODEL, "FIREWORKS_API_KEY": "key", "DEEPGRAM_API_KEY": "key", "CARTESIA_API_KEY": "key"}


@pytest.mark.parametrize(
    ("env", "kind"),
    [
        ({}, "offline"),
        (MODEL, "hosted"),
        ({"FIREWORKS_API_KEY": "key"}, "hosted"),
        (ALL, "hosted"),
        ({**ALL, "PHONE_AGENT_VOICE": "offline"}, "offline"),
        ({"CARTESIA_API_KEY": "key", "PHONE_AGENT_VOICE": "offline"}, "offline"),
        (CLOUD, "inference"),
        ({**CLOUD, **MODEL}, "hosted"),
        ({**INFERENCE, "PHONE_AGENT_VOICE": "inference"}, "inference"),
        (INFERENCE, "offline"),
        ({"ELEVENLABS_API_KEY": "key"}, "offline"),
        ({"LIVEKIT_URL": "wss://livekit.cloud.example.com"}, "offline"),
    ],
)
def test_auto_takes_the_best_that_the_keys_allow(env: dict[str, str], kind: str) -> None:
    assert Settings.from_env(env).voice_kind == kind


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"DEEPGRAM_API_KEY": "k"}, "DEEPGRAM_API_KEY can speak or hear but not think: set OPENAI_API_KEY"),
        ({"DEEPGRAM_API_KEY": "k", "CARTESIA_API_KEY": "k"}, "DEEPGRAM_API_KEY and CARTESIA_API_KEY can speak"),
        ({"PHONE_AGENT_VOICE": "hosted"}, "PHONE_AGENT_VOICE: hosted needs OPENAI_API_KEY"),
        ({"PHONE_AGENT_VOICE": "inference"}, "PHONE_AGENT_VOICE: inference needs LiveKit Cloud: set LIVEKIT_URL"),
        ({**MODEL, "PHONE_AGENT_VOICE": "inference"}, "PHONE_AGENT_VOICE: inference needs LiveKit Cloud"),
        ({**MODEL, "PHONE_AGENT_TTS": "elevenlabs/flash"}, "PHONE_AGENT_TTS: must begin with cartesia/ or deepgram/"),
        ({**MODEL, "PHONE_AGENT_STT": "cartesia/ink"}, "PHONE_AGENT_STT: must begin with deepgram/ or openai/"),
        ({**MODEL, "PHONE_AGENT_LLM": "google/gemini"}, "PHONE_AGENT_LLM: must begin with openai/ or fireworks/"),
    ],
)
def test_what_cannot_work_is_refused_with_what_to_set(env: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(env)

    assert told in str(refused.value)


def test_other_providers_are_to_be_had_through_inference() -> None:
    settings = Settings.from_env({**CLOUD, "PHONE_AGENT_VOICE": "inference", "PHONE_AGENT_TTS": "elevenlabs/flash"})

    assert settings.tts == "elevenlabs/flash"
    assert settings.inference_credentials == ("key", "secret")


@pytest.mark.parametrize(
    ("env", "speaks"),
    [
        (MODEL, True),
        ({**MODEL, "OPENAI_BASE_URL": "https://generativelanguage.googleapis.com/v1beta/openai"}, False),
        ({"FIREWORKS_API_KEY": "key"}, False),
    ],
)
def test_another_services_key_opens_no_speech_at_openai(env: dict[str, str], speaks: bool) -> None:
    assert Settings.from_env(env).has_openai_speech is speaks
