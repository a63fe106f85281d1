"""A pipeline: what hears, thinks and speaks in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from livekit.agents import TurnHandlingOptions, llm, stt, tts, vad


@dataclass(frozen=True)
class Pipeline:
    """Without stt, tts and vad the call is held in writing."""

    llm: llm.LLM[Any]
    stt: stt.STT[Any] | None = None
    tts: tts.TTS[Any] | None = None
    vad: vad.VAD | None = None
    turn_handling: TurnHandlingOptions | None = None
