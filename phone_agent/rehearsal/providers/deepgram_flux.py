"""Deepgram's Flux, `/v2/listen`: turns instead of results."""

from __future__ import annotations

from typing import Any

from .ears import Utterance
from .hearing_stream import Stream, words_of
from .record import Answer

_FLAG = frozenset(("true", "false"))
FLUX_PARAMS: dict[str, frozenset[str] | None] = {
    **dict.fromkeys(
        ("model", "sample_rate", "eager_eot_threshold", "eot_threshold", "eot_timeout_ms", "keyterm", "tag"), None
    ),
    **dict.fromkeys(("mip_opt_out", "numerals", "profanity_filter"), _FLAG),
    "language_hint": None,
    "redact": frozenset(("numbers", "aggressive_numbers")),
    "encoding": frozenset(("linear16",)),
}
_CONFIGURABLE = {"type", "thresholds", "keyterms", "language_hints"}


class FluxStream(Stream):
    """An eager end goes out as soon as silence is noticed, where it was asked for; a turn is not resumed after it."""

    _sequence = 0
    _turn = 0

    def on_open(self) -> None:
        self.later({"type": "Connected", "request_id": self.request_id, "sequence_id": self._next()})

    def on_speech(self) -> None:
        self.later(self._turn_info("StartOfTurn", "", 0.1))

    def on_interim(self, text: str) -> None:
        self.later(self._turn_info("Update", text, 0.2))

    def on_end(self, ended: Utterance, answer: Answer, is_asked_for: bool) -> None:
        if ended.text and "eager_eot_threshold" in self.asked.params:
            self.later(self._turn_info("EagerEndOfTurn", ended.text, 0.5, ended))
        self.later(self._turn_info("EndOfTurn", ended.text, 0.9, ended), answer)
        self._turn += 1

    async def obey(self, message: dict[str, Any]) -> bool:
        kind = message.get("type")
        if kind == "Configure":
            done = {"type": "ConfigureSuccess"} if set(message) <= _CONFIGURABLE else {"type": "ConfigureFailure"}
            self.later({**message, **done, "request_id": self.request_id, "sequence_id": self._next()})
        elif kind in ("ForceEndTurn", "CloseStream"):
            await self.finish(is_asked_for=True)
        return kind == "CloseStream"

    def _turn_info(self, event: str, text: str, confidence: float, ended: Utterance | None = None) -> dict[str, Any]:
        end_s = ended.end_s if ended else self.utterances.seconds
        start_s = ended.start_s if ended else self.utterances.start_s
        words = [
            {key: word[key] for key in ("word", "start", "end", "confidence")}
            for word in words_of(text, start_s, end_s)
        ]
        return {
            "type": "TurnInfo",
            "request_id": self.request_id,
            "sequence_id": self._next(),
            "event": event,
            "turn_index": self._turn,
            "audio_window_start": round(start_s, 3),
            "audio_window_end": round(end_s, 3),
            "transcript": text,
            "words": words,
            "end_of_turn_confidence": confidence,
        }

    def _next(self) -> int:
        self._sequence += 1
        return self._sequence - 1
