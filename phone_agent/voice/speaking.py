"""Speech by several voices: where one falls silent, a holding phrase is heard and the next says the rest."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from functools import partial
from typing import Any

from livekit import rtc
from livekit.agents import DEFAULT_API_CONNECT_OPTIONS, APIConnectionError, APIConnectOptions, APIError, tts, utils
from livekit.agents.tts import AvailabilityChangedEvent, FallbackChunkedStream

from phone_agent.voice.first_clause import FirstClause
from phone_agent.voice.said_before import SaidBefore

HOLD_AFTER_SECONDS = 0.6
"""Of silence on the line; a voice that works has begun long before."""
LETTERS_PER_SECOND = 12
"""Fewer than anybody speaks: a clause may be heard twice, and no word is left out."""
_CLAUSE = re.compile(r"(?<=[.!?,;:])\s+")


def rest_of(text: str, spoken_seconds: float) -> str:
    """From the beginning of the clause in which the voice broke off."""
    spoken = int(spoken_seconds * LETTERS_PER_SECOND)
    starts = [0, *(gap.end() for gap in _CLAUSE.finditer(text))]
    return text[max(start for start in starts if start <= spoken) :]


class Speaking(tts.FallbackAdapter):
    def __init__(
        self,
        voices: Sequence[tts.TTS[Any]],
        *,
        holding: Callable[[], rtc.AudioFrame | None] = lambda: None,
        hold_after: float = HOLD_AFTER_SECONDS,
        said_before: SaidBefore | None = None,
    ) -> None:
        super().__init__(list(voices), max_retry_per_tts=0)
        self._holding = holding
        self._said_before = said_before
        self.hold_after = hold_after
        self.is_holding = False
        """The last sound that was made is the holding phrase."""
        self.sounds_until = 0.0
        """When what was made so far has been played."""

    def holding(self) -> rtc.AudioFrame | None:
        """The phrase, in the language that the call is in by then."""
        frame = self._holding()
        return None if frame is None else _at_rate(frame, self.sample_rate)

    def sound_of(self, text: str) -> rtc.AudioFrame | None:
        """As the first voice has said it before; while that one is down, two voices would take turns."""
        if self._said_before is None or not self._status[0].available:
            return None
        return self._said_before.sound_of(text, self.sample_rate)

    async def keep(self, text: str, voice: tts.TTS[Any], frames: Sequence[rtc.AudioFrame]) -> None:
        if self._said_before is not None and voice is self._tts_instances[0]:
            await asyncio.to_thread(self._said_before.keep, text, frames, self.sample_rate)

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> FallbackChunkedStream:
        return SpokenByAny(tts=self, input_text=text, conn_options=conn_options)


class ByClause(tts.StreamAdapter):
    """Asks for a sentence at a time; the first clause of an answer does not wait for the rest of its sentence."""

    def __init__(self, speaking: Speaking) -> None:
        super().__init__(tts=speaking, sentence_tokenizer=FirstClause())
        self.speaking = speaking
        speaking.on("tts_availability_changed", partial(self.emit, "tts_availability_changed"))


class SpokenByAny(FallbackChunkedStream):
    """LiveKit's own stream drops the rest of a sentence whose beginning was heard."""

    _tts: Speaking

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        speaking = self._tts
        output_emitter.initialize(
            request_id=utils.shortuuid("speech_"),
            sample_rate=speaking.sample_rate,
            num_channels=speaking.num_channels,
            mime_type="audio/pcm",
        )
        if (known := speaking.sound_of(self._input_text)) is not None:
            self._push(known, output_emitter)
            return
        all_failed = not any(status.available for status in speaking._status)
        for voice, status in zip(speaking._tts_instances, speaking._status, strict=True):
            if (status.available or all_failed) and await self._say_with(voice, output_emitter):
                return
            if status.available:
                status.available = False
                speaking.emit("tts_availability_changed", AvailabilityChangedEvent(tts=voice, available=False))
            self._try_recovery(voice)
        raise APIConnectionError("no voice speaks", retryable=False)

    async def _say_with(self, voice: tts.TTS[Any], emitter: tts.AudioEmitter) -> bool:
        """Whether the sentence was said to its end; if not, what is left of it is the next one's."""
        resampler = None
        if voice.sample_rate != self._tts.sample_rate:
            resampler = rtc.AudioResampler(voice.sample_rate, self._tts.sample_rate)
        spoken, heard = 0.0, list[rtc.AudioFrame]()
        pieces = self._try_synthesize(tts=voice)
        try:
            while (piece := await self._next(pieces, emitter)) is not None:
                spoken += piece.frame.duration
                for frame in resampler.push(piece.frame) if resampler else [piece.frame]:
                    self._push(frame, emitter)
                    heard.append(frame)
        except (APIError, OSError):
            self._input_text = rest_of(self._input_text, spoken)
            return False
        finally:
            await pieces.aclose()
        for frame in resampler.flush() if resampler else []:
            self._push(frame, emitter)
            heard.append(frame)
        await self._tts.keep(self._input_text, voice, heard)
        return True

    async def _next(
        self, pieces: AsyncGenerator[tts.SynthesizedAudio, None], emitter: tts.AudioEmitter
    ) -> tts.SynthesizedAudio | None:
        """The next piece; while it is missing and the line is silent, the holding phrase, once."""
        coming = asyncio.ensure_future(anext(pieces, None))
        try:
            done, _ = await asyncio.wait({coming}, timeout=self._until_hold())
            if not done and (holding := self._tts.holding()) is not None:
                self._push(holding, emitter)
                self._tts.is_holding = True
                emitter.flush()
            piece: tts.SynthesizedAudio | None = await coming
        finally:
            await utils.aio.cancel_and_wait(coming)
        return piece

    def _until_hold(self) -> float:
        now = asyncio.get_running_loop().time()
        return max(self._tts.sounds_until - now, 0) + self._tts.hold_after

    def _push(self, frame: rtc.AudioFrame, emitter: tts.AudioEmitter) -> None:
        self._tts.is_holding = False
        now = asyncio.get_running_loop().time()
        self._tts.sounds_until = max(self._tts.sounds_until, now) + frame.duration
        emitter.push_frame(frame)


def _at_rate(frame: rtc.AudioFrame, rate: int) -> rtc.AudioFrame:
    if frame.sample_rate == rate:
        return frame
    resampler = rtc.AudioResampler(frame.sample_rate, rate)
    return rtc.combine_audio_frames([*resampler.push(frame), *resampler.flush()])
