"""Recognition by several providers: one that falls silent is replaced, and the next hears what it missed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from livekit import rtc
from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectionError,
    APIConnectOptions,
    APITimeoutError,
    NotGivenOr,
    stt,
)
from livekit.agents.stt import AvailabilityChangedEvent
from livekit.agents.utils import aio, log_exceptions
from livekit.agents.vad import VAD, VADEvent, VADEventType, VADStream

from phone_agent.voice import failures
from phone_agent.voice.failures import FAILURES, BetterIsBack
from phone_agent.voice.owed import PATIENCE_SECONDS, Owed, has_words
from phone_agent.voice.tape import Tape

logger = logging.getLogger(__name__)


class Hearing(stt.FallbackAdapter):
    """LiveKit's adapter keeps the row and who of it is up; its stream loses words, and stays with the replacement."""

    def __init__(
        self,
        recognisers: Sequence[stt.STT[Any]],
        *,
        vad: VAD,
        patience: float = PATIENCE_SECONDS,
        probe_every: float = failures.PROBE_EVERY_SECONDS,
    ) -> None:
        super().__init__(list(recognisers), vad=vad, attempt_timeout=failures.CONNECT_SECONDS, max_retry_per_stt=0)
        self.vad = vad
        self.patience = patience
        self.probe_every = probe_every
        self.on_silent: Callable[[], None] = lambda: None
        """What the caller said is unanswered for longer than a caller likes, or another one is hearing it now."""
        self.on_lost: Callable[[], None] = lambda: None
        """Nobody hears the caller any more."""
        self.on_found: Callable[[], None] = lambda: None
        """Somebody does again."""
        self.on_serving: Callable[[stt.STT[Any]], None] = lambda recogniser: None
        """Who hears the caller from now on."""

    @property
    def recognisers(self) -> Sequence[stt.STT[Any]]:
        return self._stt_instances

    def is_up(self, place: int) -> bool:
        return self._status[place].available

    def first_up(self) -> int | None:
        return next((place for place in range(len(self.recognisers)) if self.is_up(place)), None)

    def is_watched(self, place: int) -> bool:
        """The last one has nobody to hand over to; one that is asked for whole sentences is watched there."""
        return place < len(self.recognisers) - 1 and not isinstance(self.recognisers[place], stt.StreamAdapter)

    def mark(self, place: int, *, is_up: bool) -> None:
        if self._status[place].available is is_up:
            return
        self._status[place].available = is_up
        recogniser = self.recognisers[place]
        logger.warning("a recogniser's state changed", extra={"recogniser": recogniser.label, "is_up": is_up})
        self.emit("stt_availability_changed", AvailabilityChangedEvent(stt=recogniser, available=is_up))

    def try_all_again(self) -> None:
        for status in self._status:
            status.available = True

    def serves(self, place: int) -> None:
        self._active_instance = self.recognisers[place]
        self.on_serving(self._active_instance)

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> HearingStream:
        return HearingStream(self, language, replace(conn_options, max_retry=0, timeout=failures.CONNECT_SECONDS))


