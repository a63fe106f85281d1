"""A voice that is watched, sentence by sentence: silence is a timeout, in mid-sentence too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from livekit.agents import DEFAULT_API_CONNECT_OPTIONS, APIConnectOptions, APITimeoutError, tts, utils

from phone_agent.voice.stand_in import StandIn

PATIENCE_SECONDS = 1.5

Frames = tts.ChunkedStream | tts.SynthesizeStream


class WatchedTTS(StandIn[tts.TTS[Any]], tts.TTS[Any]):
    """A whole sentence is asked for at once, so that what is still owed is known at every moment."""

    def __init__(
        self,
        watched: tts.TTS[Any],
        *,
        patience: float = PATIENCE_SECONDS,
        spelt: Callable[[str], str] = str,
    ) -> None:
        super().__init__(
            capabilities=tts.TTSCapabilities(streaming=False),
            sample_rate=watched.sample_rate,
            num_channels=watched.num_channels,
        )
        self._label = watched.label
        self.watched = watched
        self.patience = patience
        self.spelt = spelt
        """The text as this voice is to be given it, with the sounds of unusual words."""

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> tts.ChunkedStream:
        return WatchedSpeech(tts=self, input_text=text, conn_options=replace(conn_options, max_retry=0))

    def prewarm(self) -> None:
        self.watched.prewarm()

    async def aclose(self) -> None:
        await self.watched.aclose()


class WatchedSpeech(tts.ChunkedStream):
    _tts: WatchedTTS

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        output_emitter.initialize(
            request_id=utils.shortuuid("speech_"),
            sample_rate=self._tts.sample_rate,
            num_channels=self._tts.num_channels,
            mime_type="audio/pcm",
        )
        async with self._asked() as pieces:
            try:
                while True:
                    async with asyncio.timeout(self._tts.patience):
                        piece = await anext(pieces)
                    output_emitter.push_frame(piece.frame)
            except StopAsyncIteration:
                output_emitter.flush()
            except TimeoutError:
                raise APITimeoutError("the voice fell silent", retryable=False) from None

    @asynccontextmanager
    async def _asked(self) -> AsyncIterator[Frames]:
        watched, text = self._tts.watched, self._tts.spelt(self._input_text)
        at_once = replace(self._conn_options, timeout=self._tts.patience)
        if not watched.capabilities.streaming:
            async with watched.synthesize(text, conn_options=at_once) as whole:
                yield whole
            return
        async with watched.stream(conn_options=at_once) as stream:
            stream.push_text(text)
            stream.end_input()
            yield stream
