"""Deepgram's `/v1/listen`: interim results while somebody speaks, then one final with `speech_final`."""

from __future__ import annotations

import io
import wave
from typing import Any

from aiohttp import web

from phone_agent.voice.offline.recognizer import SAMPLE_RATE

from .behaviour import Fault, Part
from .ears import EarsOfACall, Utterance
from .hearing_stream import Stream, punctuated, words_of
from .record import Answer, Asked
from .server import GARBLED, Provider
from .voice import resampled

_FLAG = frozenset(("true", "false"))
NOVA_PARAMS: dict[str, frozenset[str] | None] = {
    **dict.fromkeys(
        ("model", "version", "language", "keyterm", "keywords", "replace", "search", "redact", "tag", "extra"), None
    ),
    **dict.fromkeys(("sample_rate", "endpointing", "utterance_end_ms", "callback"), None),
    **dict.fromkeys(
        (
            "punctuate", "smart_format", "no_delay", "interim_results", "vad_events", "filler_words", "detect_language",
            "profanity_filter", "numerals", "mip_opt_out", "diarize", "dictation", "multichannel",
        ),
        _FLAG,
    ),
    "encoding": frozenset(("linear16",)),
    "channels": frozenset(("1",)),
}  # fmt: skip


class NovaStream(Stream):
    def on_speech(self) -> None:
        if self._flag("vad_events"):
            self.later({
                "type": "SpeechStarted", "channel": [0], "timestamp": round(self.utterances.start_s, 3),
            })  # fmt: skip

    def on_interim(self, text: str) -> None:
        if self._flag("interim_results"):
            self.later(self._results(text, self.utterances.start_s, self.utterances.seconds))

    def on_end(self, ended: Utterance, answer: Answer, is_asked_for: bool) -> None:
        is_written = self._flag("punctuate") or self._flag("smart_format")
        message = self._results(punctuated(ended.text) if is_written else ended.text, ended.start_s, ended.end_s)
        message |= {"is_final": True, "speech_final": True, "from_finalize": is_asked_for}
        self.later(message, answer)

    async def obey(self, message: dict[str, Any]) -> bool:
        kind = message.get("type")
        if kind in ("Finalize", "CloseStream") and not await self.finish(is_asked_for=True) and kind == "Finalize":
            here = self.utterances.seconds
            self.later(self._results("", here, here) | {"is_final": True, "from_finalize": True})
        if kind == "CloseStream":
            self.later({
                "type": "Metadata", "transaction_key": "deprecated", "request_id": self.request_id,
                "duration": round(self.utterances.seconds, 3), "channels": 1,
            })  # fmt: skip
        return kind == "CloseStream"

    def _results(self, said: str, start_s: float, end_s: float) -> dict[str, Any]:
        words = words_of(said, start_s, end_s)
        return {
            "type": "Results",
            "channel_index": [0, 1],
            "start": round(start_s, 3),
            "duration": round(end_s - start_s, 3),
            "is_final": False,
            "speech_final": False,
            "from_finalize": False,
            "channel": {"alternatives": [{"transcript": said, "confidence": 0.98 if said else 0.0, "words": words}]},
            "metadata": {"request_id": self.request_id, "model_info": {"name": self.asked.params["model"][0]}},
        }

    def _flag(self, name: str) -> bool:
        return self.asked.params.get(name, ["false"])[0] == "true"


async def recorded(server: Provider, request: web.Request, asked: Asked, ears: EarsOfACall) -> web.StreamResponse:
    """A whole recording, answered at once."""
    sound = await request.read()
    asked.audio_bytes = len(sound)
    answer = server.begin(asked, Part.HEARING)
    try:
        answer.text, seconds = words_in(ears, sound)
    except (wave.Error, EOFError):
        body = {"err_code": "Bad Request", "err_msg": "Bad Request: failed to process audio", "request_id": "r"}
        return web.json_response(body, status=400)
    fault = await server.before(answer, request)
    if fault is Fault.MALFORMED:
        return web.Response(text=GARBLED, content_type="application/json")
    said = punctuated(answer.text) if asked.params.get("punctuate") == ["true"] else answer.text
    alternative = {"transcript": said, "confidence": 0.98, "words": words_of(said, 0.0, seconds)}
    channel = {"alternatives": [alternative], "detected_language": "en"}
    return web.json_response({"metadata": {"request_id": "r"}, "results": {"channels": [channel]}})


def words_in(ears: EarsOfACall, wav: bytes) -> tuple[str, float]:
    """What is said in a WAV file, and how long it is."""
    with wave.open(io.BytesIO(wav)) as recording:
        rate, pcm = recording.getframerate(), recording.readframes(recording.getnframes())
    listener = ears()
    listener.hear(resampled(pcm, rate, SAMPLE_RATE))
    return listener.end(), len(pcm) / 2 / rate
