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

from phone_agent.voice.tool_schemas import with_schemas

BRIDGE_AFTER_SECONDS = 0.6
"""Of silence from the model, which begins in 0.54 s in the middle and in 1.8 s at p95."""
PATIENCE_SECONDS = 1.5
"""For the first byte of a reply and each next one: the plugins hand their connection's timeout to HTTP."""
LONGEST_CHUNK_SECONDS = 5.0
"""A tool call comes whole, however long its arguments take; a service may also send bytes that say nothing."""


class WatchedLLM(llm.LLM[Any]):
    def __init__(
        self,
        watched: llm.LLM[Any],
        *,
        holding: str,
        patience: float = PATIENCE_SECONDS,
        longest_chunk: float = LONGEST_CHUNK_SECONDS,
        bridging: Callable[[], str] | None = None,
        bridge_after: float = BRIDGE_AFTER_SECONDS,
    ) -> None:
        super().__init__()
        self._label = watched.label
        self.watched = watched
        self.holding = holding
        """What the caller hears while somebody else is asked."""
        self.patience = patience
        self.longest_chunk = longest_chunk
        self.bridging = bridging
        """A first clause that is true whatever the reply will be; None: nothing is said before it."""
        self.bridge_after = bridge_after

    @property
    def model(self) -> str:
        return self.watched.model

    @property
    def provider(self) -> str:
        return self.watched.provider

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
        bridging = asyncio.create_task(self._bridge()) if self._begins_a_turn() else None
        try:
            while True:
                async with asyncio.timeout(self._model.longest_chunk):
                    chunk = await anext(chunks)
                if bridging is not None:
                    bridging.cancel()
                if chunk.delta is not None:
                    self._has_said = self._has_said or bool(chunk.delta.content)
                    self._has_called = self._has_called or bool(chunk.delta.tool_calls)
                self._event_ch.send_nowait(chunk)
        except StopAsyncIteration:
            return
        finally:
            if bridging is not None:
                await aio.cancel_and_wait(bridging)

    async def _bridge(self) -> None:
        await asyncio.sleep(self._model.bridge_after)
        if self._model.bridging is not None:
            self._say(f"{self._model.bridging()} ")

    def _begins_a_turn(self) -> bool:
        """What follows a tool has had its first clause."""
        said = [item for item in self._chat_ctx.items if item.type != "message" or item.role in ("user", "assistant")]
        return bool(said) and said[-1].type == "message" and said[-1].role == "user"

    def _hold(self) -> None:
        self._say(f"{', ' if self._has_said else ''}{self._model.holding} ")

    def _say(self, words: str) -> None:
        delta = llm.ChoiceDelta(role="assistant", content=words)
        self._event_ch.send_nowait(llm.ChatChunk(id=shortuuid("holding_"), delta=delta))
