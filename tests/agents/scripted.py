"""A model that does what a test has written down for each of the caller's sentences, however foolish."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from livekit.agents import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, APIConnectOptions, NotGivenOr, llm
from livekit.agents.utils import shortuuid

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.voice.offline.pipeline import in_writing


@dataclass(frozen=True)
class Use:
    name: str
    arguments: str

    @classmethod
    def of(cls, name: str, /, **arguments: object) -> Use:
        return cls(name, json.dumps(arguments))


Step = tuple[str | Use, ...]
"""What the model streams in one go: words and tool calls, each a piece of its own."""
Script = Mapping[str, Sequence[Step]]
"""Caller's sentence → the model's steps; after the last one it repeats what the tools gave."""


class ScriptedLLM(llm.LLM[Any]):
    def __init__(self, script: Script) -> None:
        super().__init__()
        self.script = script
        self.told: list[llm.ChatContext] = []
        """What the model was sent, each time."""
        self.offered: list[list[str]] = []
        self._asked: Counter[str] = Counter()

    def chat(
        self,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool] | None = None,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
        parallel_tool_calls: NotGivenOr[bool] = NOT_GIVEN,
        tool_choice: NotGivenOr[llm.ToolChoice] = NOT_GIVEN,
        extra_kwargs: NotGivenOr[dict[str, Any]] = NOT_GIVEN,
    ) -> llm.LLMStream:
        self.told.append(chat_ctx)
        self.offered.append([tool.id for tool in tools or []])
        return _Stream(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)

    def next_step(self, chat_ctx: llm.ChatContext) -> Step:
        said = [item for item in chat_ctx.items if isinstance(item, llm.ChatMessage) and item.role == "user"]
        if not said:
            return ("Okay.",)
        steps = self.script.get(said[-1].text_content or "", ())
        at = self._asked[said[-1].id]
        self._asked[said[-1].id] += 1
        return steps[at] if at < len(steps) else (_last_output(chat_ctx) or "Okay.",)


class _Stream(llm.LLMStream):
    async def _run(self) -> None:
        assert isinstance(self._llm, ScriptedLLM)
        for piece in self._llm.next_step(self._chat_ctx):
            if isinstance(piece, str):
                delta = llm.ChoiceDelta(role="assistant", content=piece)
            else:
                call = llm.FunctionToolCall(name=piece.name, arguments=piece.arguments, call_id=shortuuid("call_"))
                delta = llm.ChoiceDelta(role="assistant", tool_calls=[call])
            self._event_ch.send_nowait(llm.ChatChunk(id=shortuuid("scripted_"), delta=delta))


def _last_output(chat_ctx: llm.ChatContext) -> str:
    outputs = [item.output for item in chat_ctx.items if isinstance(item, llm.FunctionCallOutput)]
    return outputs[-1] if outputs else ""


@dataclass(frozen=True)
class ScriptedCall:
    talk: TextCall
    model: ScriptedLLM

    @property
    def call(self) -> Call:
        return self.talk.call

    async def say(self, words: str, *steps: Step) -> str:
        """With what the model does about it."""
        self.model.script = {**self.model.script, words: steps}
        return await self.talk.say(words)

    def outputs(self) -> list[str]:
        """Of the tools, as the model saw them last."""
        return [item.output for item in self.model.told[-1].items if isinstance(item, llm.FunctionCallOutput)]


@asynccontextmanager
async def scripted(call: Call, script: Script | None = None) -> AsyncIterator[ScriptedCall]:
    model = ScriptedLLM(script or {})
    pipeline = replace(in_writing(call), llm=model)
    async with TextCall(open_session(call, pipeline), OrderAgent(call)) as talk:
        yield ScriptedCall(talk, model)
