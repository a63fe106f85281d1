"""Hearing through the gateway: its own messages around any provider's transcripts."""

from __future__ import annotations

from typing import Any

from .ears import Utterance
from .hearing_stream import Stream, punctuated, words_of
from .record import Answer


class GatewayStream(Stream):
    async def obey(self, message: dict[str, Any]) -> bool:
        kind = message.get("type")
        if kind == "session.create":
            self.rate = int(message["settings"]["sample_rate"])
            self.later({"type": "session.created", "session_id": self.request_id})
        elif kind == "session.finalize":
            await self.finish(is_asked_for=True)
            self.later({"type": "session.finalized", "session_id": self.request_id})
        elif kind == "session.close":
            await self.finish(is_asked_for=True)
            self.later({"type": "session.closed", "session_id": self.request_id})
        return kind == "session.close"

    def on_interim(self, text: str) -> None:
        self.later(self._transcript("interim_transcript", text, self.utterances.start_s, self.utterances.seconds))

    def on_end(self, ended: Utterance, answer: Answer, is_asked_for: bool) -> None:
        said = punctuated(ended.text)
        self.later(self._transcript("final_transcript", said, ended.start_s, ended.end_s), answer)

    def _transcript(self, kind: str, text: str, start_s: float, end_s: float) -> dict[str, Any]:
        return {
            "type": kind,
            "request_id": self.request_id,
            "transcript": text,
            "language": "en",
            "confidence": 0.98,
            "start": round(start_s, 3),
            "duration": round(end_s - start_s, 3),
            "words": words_of(text, start_s, end_s),
        }
