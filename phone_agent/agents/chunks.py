"""A model's answer in pieces, of which one tool call at most is let through in each step."""

from __future__ import annotations

from collections.abc import Iterator

from livekit.agents import llm

from phone_agent.voice.watchdog_llm import HOLDING

Chunk = llm.ChatChunk | str


class OneCallPerStep:
    """Calls of one step run at the same time, and checkout would race the dish before it: the model asks again."""

    def __init__(self) -> None:
        self.has_called = False
        self.has_spoken = False

    @property
    def is_silent(self) -> bool:
        return not self.has_called and not self.has_spoken

    def kept(self, chunk: Chunk) -> Iterator[Chunk]:
        self.has_spoken = self.has_spoken or bool(text_of(chunk).strip())
        calls = [] if isinstance(chunk, str) or chunk.delta is None else chunk.delta.tool_calls
        if isinstance(chunk, str) or chunk.delta is None or not calls:
            yield chunk
            return
        first = [] if self.has_called else calls[:1]
        self.has_called = True
        if first or text_of(chunk):
            yield chunk.model_copy(update={"delta": chunk.delta.model_copy(update={"tool_calls": first})})


def text_of(chunk: Chunk) -> str:
    if isinstance(chunk, str):
        return chunk
    return (chunk.delta.content or "") if chunk.delta else ""


def is_holding(chunk: Chunk) -> bool:
    return not isinstance(chunk, str) and chunk.id.startswith(HOLDING)
