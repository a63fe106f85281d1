"""Speech with no keys, for a LiveKit session: clause by clause, so that the first sound comes early."""

import re
from typing import Literal

from livekit.agents import DEFAULT_API_CONNECT_OPTIONS, APIConnectionError, APIConnectOptions, tts, utils

from phone_agent.languages.speech import speech_of
from phone_agent.ordering.language import ENGLISH, Language, spoken

from .flite import SAMPLE_RATE
from .speakable import speakable
from .speakable_abroad import speakable_abroad
from .voices import Voice, VoiceError

_FRAME_MS = 40  # LiveKit waits for a whole frame; its default of 200 ms is heard as delay
_SENTENCE_PAUSE = 0.22
_CLAUSE_PAUSE = 0.12
_LAST_PAUSE = 0.06
_SHORT_CLAUSE = 3
_CLAUSES = re.compile(r"(?<=[.!?])\s+|(?<=[,;:])\s+")


class OfflineTTS(tts.TTS[Literal["offline"]]):
    """LiveKit cuts what the agent says into sentences; each sentence is one synthesize()."""

    def __init__(self, voice: str = "slt") -> None:
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=SAMPLE_RATE, num_channels=1)
        self.voice = Voice(voice)
        self._abroad: dict[str, Voice] = {}

    @property
    def model(self) -> str:
        return f"flite-{self.voice.name}" if self.voice.engine else "espeak-ng"

    @property
    def provider(self) -> str:
        return "offline"

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> "OfflineSpeech":
        return OfflineSpeech(tts=self, input_text=text, conn_options=conn_options)

    def voice_of(self, language: Language) -> Voice:
        if language is ENGLISH:
            return self.voice
        return self._abroad.setdefault(language.code, Voice(abroad=speech_of(language.code).voice))

    async def learn(self, *texts: str) -> None:
        """Render sentences before they are needed."""
        for text in texts:
            for clause, _ in clauses(text):
                async for _piece in self.voice.say(clause):
                    pass


class OfflineSpeech(tts.ChunkedStream):
    _tts: OfflineTTS

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        output_emitter.initialize(
            request_id=utils.shortuuid("speech_"),
            sample_rate=SAMPLE_RATE,
            num_channels=1,
            mime_type="audio/pcm",
            frame_size_ms=_FRAME_MS,
        )
        try:
            language = spoken().language
            voice = self._tts.voice_of(language)
            for clause, pause in clauses(self._input_text, language):
                async for piece in voice.say(clause):
                    output_emitter.push(piece)
                output_emitter.push(bytes(int(pause * SAMPLE_RATE) * 2))
        except (OSError, VoiceError) as error:
            raise APIConnectionError(str(error)) from error
        output_emitter.flush()


def clauses(text: str, language: Language = ENGLISH) -> list[tuple[str, float]]:
    """What to render in one go, with the pause after each; a clause too short to stand alone joins the next."""
    joined: list[str] = []
    words = speakable(text) if language is ENGLISH else speakable_abroad(text, speech_of(language.code))
    for part in _CLAUSES.split(words):
        if joined and len(joined[-1].split()) < _SHORT_CLAUSE and joined[-1][-1:] not in ".!?":
            joined[-1] += f" {part}"
        elif any(map(str.isalnum, part)):
            joined.append(part)
    pauses = [_SENTENCE_PAUSE if part[-1] in ".!?" else _CLAUSE_PAUSE for part in joined[:-1]]
    return list(zip(joined, [*pauses, _LAST_PAUSE], strict=False))
