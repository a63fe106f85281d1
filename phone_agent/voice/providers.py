"""The providers' plugins, as the settings have them: whoever was named first, then the others whose keys are set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from livekit.agents import NOT_GIVEN, inference, llm, stt, tts
from livekit.plugins import cartesia, deepgram
from openai import AsyncClient

from phone_agent.ordering.language import ENGLISH_CODE
from phone_agent.setting_groups.voice import CARTESIA, DEEPGRAM, FIREWORKS, OPENAI, VoiceSettings
from phone_agent.voice.openai_parts import Ears, Model, Speech, client_for
from phone_agent.voice.spelling import with_sounds

OPENAI_ADDRESS = "https://api.openai.com/v1"
OPENAI_HEARS, OPENAI_THINKS, OPENAI_SPEAKS, OPENAI_VOICE = "gpt-4o-mini-transcribe", "gpt-4.1", "gpt-4o-mini-tts", "ash"
LLAMA = "accounts/fireworks/models/llama-v3p3-70b-instruct"
NOVA, FLUX, AURA, SONIC = "nova-3", "flux-", "aura-2-andromeda-en", "sonic-3"
SEVERAL = "multi"
"""Deepgram tells the languages apart, and says which one it was."""
AURA_ABROAD = {"es": "aura-2-celeste-es"}
FLUX_ENDS_AFTER_MS = 900
"""The watchdog waits 1.2 s for the words of a turn that is over."""
RATE = 24_000
SLOWEST_AURA = 0.7
CACHE = "phone-agent"
T = TypeVar("T")


def models(settings: VoiceSettings) -> list[llm.LLM[Any]]:
    able: dict[str, Callable[[str], llm.LLM[Any]]] = {}
    if settings.openai_api_key:
        able[OPENAI] = lambda model: _openai_model(settings, model or OPENAI_THINKS)
    if settings.fireworks_api_key:
        able[FIREWORKS] = lambda model: _fireworks_model(settings, model or LLAMA)
    return _in_order(settings.llm, able)


def recognisers(settings: VoiceSettings, keyterms: Sequence[str]) -> list[stt.STT[Any]]:
    able: dict[str, Callable[[str], stt.STT[Any]]] = {}
    if settings.deepgram_api_key:
        able[DEEPGRAM] = lambda model: _deepgram_ears(settings, model or NOVA, list(keyterms))
    if settings.has_openai_speech:
        able[OPENAI] = lambda model: Ears(
            _speech_client(settings),
            model=model or OPENAI_HEARS,
            language=settings.languages[0],
            detect_language=len(settings.languages) > 1,
            prompt=f"A telephone order at a restaurant that has {', '.join(keyterms[:40])}." if keyterms else NOT_GIVEN,
        )
    return _in_order(settings.stt, able)


def voices(settings: VoiceSettings) -> list[tts.TTS[Any]]:
    able: dict[str, Callable[[str], tts.TTS[Any]]] = {}
    if settings.cartesia_api_key:
        able[CARTESIA] = lambda model: cartesia.TTS(
            model=model or SONIC,
            voice=settings.tts_voice,
            speed=settings.tts_speed,
            sample_rate=RATE,
            word_timestamps=False,
            api_key=settings.cartesia_api_key,
            base_url=settings.cartesia_base_url,
        )
    if settings.deepgram_api_key:
        able[DEEPGRAM] = lambda model: deepgram.TTS(
            model=model or AURA,
            speed=max(settings.tts_speed, SLOWEST_AURA),
            sample_rate=RATE,
            api_key=settings.deepgram_api_key,
            base_url=f"{settings.deepgram_base_url}/v1/speak",
        )
    if settings.has_openai_speech:
        able[OPENAI] = lambda model: Speech(
            _speech_client(settings),
            model=model or OPENAI_SPEAKS,
            voice=settings.tts_voice if model and "tts_voice" in settings.model_fields_set else OPENAI_VOICE,
            response_format="pcm",
        )
    return _in_order(settings.tts, able)


def speak(voice: tts.TTS[Any], code: str) -> None:
    """From the next sentence on; OpenAI's voices speak whatever they are given."""
    if isinstance(voice, cartesia.TTS | inference.TTS):
        voice.update_options(language=code)
    elif isinstance(voice, deepgram.TTS):
        voice.update_options(model=AURA_ABROAD.get(code, AURA))


def is_english_only(model: str) -> bool:
    """Flux is: flux-general-en, but not flux-general-multi."""
    name = model.rpartition("/")[2]
    return name.startswith(FLUX) and name.endswith(f"-{ENGLISH_CODE}")


def spelling_of(voice: tts.TTS[Any]) -> Callable[[str], str]:
    return with_sounds if isinstance(voice, cartesia.TTS) and voice.model.startswith(SONIC) else str


def _in_order(named: str, able: Mapping[str, Callable[[str], T]]) -> list[T]:
    first, _, model = named.partition("/")
    rest = [make("") for provider, make in able.items() if provider != first]
    return [able[first](model), *rest] if first in able else rest


def _speech_client(settings: VoiceSettings) -> AsyncClient:
    return client_for(settings.openai_api_key, settings.openai_speech_base_url or OPENAI_ADDRESS)


def _openai_model(settings: VoiceSettings, model: str) -> Model:
    return Model(
        client_for(settings.openai_api_key, settings.openai_base_url or OPENAI_ADDRESS),
        model=model,
        temperature=settings.temperature,
        parallel_tool_calls=False,
        # A compatible service may refuse a field that it does not know.
        prompt_cache_key=NOT_GIVEN if settings.openai_base_url else CACHE,
    )


def _fireworks_model(settings: VoiceSettings, model: str) -> Model:
    return Model(
        client_for(settings.fireworks_api_key, settings.fireworks_base_url),
        model=model,
        temperature=settings.temperature,
        parallel_tool_calls=False,
    )


def _deepgram_ears(settings: VoiceSettings, model: str, keyterms: list[str]) -> stt.STT[Any]:
    key, terms = settings.deepgram_api_key or NOT_GIVEN, keyterms or NOT_GIVEN
    if model.startswith(FLUX):
        return deepgram.STTv2(
            model=model,
            keyterm=terms,
            eot_timeout_ms=FLUX_ENDS_AFTER_MS,
            api_key=key,
            base_url=f"{settings.deepgram_base_url.replace('http', 'ws', 1)}/v2/listen",
        )
    hears_several = len(settings.languages) > 1
    return (Multilingual if hears_several else deepgram.STT)(
        model=model,
        language=SEVERAL if hears_several else settings.languages[0],
        keyterm=terms if model.startswith(NOVA) else NOT_GIVEN,
        api_key=key,
        base_url=f"{settings.deepgram_base_url}/v1/listen",
    )


class Multilingual(deepgram.STT):
    """Goes in reports by the name that it is sold by: several languages cost more than one."""

    @property
    def model(self) -> str:
        return f"{super().model}-multilingual"
