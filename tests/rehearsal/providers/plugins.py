"""The real plugins, driven as a session drives them, with no retries."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from livekit import rtc
from livekit.agents import APIConnectOptions, llm, stt, tts

from phone_agent.voice.offline.recognizer import SAMPLE_RATE, Recognizer
from tests.voice.food import food
from tests.voice.telephone import frames, silence

ONCE = APIConnectOptions(max_retry=0, timeout=3)
IMPATIENT = APIConnectOptions(max_retry=0, timeout=0.5)
FINAL = stt.SpeechEventType.FINAL_TRANSCRIPT
END = stt.SpeechEventType.END_OF_SPEECH
INTERIM = stt.SpeechEventType.INTERIM_TRANSCRIPT


async def heard(plugin: stt.STT[Any], *utterances: bytes, ends: int | None = None) -> list[stt.SpeechEvent]:
    """What comes of the utterances, which are sent as fast as they go, until as many have ended."""
    async with listening(plugin) as listener:
        for sound in utterances:
            await listener.say(sound)
        await listener.ended(len(utterances) if ends is None else ends)
        return listener.events


@asynccontextmanager
async def listening(plugin: stt.STT[Any]) -> AsyncIterator[Listener]:
    async with plugin.stream(conn_options=ONCE) as stream:
        listener = Listener(stream)
        try:
            yield listener
        finally:
            listener.task.cancel()
            await asyncio.gather(listener.task, return_exceptions=True)


class Listener:
    """A stream that stays open while its provider changes."""

    def __init__(self, stream: stt.RecognizeStream) -> None:
        self._stream = stream
        self.events: list[stt.SpeechEvent] = []
        self.task = asyncio.create_task(self._collect())

    async def say(self, sound: bytes) -> None:
        for frame in frames(silence(0.3) + sound + silence(0.5)):
            self._stream.push_frame(frame)

    async def final(self, number: int = 1) -> str:
        """The text of a final transcript, counted from 1."""
        await self._until(FINAL, number)
        return finals(self.events)[number - 1]

    async def ended(self, number: int) -> None:
        await self._until(END, number)

    async def _until(self, kind: stt.SpeechEventType, number: int) -> None:
        async with asyncio.timeout(5):
            while sum(event.type is kind for event in self.events) < number:
                if self.task.done():
                    await self.task
                await asyncio.sleep(0.01)

    async def _collect(self) -> None:
        async for event in self._stream:
            self.events.append(event)


def texts(events: Sequence[stt.SpeechEvent], kind: stt.SpeechEventType) -> list[str]:
    return [event.alternatives[0].text for event in events if event.type is kind]


def finals(events: Sequence[stt.SpeechEvent]) -> list[str]:
    return texts(events, FINAL)


async def said(plugin: tts.TTS[Any], *pieces: str, options: APIConnectOptions = ONCE) -> list[rtc.AudioFrame]:
    """By the streaming way, in the pieces in which a model would give the text."""
    async with plugin.stream(conn_options=options) as stream:
        for piece in pieces:
            stream.push_text(piece)
        stream.end_input()
        return [event.frame async for event in stream]


async def said_at_once(plugin: tts.TTS[Any], text: str, *, options: APIConnectOptions = ONCE) -> list[rtc.AudioFrame]:
    async with plugin.synthesize(text, conn_options=options) as stream:
        return [event.frame async for event in stream]


async def asked(
    model: llm.LLM[Any], text: str, tools: list[llm.Tool] | None = None, *, options: APIConnectOptions = ONCE
) -> llm.CollectedResponse:
    context = llm.ChatContext()
    context.add_message(role="user", content=text)
    return await model.chat(chat_ctx=context, tools=tools or [], conn_options=options).collect()


def seconds(sound: Sequence[rtc.AudioFrame]) -> float:
    return sum(frame.duration for frame in sound)


def is_speech(sound: Sequence[rtc.AudioFrame]) -> bool:
    samples = np.concatenate([np.frombuffer(frame.data, np.int16) for frame in sound]).astype(np.float64)
    return 500 < float(np.sqrt(np.mean(samples**2))) < 12000


def recognised(sound: Sequence[rtc.AudioFrame]) -> str:
    """What this project's recogniser makes of it."""
    resampler = rtc.AudioResampler(sound[0].sample_rate, SAMPLE_RATE)
    narrow = [part for frame in sound for part in resampler.push(frame)] + resampler.flush()
    pcm = silence(0.3) + b"".join(bytes(part.data) for part in narrow) + silence(0.3)
    recognizer = Recognizer(food())
    recognizer.open(pcm)
    for start in range(0, len(pcm), 640):
        recognizer.feed(pcm[start : start + 640])
    heard_of_it = recognizer.close()
    return heard_of_it.text if heard_of_it else ""
