"""Mouth and ears of a call with no servers: the caller's voice is scripted, and the agent's is a timed tone."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from livekit import rtc
from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectOptions,
    LanguageCode,
    NotGivenOr,
    io,
    stt,
    tts,
    utils,
    vad,
)

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
    """Silence, in real time, or a constant: recognition needs something to listen to."""

    def __init__(self) -> None:
        super().__init__(label="quiet room")
        self.level = 0

    async def __anext__(self) -> rtc.AudioFrame:
        await asyncio.sleep(0.05)
        return rtc.AudioFrame(self.level.to_bytes(2, "little") * (RATE // 20), RATE, 1, RATE // 20)


class Tones(tts.TTS[Any]):
    """Speech that lasts as long as it has words, and none of its own."""

    def __init__(self) -> None:
        super().__init__(capabilities=tts.TTSCapabilities(streaming=False), sample_rate=RATE, num_channels=1)
        self.spoken: list[tuple[str, float]] = []
        """Each text, and when it came to be spoken."""

    def synthesize(self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS) -> Tone:
        self.spoken.append((text, time.monotonic()))
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
        self.level = 0
        """Of the newest sound that came."""
        self.streams = 0
        """So often it began to listen."""

    def hear(self, text: str, *, is_final: bool = True) -> None:
        kind = stt.SpeechEventType.FINAL_TRANSCRIPT if is_final else stt.SpeechEventType.INTERIM_TRANSCRIPT
        data = stt.SpeechData(language=LanguageCode("en"), text=text, confidence=1.0)
        self.said.put_nowait(stt.SpeechEvent(type=kind, alternatives=[data]))

    async def _recognize_impl(
        self, buffer: utils.AudioBuffer, *, language: NotGivenOr[str] = NOT_GIVEN, conn_options: APIConnectOptions
    ) -> stt.SpeechEvent:
        raise NotImplementedError

    def stream(
        self, *, language: NotGivenOr[str] = NOT_GIVEN, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> ScriptedStream:
        self.streams += 1
        return ScriptedStream(stt=self, conn_options=conn_options)


class ScriptedStream(stt.RecognizeStream):
    _stt: ScriptedSTT

    async def _run(self) -> None:
        listening = asyncio.create_task(self._listen())
        try:
            while True:
                self._event_ch.send_nowait(await self._stt.said.get())
        finally:
            await utils.aio.cancel_and_wait(listening)

    async def _listen(self) -> None:
        async for frame in self._input_ch:
            if isinstance(frame, rtc.AudioFrame):
                self._stt.level = frame.data[0]


class ScriptedVAD(vad.VAD):
    def __init__(self) -> None:
        super().__init__(capabilities=vad.VADCapabilities(update_interval=VAD_STEP_S))
        self.noticed: asyncio.Queue[vad.VADEvent] = asyncio.Queue()

    def stream(self) -> ScriptedVADStream:
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
