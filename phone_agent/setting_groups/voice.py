"""Settings of the voice: which providers hear, think and speak, with which keys, and what stands in their place."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

Kind = Literal["hosted", "inference", "offline"]
CLOUD = ".livekit.cloud"
DEEPGRAM, CARTESIA, OPENAI, FIREWORKS = "deepgram", "cartesia", "openai", "fireworks"
HEARS, THINKS, SPEAKS = (DEEPGRAM, OPENAI), (OPENAI, FIREWORKS), (CARTESIA, DEEPGRAM, OPENAI)
"""Who may be named in PHONE_AGENT_STT, _LLM and _TTS where the voice is hosted; LiveKit Inference takes others too."""


def base_address(value: str) -> str:
    address = urlsplit(value.strip())
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ValueError("must be a web address, such as https://api.example.com/v1.")
    return value.strip().rstrip("/")


def _provider_and_model(value: str) -> str:
    provider, slash, model = value.strip().partition("/")
    if not (provider and slash and model):
        raise ValueError("must be a provider and a model, such as deepgram/nova-3.")
    return value.strip()


def comma_list(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Address = Annotated[str, AfterValidator(base_address)]
Model = Annotated[str, AfterValidator(_provider_and_model)]
LanguageCode = Annotated[str, Field(pattern="^[a-z]{2}$")]


class VoiceSettings(BaseModel):
    voice: Literal["auto", "hosted", "inference", "offline"] = Field("auto", alias="PHONE_AGENT_VOICE")
    """Which voice pipeline: auto takes the best that the keys allow."""
    openai_api_key: str | None = Field(None, alias="OPENAI_API_KEY", repr=False)
    """The model's key; where no other key is set, OpenAI hears and speaks as well."""
    openai_base_url: Address | None = Field(None, alias="OPENAI_BASE_URL")
    """A compatible service for the model; OpenAI's speech is not used then."""
    openai_speech_base_url: Address | None = Field(None, alias="OPENAI_SPEECH_BASE_URL")
    """Where OpenAI's recognition and speech are asked for, if not at OpenAI's own address."""
    fireworks_api_key: str | None = Field(None, alias="FIREWORKS_API_KEY", repr=False)
    """The second model's key; alone, the only model's."""
    fireworks_base_url: Address = Field("https://api.fireworks.ai/inference/v1", alias="FIREWORKS_BASE_URL")
    """Where Fireworks is asked for."""
    deepgram_api_key: str | None = Field(None, alias="DEEPGRAM_API_KEY", repr=False)
    """Deepgram hears then, and its speech is the second voice."""
    deepgram_base_url: Address = Field("https://api.deepgram.com", alias="DEEPGRAM_BASE_URL")
    """Where Deepgram is asked for."""
    cartesia_api_key: str | None = Field(None, alias="CARTESIA_API_KEY", repr=False)
    """Cartesia speaks then."""
    cartesia_base_url: Address = Field("https://api.cartesia.ai", alias="CARTESIA_BASE_URL")
    """Where Cartesia is asked for."""
    inference_url: Address = Field("https://agent-gateway.livekit.cloud/v1", alias="LIVEKIT_INFERENCE_URL")
    """LiveKit Inference's address."""
    inference_api_key: str | None = Field(None, alias="LIVEKIT_INFERENCE_API_KEY")
    """LiveKit Cloud's API key for Inference, where LIVEKIT_URL is another server."""
    inference_api_secret: str | None = Field(None, alias="LIVEKIT_INFERENCE_API_SECRET", repr=False)
    """Its secret."""
    stt: Model = Field("deepgram/nova-3", alias="PHONE_AGENT_STT")
    """What hears."""
    llm: Model = Field("openai/gpt-4.1", alias="PHONE_AGENT_LLM")
    """What thinks."""
    temperature: float = Field(0.7, alias="PHONE_AGENT_TEMPERATURE", ge=0, le=2)
    """The model's temperature."""
    tts: Model = Field("cartesia/sonic-3", alias="PHONE_AGENT_TTS")
    """What speaks."""
    tts_voice: str = Field("f786b574-daa5-4673-aa0c-cbe3e8534c02", alias="PHONE_AGENT_TTS_VOICE")
    """The voice of PHONE_AGENT_TTS."""
    tts_speed: float = Field(1.1, alias="PHONE_AGENT_TTS_SPEED", ge=0.6, le=1.5)
    """How fast it speaks."""
    code_first: bool = Field(True, alias="PHONE_AGENT_CODE_FIRST")
    """Whether a plain order is taken without asking the model."""
    prepare_early: bool = Field(True, alias="PHONE_AGENT_PREPARE_EARLY")
    """Whether the model is asked before it is certain that the caller has finished."""
    keep_speech: bool = Field(True, alias="PHONE_AGENT_KEEP_SPEECH")
    """Whether short sentences that a provider has spoken are kept, and heard at once the next time."""
    languages: Annotated[tuple[LanguageCode, ...], BeforeValidator(comma_list), Field(min_length=1)] = Field(
        ("en", "es"), alias="PHONE_AGENT_LANGUAGES"
    )
    """Languages (comma-separated) that a call can be held in; calls begin in the first one."""
    vad: Literal["bundled", "silero"] = Field("bundled", alias="PHONE_AGENT_VAD")
    """What tells speech from silence in a hosted voice."""
    turn_detector: Literal["acoustic", "multilingual"] = Field("acoustic", alias="PHONE_AGENT_TURN_DETECTOR")
    """What tells in a hosted voice whether the caller has finished."""
    livekit_url: str = Field("ws://localhost:7880", alias="LIVEKIT_URL")
    """Where LiveKit's server answers."""
    livekit_api_key: str = Field("devkey", alias="LIVEKIT_API_KEY")
    """LiveKit's API key."""
    livekit_api_secret: str = Field("secret", alias="LIVEKIT_API_SECRET", repr=False)
    """LiveKit's API secret."""

    @property
    def voice_kind(self) -> Kind:
        """What auto comes to."""
        if self.voice != "auto":
            return self.voice
        if self.has_model_key:
            return "hosted"
        return "inference" if self.is_in_the_cloud else "offline"

    @property
    def has_model_key(self) -> bool:
        return bool(self.openai_api_key or self.fireworks_api_key)

    @property
    def is_in_the_cloud(self) -> bool:
        return (urlsplit(self.livekit_url).hostname or "").endswith(CLOUD)

    @property
    def livekit_http_url(self) -> str:
        """The same server, for requests."""
        return re.sub("^ws", "http", self.livekit_url).rstrip("/")

    @property
    def has_openai_speech(self) -> bool:
        """Another service's key opens nothing at OpenAI."""
        return bool(self.openai_api_key) and (self.openai_base_url is None or self.openai_speech_base_url is not None)

    @property
    def inference_credentials(self) -> tuple[str, str] | None:
        if self.inference_api_key and self.inference_api_secret:
            return self.inference_api_key, self.inference_api_secret
        return (self.livekit_api_key, self.livekit_api_secret) if self.is_in_the_cloud else None

    @model_validator(mode="after")
    def _has_what_the_voice_needs(self) -> Self:
        speech = [
            name for name in ("DEEPGRAM_API_KEY", "CARTESIA_API_KEY") if getattr(self, f"{name.lower()}") is not None
        ]
        if not self.has_model_key and speech and self.voice in ("auto", "hosted"):
            raise ValueError(
                f"{' and '.join(speech)} can speak or hear but not think: set OPENAI_API_KEY (or FIREWORKS_API_KEY) "
                "as well, or PHONE_AGENT_VOICE=offline."
            )
        if self.voice == "hosted" and not self.has_model_key:
            raise ValueError("PHONE_AGENT_VOICE: hosted needs OPENAI_API_KEY (or FIREWORKS_API_KEY); set one, or auto.")
        if self.voice == "inference" and self.inference_credentials is None:
            raise ValueError(
                "PHONE_AGENT_VOICE: inference needs LiveKit Cloud: set LIVEKIT_URL (wss://….livekit.cloud) with "
                "LIVEKIT_API_KEY and LIVEKIT_API_SECRET, or LIVEKIT_INFERENCE_API_KEY and LIVEKIT_INFERENCE_API_SECRET."
            )
        return self

    @model_validator(mode="after")
    def _names_providers_that_can(self) -> Self:
        if self.voice_kind != "hosted":
            return self
        for variable, model, able in (
            ("PHONE_AGENT_STT", self.stt, HEARS),
            ("PHONE_AGENT_LLM", self.llm, THINKS),
            ("PHONE_AGENT_TTS", self.tts, SPEAKS),
        ):
            if model.partition("/")[0] not in able:
                raise ValueError(
                    f"{variable}: must begin with {' or '.join(f'{name}/' for name in able)}; "
                    "others are to be had through PHONE_AGENT_VOICE=inference."
                )
        return self
