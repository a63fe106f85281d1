"""A pipeline: what hears, thinks and speaks in one call; and the voices that make one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from livekit.agents import TurnHandlingOptions, llm, stt, tts, vad
from livekit.agents.voice.agent_session import SessionConnectOptions

from phone_agent.call import Call
from phone_agent.ordering.language import Language
from phone_agent.ordering.menu import Menu

AnyVoice = tts.TTS[Any]


@dataclass(frozen=True)
class Pipeline:
    """Without stt, tts and vad the call is held in writing."""

    llm: llm.LLM[Any]
    stt: stt.STT[Any] | None = None
    tts: tts.TTS[Any] | None = None
    vad: vad.VAD | None = None
    turn_handling: TurnHandlingOptions | None = None
    conn_options: SessionConnectOptions | None = None
    """Where the pipeline sees to its failures itself and the session is not to ask again."""


class Voice(Protocol):
    """Kept for a process; nothing in it connects to anything before a call has a pipeline."""

    @property
    def tts(self) -> tts.TTS[Any]:
        """Speaks where no call could be opened."""
        ...

    async def warm(self) -> None:
        """Whatever is slow and the same for all menus."""
        ...

    def prepare(self, menu: Menu) -> object:
        """Whatever is slow to make of a menu."""
        ...

    def pipeline(self, call: Call) -> Pipeline: ...

    def speaker(self, language: Language) -> AnyVoice:
        """Speaks in a call that we make."""
        ...
