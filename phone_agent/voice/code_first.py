"""A model that is asked only for what code does not take by itself: a plain order waits for none."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from livekit.agents import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, APIConnectOptions, NotGivenOr, llm

from phone_agent.call import Call
from phone_agent.voice.offline.model import OfflineLLM
from phone_agent.voice.offline.model_history import last_turn
from phone_agent.voice.stand_in import StandIn

BY_CODE = "code_"
"""How the ids of its tool calls begin: what such a tool says is said as it is."""


class CodeFirst(StandIn[llm.LLM[Any]], llm.LLM[Any]):
    """Which of the two answers is settled for each turn; both see the same conversation."""

    def __init__(self, call: Call, model: llm.LLM[Any]) -> None:
        super().__init__()
        self.watched = model
        self._code = OfflineLLM(call, call_ids=BY_CODE)
        for own in (self.watched, self._code):
            own.on("metrics_collected", partial(self.emit, "metrics_collected"))
            own.on("error", partial(self.emit, "error"))
        model.on("llm_availability_changed", partial(self.emit, "llm_availability_changed"))

    def prewarm(self, *, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self.watched.prewarm(loop=loop)

    async def aclose(self) -> None:
        await self.watched.aclose()

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
        taken = self._is_taken(chat_ctx, tools or []) and tool_choice != "none"
        return (self._code if taken else self.watched).chat(
            chat_ctx=chat_ctx,
            tools=tools,
            conn_options=conn_options,
            parallel_tool_calls=parallel_tool_calls,
            tool_choice=tool_choice,
            extra_kwargs=extra_kwargs,
        )

    def _is_taken(self, chat_ctx: llm.ChatContext, tools: list[llm.Tool]) -> bool:
        turn = last_turn(chat_ctx)
        if turn.outputs:
            return turn.last_call_id.startswith(BY_CODE)
        return self._code.is_certain(turn, [tool.id for tool in tools])
