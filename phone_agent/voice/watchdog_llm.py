"""A model that is watched: silence is a timeout, and a reply that breaks off is finished by the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectOptions,
    APIError,
    APITimeoutError,
    NotGivenOr,
    llm,
)
from livekit.agents.utils import aio, shortuuid

from phone_agent.voice.stand_in import StandIn
from phone_agent.voice.tool_schemas import with_schemas

PATIENCE_SECONDS = 1.5
"""For the first byte of a reply and each next one: the plugins hand their connection's timeout to HTTP."""
HOLD_AFTER_SECONDS = 0.6
"""Two answers in five begin later, by the published figures. With what comes before and after it, this is heard 1.4 s
after the caller's last word."""
HOLDING = "holding_"
"""How the id of a chunk with the holding phrase begins: it is to be spoken at once, whatever follows."""
LONGEST_CHUNK_SECONDS = 5.0
"""A tool call comes whole, however long its arguments take; a service may also send bytes that say nothing."""


class WatchedLLM(StandIn[llm.LLM[Any]], llm.LLM[Any]):
    def __init__(
        self,
        watched: llm.LLM[Any],
        *,
        holding: Callable[[], str],
        patience: float = PATIENCE_SECONDS,
        longest_chunk: float = LONGEST_CHUNK_SECONDS,
        hold_after: float = HOLD_AFTER_SECONDS,
    ) -> None:
        super().__init__()
        self._label = watched.label
        self.watched = watched
        self.holding = holding
        """What the caller hears while somebody else is asked: in the language that the call is in by then."""
        self.patience = patience
        self.longest_chunk = longest_chunk
        self.hold_after = hold_after

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
        at_once = replace(conn_options, max_retry=0, timeout=self.patience)
        asked = self.watched.chat(
            chat_ctx=chat_ctx,
            tools=with_schemas(tools) if tools else tools,
            conn_options=at_once,
            parallel_tool_calls=parallel_tool_calls,
            tool_choice=tool_choice,
            extra_kwargs=extra_kwargs,
        )
        return WatchedReply(self, asked, chat_ctx=chat_ctx, tools=tools or [], conn_options=at_once)

    def prewarm(self, *, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self.watched.prewarm(loop=loop)

    async def aclose(self) -> None:
        await super().aclose()
        await self.watched.aclose()


class WatchedReply(llm.LLMStream):
    def __init__(
        self,
        model: WatchedLLM,
        asked: llm.LLMStream,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool],
        conn_options: APIConnectOptions,
    ) -> None:
        super().__init__(model, chat_ctx=chat_ctx, tools=tools, conn_options=conn_options)
        self._model = model
        self._asked = asked
        self._has_said = False
        self._has_called = False
        self._has_held = False

    async def _run(self) -> None:
        try:
            async with self._asked as chunks:
                await self._pass_on(chunks)
        except (APIError, TimeoutError) as error:
            if self._has_called:
                return  # the tool runs already, and is not to run twice: its result is a new question
            if self._has_said or isinstance(error, APITimeoutError | TimeoutError):
                self._hold()
            if isinstance(error, APIError):
                raise
            raise APITimeoutError("the model said nothing", retryable=False) from None

    async def _pass_on(self, chunks: llm.LLMStream) -> None:
        while True:
            try:
                async with asyncio.timeout(self._model.longest_chunk):
                    chunk = await self._next(chunks)
            except StopAsyncIteration:
                return
            if chunk.delta is not None:
                self._has_said = self._has_said or bool(chunk.delta.content)
                self._has_called = self._has_called or bool(chunk.delta.tool_calls)
            self._event_ch.send_nowait(chunk)

    async def _next(self, chunks: llm.LLMStream) -> llm.ChatChunk:
        """Waited for in two steps: the connection may stand, and be answered, for longer than a caller likes."""
        coming = asyncio.ensure_future(anext(chunks))
        try:
            done, _ = await asyncio.wait({coming}, timeout=self._model.hold_after)
            if not done and not self._has_called:
                self._hold()
            return await coming
        finally:
            await aio.cancel_and_wait(coming)

    def _hold(self) -> None:
        """Once: whoever has waited for a while is not told so again."""
        if self._has_held:
            return
        self._has_held = True
        words = f"{', ' if self._has_said else ''}{self._model.holding()} "
        delta = llm.ChoiceDelta(role="assistant", content=words)
        self._event_ch.send_nowait(llm.ChatChunk(id=shortuuid(HOLDING), delta=delta))
