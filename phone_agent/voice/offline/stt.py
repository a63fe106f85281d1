"""Recognition with no keys, for a LiveKit session: words as they come, a final text when the turn ends."""

import asyncio
from collections.abc import Callable
from typing import Literal

from livekit import rtc
from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectOptions,
    LanguageCode,
    NotGivenOr,
    stt,
    utils,
)
from livekit.agents.utils import AudioBuffer

from .grammar import Grammar
from .listener import Listener
from .recognizer import SAMPLE_RATE, Recognizer

UNCLEAR = "(unclear)"


class OfflineSTT(stt.STT[Literal["offline"]]):
    """Recognizers are costly to build and cheap to keep, so a closed stream hands its own to the next."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__(
            capabilities=stt.STTCapabilities(
                streaming=True, interim_results=True, offline_recognize=True, manual_flush=True
            )
        )
        self._grammar = grammar
        self._idle: list[Recognizer] = []
        self.awaits_answer: Callable[[], bool] = lambda: False
        """Whether an order was read back and waits for its yes or no."""

    @property
    def model(self) -> str:
        return "pocketsphinx-en-us"

    @property
    def provider(self) -> str:
        return "offline"

    @property
    def grammar(self) -> Grammar:
        return self._grammar

    def use(self, grammar: Grammar) -> None:
        """From the next utterance on."""
        self._grammar = grammar

    def prewarm(self) -> None:
        if not self._idle:
            self._idle.append(Recognizer(self._grammar))
        self._idle[0].use(self._grammar)

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> "OfflineStream":
        return OfflineStream(self, conn_options)

    def borrow(self) -> Recognizer:
        return self._idle.pop() if self._idle else Recognizer(self._grammar)

    def give_back(self, recognizer: Recognizer) -> None:
        recognizer.forget_line()
        self._idle.append(recognizer)

    async def _recognize_impl(
        self,
        buffer: AudioBuffer,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions,
    ) -> stt.SpeechEvent:
        frame = rtc.combine_audio_frames(buffer)
        async with self.stream(conn_options=conn_options) as stream:
            stream.push_frame(frame)
            stream.end_input()
            texts = [event.alternatives[0].text async for event in stream if event.type is _FINAL]
        return _spoken(_FINAL, " ".join(texts))


class OfflineStream(stt.RecognizeStream):
    def __init__(self, owner: OfflineSTT, conn_options: APIConnectOptions) -> None:
        super().__init__(stt=owner, conn_options=conn_options, sample_rate=SAMPLE_RATE)
        self._owner = owner
        self._interim = ""

    async def _run(self) -> None:
        recognizer = self._owner.borrow()
        listener = Listener(recognizer)
        try:
            async for item in self._input_ch:
                await self._take(listener, item)
        finally:
            listener.stop()
            self._owner.give_back(recognizer)

    async def _take(self, listener: Listener, item: "rtc.AudioFrame | stt.RecognizeStream._FlushSentinel") -> None:
        listener.use(self._owner.grammar)
        listener.expect_answer(self._owner.awaits_answer())
        if isinstance(item, rtc.AudioFrame):
            listener.hear(bytes(item.data))
        else:
            listener.end_turn()
        while listener.work():  # noqa: ASYNC110 (the work is done here, and others get a turn between its steps)
            await asyncio.sleep(0)
        self._report(listener)

    def _report(self, listener: Listener) -> None:
        for heard in listener.finals():
            self._interim = ""
            self._event_ch.send_nowait(
                _spoken(_FINAL, heard.text if heard else UNCLEAR, heard.confidence if heard else 0)
            )
            self._event_ch.send_nowait(_usage(listener.seconds_heard()))
        words = listener.so_far()
        if words and words != self._interim:
            self._interim = words
            self._event_ch.send_nowait(_spoken(stt.SpeechEventType.INTERIM_TRANSCRIPT, words))


_FINAL = stt.SpeechEventType.FINAL_TRANSCRIPT


def _spoken(kind: stt.SpeechEventType, text: str, confidence: float = 0.5) -> stt.SpeechEvent:
    data = stt.SpeechData(language=LanguageCode("en"), text=text, confidence=confidence)
    return stt.SpeechEvent(type=kind, request_id=utils.shortuuid("heard_"), alternatives=[data])


def _usage(seconds: float) -> stt.SpeechEvent:
    return stt.SpeechEvent(
        type=stt.SpeechEventType.RECOGNITION_USAGE, recognition_usage=stt.RecognitionUsage(audio_duration=seconds)
    )
