"""A caller without a telephone: joins the room itself, as a page in a browser does, over WebRTC."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

from livekit import api, rtc

from phone_agent.rehearsal.baresip import SoftphoneError
from phone_agent.rehearsal.recording import Track
from phone_agent.rehearsal.softphone import Spoken
from phone_agent.rehearsal.sound import PIECE_BYTES, PIECE_S, PIECE_SAMPLES, RATE, loud_samples, read_wav
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack

JOINING_S = 10.0


class Ear(Track):
    """What came out of WebRTC, in place of a softphone's file."""

    def __init__(self) -> None:
        self.pcm = bytearray()
        self._times: list[float] = []

    def hear(self, pcm: bytes, at: float) -> None:
        self._times.append(max(at, self._times[-1] if self._times else 0.0))
        self.pcm += pcm


@dataclass(frozen=True)
class Heard:
    heard: Ear


class Page:
    def __init__(self) -> None:
        self.recording = Heard(Ear())
        self.closed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._room = rtc.Room()
        # Without a queue: what is given is sent now.
        self._source = rtc.AudioSource(RATE, 1, queue_size_ms=0)
        self._to_say = bytearray()
        self._said_at: list[float] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._is_heard = asyncio.Event()

    @classmethod
    async def open(cls, stack: LocalStack, name: str) -> Self:
        """Returns once the agent's sound comes."""
        page = cls()
        page._room.on("track_subscribed", page._on_track)
        page._room.on("disconnected", page._on_gone)
        await page._room.connect(stack.livekit_url, _token(stack, name))
        track = rtc.LocalAudioTrack.create_audio_track("microphone", page._source)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        await page._room.local_participant.publish_track(track, options)
        page._tasks.append(asyncio.create_task(page._speak()))
        async with asyncio.timeout(JOINING_S):
            await page._is_heard.wait()
        return page

    async def play(self, sound: Path | bytes) -> Spoken:
        pcm = read_wav(sound) if isinstance(sound, Path) else sound
        loud = loud_samples(pcm)
        self._said_at.clear()
        self._to_say += pcm
        while self._to_say:
            if self.closed.done():
                raise SoftphoneError(self.closed.result())
            await asyncio.sleep(PIECE_S / 2)
        return Spoken(self._time_of(int(loud[0])), self._time_of(int(loud[-1])))

    async def hang_up(self) -> float:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._room.disconnect()
        await self._source.aclose()
        return time.monotonic()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.hang_up()

    def _time_of(self, sample: int) -> float:
        piece = min(sample // PIECE_SAMPLES, len(self._said_at) - 1)
        return self._said_at[piece] + (sample - piece * PIECE_SAMPLES) / RATE

    async def _speak(self) -> None:
        due = time.monotonic()
        while True:
            pcm = bytes(self._to_say[:PIECE_BYTES])
            if pcm:
                # A microphone has heard a piece to its end before it gives it.
                self._said_at.append(time.monotonic() - PIECE_S)
                del self._to_say[:PIECE_BYTES]
            sound = pcm.ljust(PIECE_BYTES, b"\0")
            for half in (sound[: PIECE_BYTES // 2], sound[PIECE_BYTES // 2 :]):
                # Without a queue, the source takes 10 ms at a time and nothing else.
                await self._source.capture_frame(rtc.AudioFrame(half, RATE, 1, PIECE_SAMPLES // 2))
            due += PIECE_S
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    def _on_track(self, track: rtc.RemoteTrack, _: object, __: object) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            self._tasks.append(asyncio.create_task(self._listen(track)))

    def _on_gone(self, _: object) -> None:
        if not self.closed.done():
            self.closed.set_result("the room was closed")

    async def _listen(self, track: rtc.RemoteTrack) -> None:
        stream = rtc.AudioStream(track, sample_rate=RATE, num_channels=1, frame_size_ms=round(1000 * PIECE_S))
        try:
            async for event in stream:
                self._is_heard.set()
                self.recording.heard.hear(bytes(event.frame.data), time.monotonic())
        finally:
            await stream.aclose()


def _token(stack: LocalStack, name: str) -> str:
    dispatch = api.RoomAgentDispatch(agent_name=Settings.from_env({}).agent_name)
    return (
        api.AccessToken(stack.api_key, stack.api_secret)
        .with_identity(name)
        .with_ttl(timedelta(hours=1))
        .with_grants(api.VideoGrants(room_join=True, room=name))
        .with_room_config(api.RoomConfiguration(agents=[dispatch]))
        .to_jwt()
    )
