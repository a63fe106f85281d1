"""What a telephone carries beside words: a trace of noise always, a room and a keyboard where that is wished."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial

import numpy as np
from livekit import rtc
from livekit.agents import (
    AgentStateChangedEvent,
    AudioConfig,
    BackgroundAudioPlayer,
    BuiltinAudioClip,
    JobContext,
    PlayHandle,
    ToolExecutionUpdatedEvent,
    utils,
)
from livekit.agents.voice import ToolCallEnded, ToolCallStarted
from livekit.rtc.participant import PublishTrackError

from phone_agent.line import Session
from phone_agent.settings import Settings

logger = logging.getLogger(__name__)

RATE = 8_000
NOISE_DB = -62.0
"""Full scale is 0. Speech is some 40 dB louder, and a line without it sounds dead between two sentences."""
LOOP_SECONDS = 5
FRAME_SECONDS = 0.5
QUEUE_MS = 1_000
SEED = 1
ROOM = AudioConfig(BuiltinAudioClip.OFFICE_AMBIENCE, volume=0.3)
KEYBOARD = AudioConfig(BuiltinAudioClip.KEYBOARD_TYPING, volume=0.5)


class ComfortNoise:
    """A track of its own that never ends: nothing that happens to the agent's speech can make the line dead."""

    def __init__(self, room: rtc.Room) -> None:
        self._room = room
        self._source = rtc.AudioSource(RATE, 1, queue_size_ms=QUEUE_MS)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        track = rtc.LocalAudioTrack.create_audio_track("comfort_noise", self._source)
        # Opus would take it for silence and send nothing.
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_UNKNOWN, dtx=False, red=False)
        self._task = asyncio.create_task(self._play())
        await self._room.local_participant.publish_track(track, options)

    async def aclose(self) -> None:
        if self._task is not None:
            await utils.aio.cancel_and_wait(self._task)
        await self._source.aclose()

    async def _play(self) -> None:
        frames = noise_frames()
        while True:
            for frame in frames:
                await self._source.capture_frame(frame)


def noise_frames() -> list[rtc.AudioFrame]:
    """White, and made once: what repeats after seconds is heard by nobody at this level."""
    loud = np.random.default_rng(SEED).standard_normal(RATE * LOOP_SECONDS) * 10 ** (NOISE_DB / 20)
    pcm, step = (loud * 32768).round().astype(np.int16), round(FRAME_SECONDS * RATE)
    return [rtc.AudioFrame(pcm[at : at + step].tobytes(), RATE, 1, step) for at in range(0, len(pcm), step)]


class Keyboard:
    """Typing, for as long as any tool runs."""

    def __init__(self, play: Callable[[], PlayHandle]) -> None:
        self._play = play
        self._running: set[str] = set()
        self._typing: PlayHandle | None = None

    def watch(self, session: Session) -> None:
        session.on("tool_execution_updated", self._on_tool)
        session.on("agent_state_changed", self._on_agent_state)

    def _on_tool(self, event: ToolExecutionUpdatedEvent) -> None:
        if isinstance(event.update, ToolCallStarted):
            self._running.add(event.update.function_call.call_id)
        elif isinstance(event.update, ToolCallEnded):
            self._running.discard(event.update.call_id)
        self._type(is_wanted=bool(self._running))

    def _on_agent_state(self, event: AgentStateChangedEvent) -> None:
        """Some tools speak, and nobody types then."""
        self._type(is_wanted=bool(self._running) and event.new_state != "speaking")

    def _type(self, *, is_wanted: bool) -> None:
        if is_wanted and self._typing is None:
            self._typing = self._play()
        elif not is_wanted and self._typing is not None:
            self._typing.stop()
            self._typing = None


class Sounds:
    def __init__(self, room: rtc.Room, *, has_room: bool, has_keyboard: bool) -> None:
        self._room = room
        self._noise = ComfortNoise(room)
        self._has_keyboard = has_keyboard
        self._starting: asyncio.Task[None] | None = None
        self._background = (
            BackgroundAudioPlayer(ambient_sound=ROOM if has_room else None) if has_room or has_keyboard else None
        )

    def begin_with(self, session: Session) -> None:
        """Not before the agent's first word: to publish a track takes the time in which the caller waits for that."""

        def on_agent_state(event: AgentStateChangedEvent) -> None:
            if event.new_state == "speaking" and self._starting is None:
                self._starting = asyncio.create_task(self._start(session))

        session.on("agent_state_changed", on_agent_state)

    async def _start(self, session: Session) -> None:
        try:
            await self._noise.start()
            if self._background is None:
                return
            await self._background.start(room=self._room, agent_session=session)
        except PublishTrackError:
            logger.warning("the line has no sound of its own beside the agent's speech")
            return
        if self._has_keyboard:
            Keyboard(partial(self._background.play, KEYBOARD, loop=True)).watch(session)

    async def aclose(self) -> None:
        if self._starting is not None:
            await utils.aio.cancel_and_wait(self._starting)
        await self._noise.aclose()
        if self._background is not None:
            await self._background.aclose()


def sound_the_line(ctx: JobContext, session: Session, settings: Settings) -> None:
    """Until the job ends."""
    sounds = Sounds(ctx.room, has_room=settings.room_sound, has_keyboard=settings.tool_sound)
    ctx.add_shutdown_callback(sounds.aclose)
    sounds.begin_with(session)
