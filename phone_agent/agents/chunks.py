"""A model's answer in pieces, of which one tool call at most is let through in each step."""

from __future__ import annotations

from collections.abc import Iterator

from livekit.agents import llm

from phone_agent.voice.watchdog_llm import HOLDING

Chunk = llm.ChatChunk | str
MOST_LETTERS = 800
"""Nearly a minute, beside what the tool before has to say: a model that goes round in circles never ends by itself."""


class OneCallPerStep:
    """Calls of one step run at the same time, and checkout would race the dish before it: the model asks again."""

    def __init__(self, chat_ctx: llm.ChatContext) -> None:
        self.has_called = False
        self.has_spoken = False
        self.said = ""
        self.unsaid = unsaid_in(chat_ctx)

    @property
    def is_silent(self) -> bool:
        return not self.has_called and not self.has_spoken

    @property
    def has_said_enough(self) -> bool:
        """At the end of a sentence, or where there is none for as long again."""
        ends_a_sentence = self.said.rstrip().endswith((".", "!", "?"))
        return len(self.said) - len(self.unsaid) >= (MOST_LETTERS if ends_a_sentence else 2 * MOST_LETTERS)

    def kept(self, chunk: Chunk) -> Iterator[Chunk]:
        text = text_of(chunk)
        self.has_spoken = self.has_spoken or bool(text.strip())
        self.said += text
        calls = [] if isinstance(chunk, str) or chunk.delta is None else chunk.delta.tool_calls
        if isinstance(chunk, str) or chunk.delta is None or not calls:
            yield chunk
            return
        first = [] if self.has_called else calls[:1]
        self.has_called = True
        if first or text:
            yield chunk.model_copy(update={"delta": chunk.delta.model_copy(update={"tool_calls": first})})


def unsaid_in(chat_ctx: llm.ChatContext) -> str:
    """What a tool gave to be said, where nothing has been said since; a refused call gave nothing."""
    last = chat_ctx.items[-1] if chat_ctx.items else None
    return last.output.strip() if isinstance(last, llm.FunctionCallOutput) and not last.is_error else ""


def text_of(chunk: Chunk) -> str:
    if isinstance(chunk, str):
        return chunk
    return (chunk.delta.content or "") if chunk.delta else ""


def is_holding(chunk: Chunk) -> bool:
    return not isinstance(chunk, str) and chunk.id.startswith(HOLDING)
