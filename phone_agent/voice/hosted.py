"""The hosted voice: the providers whose keys are set, one behind the other, and the offline voice behind them all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from livekit import rtc
from livekit.agents import APIConnectOptions, llm, stt, tts
from livekit.agents.utils import http_context
from livekit.agents.vad import VAD
from livekit.agents.voice.agent_session import SessionConnectOptions

from phone_agent.call import Call
from phone_agent.clients.trust import trusted
from phone_agent.languages import languages_of
from phone_agent.ordering.language import ENGLISH, Language, spoken
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.sentences import Sentence
from phone_agent.setting_groups.voice import VoiceSettings
from phone_agent.voice import providers
from phone_agent.voice.code_first import CodeFirst
from phone_agent.voice.detectors import turn_handling_for, vad_for
from phone_agent.voice.hearing import Hearing
from phone_agent.voice.kept import KeptTTS, Words, kept_words
from phone_agent.voice.keyterms import keyterms
from phone_agent.voice.offline.flite import SAMPLE_RATE
from phone_agent.voice.offline.pipeline import UNDERSTOOD, OfflineVoice
from phone_agent.voice.offline.stt import OfflineSTT
from phone_agent.voice.offline.tts import OfflineTTS
from phone_agent.voice.pipeline import Pipeline
from phone_agent.voice.said_before import SaidBefore, Shelf, own_words
from phone_agent.voice.speaking import ByClause, Speaking
from phone_agent.voice.watchdog_llm import PATIENCE_SECONDS, WatchedLLM
from phone_agent.voice.watchdog_stt import WatchedSTT
from phone_agent.voice.watchdog_tts import WatchedTTS

MOST_HOSTED = 2
"""A caller does not wait for a third provider: the offline voice is here."""
AnyTTS = tts.TTS[Any]
AT_ONCE = APIConnectOptions(max_retry=0, timeout=PATIENCE_SECONDS)
"""The chains see to failures themselves: the session would ask all of them three times more."""


class HostedVoice:
    def __init__(self, settings: VoiceSettings, shelf: Shelf | None = None) -> None:
        """`shelf`: where short sentences are kept; None: each is asked for anew."""
        self._settings = settings
        self._shelf = shelf
        self._offline = OfflineVoice()
        self._menu: Menu | None = None
        self._keyterms: list[str] = []
        self._words: Words = {}
        """Made beforehand; they are put together where no voice speaks."""
        self._holding: dict[str, rtc.AudioFrame] = {}
        """By the language's code."""
        self._own_words: frozenset[str] = frozenset()

    @property
    def tts(self) -> OfflineTTS:
        return self._offline.tts

    async def warm(self) -> None:
        """Certificates, which take a good part of a second to read: ours and those of LiveKit's shared connections."""
        trusted()
        async with http_context.open():
            pass

    def prepare(self, menu: Menu) -> None:
        self._offline.prepare(menu)
        if menu == self._menu:
            return
        self._menu = menu
        self._keyterms = keyterms(menu)
        self._words = kept_words(menu, self.tts.voice)
        self._own_words = own_words(menu, self._settings.languages)
        self._holding = {each.code: _holding_in(each, self.tts) for each in languages_of(self._settings.languages)}

    def pipeline(self, call: Call) -> Pipeline:
        self.prepare(call.menu)
        own = self._offline.pipeline(call)
        vad, ears, voices = vad_for(self._settings), self.recognisers(), self.voices()
        call.understood = _understood_by(ears)
        call.known.hears_own_words = True
        call.on_language = partial(_speak, voices)
        if call.tongue.language is not ENGLISH:
            # The call was opened in it before there was a voice.
            call.on_language(call.tongue.language)
        model = thinking(self.models(), own.llm)
        recogniser = hearing(ears, own.stt, vad)
        recogniser.on_serving = partial(_note_ears, call)
        speaking = Speaking(
            [*map(watched_voice, voices), self.tts, self.kept_for(call)],
            holding=self._hold,
            said_before=self.said_before(call),
        )
        call.is_holding = lambda: speaking.is_holding
        return Pipeline(
            llm=CodeFirst(call, model) if self._settings.code_first else model,
            stt=recogniser,
            tts=ByClause(speaking),
            vad=vad,
            turn_handling=turn_handling_for(self._settings),
            conn_options=SessionConnectOptions(
                stt_conn_options=AT_ONCE, llm_conn_options=AT_ONCE, tts_conn_options=AT_ONCE
            ),
        )

    def speaker(self, language: Language) -> Speaking:
        voices = self.voices()
        _speak(voices, language)
        return Speaking([*map(watched_voice, voices), self.tts], holding=self._hold)

    def kept_for(self, call: Call) -> KeptTTS:
        return KeptTTS(self._words, names=lambda: call.profile.household_name or "")

    def said_before(self, call: Call) -> SaidBefore | None:
        if self._shelf is None:
            return None
        return SaidBefore(
            self._shelf,
            voice=partial(_sounds_like, self._settings),
            own=self._own_words,
            private=partial(_told_by, call),
        )

    def _hold(self) -> rtc.AudioFrame | None:
        return self._holding.get(spoken().language.code)

    def models(self) -> list[llm.LLM[Any]]:
        return providers.models(self._settings)[:MOST_HOSTED]

    def recognisers(self) -> list[stt.STT[Any]]:
        return providers.recognisers(self._settings, self._keyterms)[:MOST_HOSTED]

    def voices(self) -> list[AnyTTS]:
        return providers.voices(self._settings)[:MOST_HOSTED]


