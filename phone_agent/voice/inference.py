"""The same voice through LiveKit Inference: one account for all three parts, the offline voice behind them."""

from __future__ import annotations

from typing import Any

from livekit.agents import NOT_GIVEN, NotGivenOr, inference, llm, stt, tts

from phone_agent.setting_groups.voice import CARTESIA, DEEPGRAM, VoiceSettings
from phone_agent.voice.hosted import HostedVoice
from phone_agent.voice.providers import FLUX, RATE, SEVERAL
from phone_agent.voice.said_before import Shelf


class InferenceVoice(HostedVoice):
    def __init__(self, settings: VoiceSettings, shelf: Shelf | None = None) -> None:
        super().__init__(settings, shelf)
        self._url = settings.inference_url
        self._key, self._secret = settings.inference_credentials or ("", "")
        self._made_before: list[llm.LLM[Any]] = []

    async def warm(self) -> None:
        """The plugin takes no client of ours, and its own reads all certificates: the first call's is made here."""
        await super().warm()
        self._made_before = [self._model()]

    def models(self) -> list[llm.LLM[Any]]:
        return [self._made_before.pop() if self._made_before else self._model()]

    def _model(self) -> llm.LLM[Any]:
        asked: dict[str, Any] = {"temperature": self._settings.temperature, "parallel_tool_calls": False}
        return inference.LLM(
            self._settings.llm,
            extra_kwargs=asked,
            base_url=self._url,
            api_key=self._key,
            api_secret=self._secret,
        )

    def recognisers(self) -> list[stt.STT[Any]]:
        expects = self._settings.stt.startswith(f"{DEEPGRAM}/") and bool(self._keyterms)
        asked: dict[str, Any] = {"keyterm": self._keyterms} if expects else {}
        return [
            inference.STT(
                self._settings.stt,
                language=self._heard,
                extra_kwargs=asked,
                base_url=self._url,
                api_key=self._key,
                api_secret=self._secret,
            )
        ]

    @property
    def _heard(self) -> NotGivenOr[str]:
        """Flux knows its language by its name; how others tell several apart is theirs."""
        model, languages = self._settings.stt, self._settings.languages
        if ":" in model or FLUX in model:
            return NOT_GIVEN
        if len(languages) == 1:
            return languages[0]
        return SEVERAL if model.startswith(f"{DEEPGRAM}/") else NOT_GIVEN

    def voices(self) -> list[tts.TTS[Any]]:
        is_cartesia = self._settings.tts.startswith(f"{CARTESIA}/")
        asked: dict[str, Any] = {"speed": self._settings.tts_speed} if is_cartesia else {}
        is_chosen = is_cartesia or "tts_voice" in self._settings.model_fields_set
        return [
            inference.TTS(
                self._settings.tts,
                voice=self._settings.tts_voice if is_chosen else NOT_GIVEN,
                sample_rate=RATE,
                extra_kwargs=asked,
                base_url=self._url,
                api_key=self._key,
                api_secret=self._secret,
            )
        ]