class HearingStream(stt.RecognizeStream):
    def __init__(self, hearing: Hearing, language: NotGivenOr[str], conn_options: APIConnectOptions) -> None:
        super().__init__(stt=hearing, conn_options=conn_options)
        self._hearing = hearing
        self._language = language
        self._tape = Tape()
        self._owed = Owed(patience=hearing.patience)
        self._ears: dict[int, stt.RecognizeStream] = {}
        """The one that serves, and those that are tried out, by their places in the row."""
        self._serving: int | None = None
        self._turned = asyncio.Event()
        """Something happened that the watch must look at."""
        self._failed = asyncio.Event()
        """Another one serves: those before it are to be tried out."""
        self._is_over = False
        self._is_lost = False

    async def _metrics_monitor_task(self, event_aiter: AsyncIterable[stt.SpeechEvent]) -> None:
        """Each recogniser reports its own."""
        async for _ in event_aiter:
            pass

    async def _run(self) -> None:
        speech = self._hearing.vad.stream()
        work = [
            asyncio.create_task(log_exceptions(logger=logger)(step)(speech))
            for step in (self._take_in, self._notice, self._try_out)
        ]
        try:
            while not self._is_over:
                await self._serve()
        finally:
            await aio.cancel_and_wait(*work)
            await speech.aclose()

    async def _take_in(self, speech: VADStream) -> None:
        async for item in self._input_ch:
            if isinstance(item, rtc.AudioFrame):
                self._tape.record(item)
                speech.push_frame(item)
            for ear in self._ears.values():
                with suppress(RuntimeError):  # one that has just failed is closed already
                    ear.push_frame(item) if isinstance(item, rtc.AudioFrame) else ear.flush()
        self._is_over = True
        for ear in self._ears.values():
            with suppress(RuntimeError):
                ear.end_input()
        self._turned.set()

    async def _notice(self, speech: VADStream) -> None:
        async for event in speech:
            if event.type is VADEventType.START_OF_SPEECH:
                self._began()
            elif event.type is VADEventType.END_OF_SPEECH:
                self._ended(event)

    def _began(self) -> None:
        if not self._owed.is_owed:
            self._tape.let_go()
        self._owed.speech_began(_now())
        self._tape.keep_all()
        self._turned.set()

    def _ended(self, event: VADEvent) -> None:
        self._owed.speech_ended(_now(), event.speech_duration)
        if not self._owed.is_owed:
            self._tape.let_go()
        self._flush_those_that_can()
        self._turned.set()

    def _flush_those_that_can(self) -> None:
        for place, ear in self._ears.items():
            if self._hearing.recognisers[place].capabilities.manual_flush:
                with suppress(RuntimeError):
                    ear.flush()

    async def _serve(self) -> None:
        place = self._hearing.first_up()
        if place is None:
            await self._be_lost()
            return
        began = _now()
        try:
            await self._hear_with(place)
        except BetterIsBack:
            return
        except FAILURES as error:
            if not isinstance(error, APITimeoutError) and _now() - began > failures.WORKED_SECONDS:
                return  # a connection that was cut, as happens: it is made anew once
            was_owed = self._owed.is_owed
            self._hearing.mark(place, is_up=False)
            logger.warning("a recogniser failed", extra={"error": type(error).__name__, "place": place})
            if was_owed and self._hearing.first_up() is not None:
                self._hearing.on_silent()

    async def _hear_with(self, place: int) -> None:
        recogniser = self._hearing.recognisers[place]
        ear = self._open(place)
        for frame in self._tape.frames():
            ear.push_frame(frame)
        self._ears[place], self._serving = ear, place
        self._failed.set()
        if self._owed.is_owed and not self._owed.is_speaking:
            self._flush_those_that_can()
        self._owed.asked_anew(_now(), has_interims=recogniser.capabilities.interim_results)
        if self._is_over:
            ear.end_input()
        work = [asyncio.create_task(self._pass_on(place, ear)), asyncio.create_task(self._watch(place))]
        try:
            done, _ = await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            self._ears.pop(place, None)
            self._serving = None
            await aio.cancel_and_wait(*work)
            await ear.aclose()

    def _open(self, place: int) -> stt.RecognizeStream:
        ear = self._hearing.recognisers[place].stream(language=self._language, conn_options=self._conn_options)
        ear.start_time_offset = max(self.start_time_offset + time.time() - self._start_time, 0)
        return ear

    async def _pass_on(self, place: int, ear: stt.RecognizeStream) -> None:
        async for event in ear:
            self._hearing.serves(place)
            self._owed.heard(event, _now())
            if event.type is stt.SpeechEventType.FINAL_TRANSCRIPT and has_words(event):
                self._understood()
            self._event_ch.send_nowait(event)
            self._turned.set()
        if not self._is_over:
            raise APIConnectionError("the recogniser hung up")

    def _understood(self) -> None:
        if self._is_lost:
            self._is_lost = False
            self._hearing.on_found()
        if self._owed.is_speaking:
            self._tape.cut()
        elif not self._owed.is_owed:
            self._tape.let_go()

    async def _watch(self, place: int) -> None:
        while True:
            now, due = _now(), self._owed.due()
            if due is not None and now >= due:
                if self._hearing.is_watched(place):
                    raise APITimeoutError("speech, and no words")
                self._owed.forgive(now)
            first = self._hearing.first_up()
            if first is not None and first < place and not self._owed.is_owed:
                raise BetterIsBack
            hold = self._owed.hold_due() if place < len(self._hearing.recognisers) - 1 else None
            if hold is not None and self._owed.is_to_hold(now):
                self._hearing.on_silent()
            soonest = min((moment - now for moment in (due, hold) if moment is not None), default=None)
            self._turned.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._turned.wait(), soonest)

    async def _be_lost(self) -> None:
        if not self._is_lost:
            self._is_lost = True
            self._hearing.on_lost()
        await asyncio.sleep(failures.TRY_ALL_AGAIN_SECONDS)
        self._hearing.try_all_again()

    async def _try_out(self, _: VADStream) -> None:
        """Those that failed hear along until they understand something again."""
        tries: dict[int, asyncio.Task[None]] = {}
        try:
            while True:
                for place in range(self._serving or 0):
                    if not self._hearing.is_up(place) and (place not in tries or tries[place].done()):
                        tries[place] = asyncio.create_task(self._try(place))
                self._failed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._failed.wait(), self._hearing.probe_every)
        finally:
            await aio.cancel_and_wait(*tries.values())

    async def _try(self, place: int) -> None:
        try:
            ear = self._ears[place] = self._open(place)
        except FAILURES:
            return
        try:
            async with asyncio.timeout(failures.TRY_SECONDS):
                async for event in ear:
                    if event.type is stt.SpeechEventType.FINAL_TRANSCRIPT and has_words(event):
                        self._hearing.mark(place, is_up=True)
                        return
        except FAILURES as error:
            logger.info("a recogniser is still down", extra={"error": type(error).__name__, "place": place})
        finally:
            self._ears.pop(place, None)
            await ear.aclose()
            self._turned.set()


def _now() -> float:
    return asyncio.get_running_loop().time()