def _sounds_like(settings: VoiceSettings) -> str:
    """Whatever would be heard otherwise with other settings, and in another language."""
    addresses = settings.cartesia_base_url, settings.deepgram_base_url, settings.openai_speech_base_url
    told = (settings.voice_kind, settings.tts, settings.tts_voice, settings.tts_speed, *addresses)
    return "|".join(map(str, (*told, spoken().language.code)))


def _told_by(call: Call) -> str:
    return f"{call.profile.household_name} {call.known.name} {call.wishes.fulfilment.address}"


def _note_ears(call: Call, serving: stt.STT[Any]) -> None:
    call.known.hears_own_words = not isinstance(serving, OfflineSTT)


def _holding_in(language: Language, own: OfflineTTS) -> rtc.AudioFrame:
    words = language.sentences.get(Sentence.ONE_MOMENT.name, Sentence.ONE_MOMENT.value)
    sound = own.voice_of(language).render(words)
    return rtc.AudioFrame(sound, SAMPLE_RATE, 1, len(sound) // 2)


def _understood_by(ears: Sequence[stt.STT[Any]]) -> frozenset[str] | None:
    """What hears first; with nothing hosted, the offline recogniser does."""
    hears_english_only = not ears or providers.is_english_only(ears[0].model)
    return UNDERSTOOD if hears_english_only else None


def _speak(voices: Sequence[AnyTTS], language: Language) -> None:
    for voice in voices:
        providers.speak(voice, language.code)


def thinking(models: Sequence[llm.LLM[Any]], own: llm.LLM[Any]) -> llm.FallbackAdapter:
    return llm.FallbackAdapter(
        [*(WatchedLLM(model, holding=Sentence.ONE_MOMENT.words) for model in models), own],
        attempt_timeout=PATIENCE_SECONDS,
        # A reply that breaks off before it called a tool is begun again by the next model.
        retry_on_chunk_sent=True,
    )


def hearing(recognisers: Sequence[stt.STT[Any]], own: stt.STT[Any] | None, vad: VAD) -> Hearing:
    watched = [one if one.capabilities.streaming else WatchedSTT(one) for one in recognisers]
    return Hearing([*watched, *([own] if own is not None else [])], vad=vad)


def watched_voice(voice: tts.TTS[Any]) -> WatchedTTS:
    return WatchedTTS(voice, spelt=providers.spelling_of(voice))
