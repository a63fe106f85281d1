"""A spoken call with no servers and no recogniser: what the caller's voice does is scripted, the rest is real."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from livekit import rtc
from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectOptions,
    ConversationItemAddedEvent,
    LanguageCode,
    NotGivenOr,
    io,
    llm,
    stt,
    tts,
    utils,
    vad,
)

from phone_agent.agent import open_session
from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.line import Session
from phone_agent.ordering.selection import ItemRequest
from phone_agent.voice.offline.pipeline import in_writing, turn_handling

RATE = 16_000
SECONDS_A_WORD = 0.1
FRAME_S = 0.02
VAD_STEP_S = 0.03
SILENCE_S = 0.2
START, GOES_ON, END = (
    vad.VADEventType.START_OF_SPEECH,
    vad.VADEventType.INFERENCE_DONE,
    vad.VADEventType.END_OF_SPEECH,
)


class Loudspeaker(io.AudioOutput):
    """Plays in real time and can pause."""

    def __init__(self) -> None:
        super().__init__(label="loudspeaker", capabilities=io.AudioOutputCapabilities(pause=True))
        self.pauses = 0
        self._buffer = 0.0
        self._played = 0.0
        self._is_flushed = False
        self._runs = asyncio.Event()
        self._runs.set()
        self._playing: asyncio.Task[None] | None = None

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)
        self._buffer += frame.duration
        if self._playing is None:
            self._playing = asyncio.create_task(self._play())

    def flush(self) -> None:
        super().flush()
        self._is_flushed = True

    def clear_buffer(self) -> None:
        if self._playing is not None:
            self._playing.cancel()
            self._end(interrupted=True)

    def pause(self) -> None:
        super().pause()
        self.pauses += self._runs.is_set()
        self._runs.clear()

    def resume(self) -> None:
        super().resume()
        self._runs.set()

    async def _play(self) -> None:
        while self._buffer > 0 or not self._is_flushed:
            await self._runs.wait()
            if self._buffer > 0:
                if not self._played:
                    self.on_playback_started(created_at=time.time())
                self._buffer -= FRAME_S
                self._played += FRAME_S
            await asyncio.sleep(FRAME_S)
        self._end(interrupted=False)

    def _end(self, *, interrupted: bool) -> None:
        played, self._played, self._buffer, self._playing, self._is_flushed = self._played, 0.0, 0.0, None, False
        self.on_playback_finished(playback_position=played, interrupted=interrupted)


class QuietRoom(io.AudioInput):
    """Silence, in real time: recognition needs something to listen to."""

    def __init__(self) -> None:
        super().__init__(label="quiet room")

    async def __anext__(self) -> rtc.AudioFrame:
        await asyncio.sleep(0.05)
        return rtc.AudioFrame(bytes(RATE // 20 * 2), RATE, 1, RATE // 20)


class Tones(tts.TTS[Any]):
    """Speech that lasts as long as it has words, and none of its own."""

    def __init__(self) -> None:
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=RATE, num_channels=1)

    def synthesize(self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS) -> "Tone":
        return Tone(tts=self, input_text=text, conn_options=conn_options)


class Tone(tts.ChunkedStream):
    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        output_emitter.initialize(
            request_id=utils.shortuuid(), sample_rate=RATE, num_channels=1, mime_type="audio/pcm", frame_size_ms=20
        )
        output_emitter.push(bytes(int(len(self._input_text.split()) * SECONDS_A_WORD * RATE) * 2))
        output_emitter.flush()


class ScriptedSTT(stt.STT[Any]):
    def __init__(self) -> None:
        super().__init__(
            capabilities=stt.STTCapabilities(streaming=True, interim_results=True, offline_recognize=False)
        )
        self.said: asyncio.Queue[stt.SpeechEvent] = asyncio.Queue()

    def hear(self, text: str, *, is_final: bool = True) -> None:
        kind = stt.SpeechEventType.FINAL_TRANSCRIPT if is_final else stt.SpeechEventType.INTERIM_TRANSCRIPT
        data = stt.SpeechData(language=LanguageCode("en"), text=text, confidence=1.0)
        self.said.put_nowait(stt.SpeechEvent(type=kind, alternatives=[data]))

    async def _recognize_impl(self, *_: Any, **__: Any) -> stt.SpeechEvent:
        raise NotImplementedError

    def stream(
        self, *, language: NotGivenOr[str] = NOT_GIVEN, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> "ScriptedStream":
        return ScriptedStream(stt=self, conn_options=conn_options)


class ScriptedStream(stt.RecognizeStream):
    _stt: ScriptedSTT

    async def _run(self) -> None:
        while True:
            self._event_ch.send_nowait(await self._stt.said.get())


class ScriptedVAD(vad.VAD):
    def __init__(self) -> None:
        super().__init__(capabilities=vad.VADCapabilities(update_interval=VAD_STEP_S))
        self.noticed: asyncio.Queue[vad.VADEvent] = asyncio.Queue()

    def stream(self) -> "ScriptedVADStream":
        return ScriptedVADStream(self)

    def notice(self, kind: vad.VADEventType, speech: float, silence: float = 0.0) -> None:
        event = vad.VADEvent(
            kind, 0, time.time(), speech, silence, speaking=kind is not END,
            raw_accumulated_speech=0.0 if kind is END else speech, raw_accumulated_silence=silence,
        )  # fmt: skip
        self.noticed.put_nowait(event)


class ScriptedVADStream(vad.VADStream):
    _vad: ScriptedVAD

    async def _main_task(self) -> None:
        while True:
            self._event_ch.send_nowait(await self._vad.noticed.get())


class SpokenCall:
    """`said`: what the agent has said, each with whether it was cut; `turns`: what it took as the caller's."""

    def __init__(self, call: Call, session: Session, hears: ScriptedSTT, notices: ScriptedVAD) -> None:
        self.call = call
        self.session = session
        self.loudspeaker = Loudspeaker()
        self.said: list[tuple[str, bool]] = []
        self.turns: list[str] = []
        self._stt = hears
        self._vad = notices
        session.output.audio = self.loudspeaker
        session.input.audio = QuietRoom()
        session.on("conversation_item_added", self._on_item)

    def _on_item(self, event: ConversationItemAddedEvent) -> None:
        item = event.item
        if isinstance(item, llm.ChatMessage) and item.text_content:
            if item.role == "assistant":
                self.said.append((item.text_content.strip(), item.interrupted))
            elif item.role == "user":
                self.turns.append(item.text_content)

    async def voice(self, words: str | None, seconds: float = 0.6) -> None:
        """The caller speaks for so long; the words come when it is over, None: there are none."""
        self._vad.notice(START, 0.05)
        begun = time.monotonic()
        while (so_far := time.monotonic() - begun) < seconds:
            await asyncio.sleep(VAD_STEP_S)
            self._vad.notice(GOES_ON, so_far)
        if words:
            self._stt.hear(words, is_final=False)
        await asyncio.sleep(SILENCE_S)
        self._vad.notice(END, seconds, SILENCE_S)
        await asyncio.sleep(0.05)
        if words:
            self._stt.hear(words)

    async def until_said(self, beginning: str) -> None:
        await until(lambda: any(words.startswith(beginning) for words, _ in self.said))

    async def until_saying(self, beginning: str) -> None:
        await until(lambda: self.call.last_said.startswith(beginning) and self.session.agent_state == "speaking")

    async def until_quiet(self) -> None:
        quiet_since = time.monotonic()
        async with asyncio.timeout(10):
            while time.monotonic() - quiet_since < 0.6:
                await asyncio.sleep(0.02)
                if self.session.current_speech is not None or self._stt.said.qsize():
                    quiet_since = time.monotonic()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def speaking(call: Call, **parts: Any) -> AsyncIterator[SpokenCall]:
    """With the greeting behind it; `parts` of the pipeline stand in for these."""
    hears, notices = ScriptedSTT(), ScriptedVAD()
    written = replace(in_writing(call), stt=hears, vad=notices, tts=Tones(), turn_handling=turn_handling())
    session = open_session(call, replace(written, **parts))
    spoken = SpokenCall(call, session, hears, notices)
    await session.start(OrderAgent(call), record=False)
    await spoken.until_quiet()
    spoken.said.clear()
    try:
        yield spoken
    finally:
        with suppress(RuntimeError):
            await session.aclose()


async def with_a_salad(call: Call) -> None:
    await call.take([ItemRequest("caesar salad")])
