"""A recogniser that is asked for whole sentences, and watched: an answer that does not come is a timeout."""

from __future__ import annotations

import asyncio
from typing import Any

from livekit.agents import NOT_GIVEN, APIConnectOptions, APITimeoutError, NotGivenOr, stt
from livekit.agents.utils import AudioBuffer

from phone_agent.voice.stand_in import StandIn

PATIENCE_SECONDS = 1.5


class WatchedSTT(StandIn[stt.STT[Any]], stt.STT[Any]):
    def __init__(self, watched: stt.STT[Any], *, patience: float = PATIENCE_SECONDS) -> None:
        super().__init__(capabilities=watched.capabilities)
        self._label = watched.label
        self.watched = watched
        self.patience = patience

    async def _recognize_impl(
        self, buffer: AudioBuffer, *, language: NotGivenOr[str] = NOT_GIVEN, conn_options: APIConnectOptions
    ) -> stt.SpeechEvent:
        try:
            async with asyncio.timeout(self.patience):
                return await self.watched._recognize_impl(buffer, language=language, conn_options=conn_options)
        except TimeoutError:
            raise APITimeoutError("no words came", retryable=False) from None

    async def aclose(self) -> None:
        await self.watched.aclose()
