"""Whatever ends a call, its last words are said once and the phone leg ends once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from livekit import rtc
from livekit.protocol import agent as protocol

from phone_agent import line
from phone_agent.agent import answer
from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.ordering.sentences import Sentence
from phone_agent.phone_line.caller_leg import end_the_job_with
from phone_agent.phone_line.limits import Limits
from phone_agent.phone_line.session import open_session
from phone_agent.phone_line.silence import Silence
from phone_agent.rehearsal.text import TextCall
from phone_agent.settings import Settings
from phone_agent.voice.offline.pipeline import in_writing
from phone_agent.voice.offline.tts import OfflineTTS
from tests.agents.test_broken_store import call, impatient, nobody_can_write
from tests.agents.test_first_sound import Loudspeaker

__all__ = ["call", "impatient"]

Way = Callable[[TextCall, Path], Awaitable[None]]
SECONDS = 5.0


async def until_over(talk: TextCall) -> None:
    async with asyncio.timeout(SECONDS):
        while not talk.is_over:
            await asyncio.sleep(0.01)


async def caller_is_done(talk: TextCall, folder: Path) -> None:
    await talk.say("that's all, goodbye")


async def caller_is_silent(talk: TextCall, folder: Path) -> None:
    Silence(talk._session, seconds=0.02).watch()
    await talk.say("hello")


async def nothing_changes(talk: TextCall, folder: Path) -> None:
    Limits(talk._session, minutes=9, idle_turns=2).watch()
    await talk.say("hello")
    await talk.say("hello")


async def time_is_over(talk: TextCall, folder: Path) -> None:
    Limits(talk._session, minutes=0.001, idle_turns=9).watch()


async def store_is_lost(talk: TextCall, folder: Path) -> None:
    with nobody_can_write(folder):
        await talk.say("add a caesar salad")
        await talk.say("add a caesar salad")


@pytest.mark.parametrize(
    ("way", "last_words", "because"),
    [
        (caller_is_done, Sentence.GOODBYE, "goodbye"),
        (caller_is_silent, Sentence.SILENCE_GOODBYE, "silence"),
        (nothing_changes, Sentence.NOTHING_CHANGES_GOODBYE, "nothing_changed"),
        (time_is_over, Sentence.TOO_LONG_GOODBYE, "too_long"),
        (store_is_lost, Sentence.STORE_UNAVAILABLE_GOODBYE, "store_unavailable"),
    ],
)
async def test_every_goodbye_is_said_once_and_ends_the_session_once(
    talk: TextCall, tmp_path: Path, way: Way, last_words: Sentence, because: str
) -> None:
    closed: list[object] = []
    talk._session.on("close", closed.append)
    await way(talk, tmp_path)
    await until_over(talk)
    await asyncio.sleep(0.1)

    assert (talk.said.count(last_words.words()), talk.said[-1]) == (1, last_words.words())
    assert (len(closed), talk.call.ended_because) == (1, because)


async def test_a_voice_that_gives_no_sound_does_not_keep_the_caller(call: Call) -> None:
    session = open_session(call, replace(in_writing(call), tts=OfflineTTS()))
    session.output.audio = loudspeaker = Loudspeaker()
    await session.start(OrderAgent(call), record=False)
    closed = asyncio.Event()
    session.on("close", lambda _: closed.set())
    loudspeaker.is_on.clear()
    await line.goodbye(session, Sentence.GOODBYE, patience_s=0.2)
    async with asyncio.timeout(SECONDS):
        await closed.wait()

    assert call.is_hanging_up


class Person:
    def __init__(self, identity: str, kind: rtc.ParticipantKind.ValueType) -> None:
        self.identity, self.kind = identity, kind


VISITOR = Person("customer_1", rtc.ParticipantKind.PARTICIPANT_KIND_STANDARD)
ANOTHER_AGENT = Person("agent-2", rtc.ParticipantKind.PARTICIPANT_KIND_AGENT)


class Room(rtc.EventEmitter[str]):
    def __init__(self) -> None:
        super().__init__()
        self.remote_participants: dict[str, Person] = {}


class Running:
    """A job, as far as the end of its call needs it."""

    def __init__(self) -> None:
        self.room = Room()
        self.deleted_rooms = 0
        self.reasons: list[str] = []
        self._callbacks: list[Callable[[], Awaitable[None]]] = []

    def is_fake_job(self) -> bool:
        return False

    def delete_room(self) -> asyncio.Task[None]:
        async def delete() -> None:
            self.deleted_rooms += 1

        return asyncio.create_task(delete())

    def add_shutdown_callback(self, callback: Callable[[], Awaitable[None]]) -> None:
        self._callbacks.append(callback)

    def shutdown(self, reason: str) -> None:
        self.reasons.append(reason)

    async def ended(self) -> None:
        async with asyncio.timeout(SECONDS):
            while not self.reasons:
                await asyncio.sleep(0.01)
        for callback in self._callbacks:
            await callback()


async def test_a_closed_session_takes_the_callers_leg_with_it(talk: TextCall) -> None:
    job = Running()
    end_the_job_with(talk._session, job, VISITOR)  # type: ignore[arg-type]
    talk._session.shutdown(drain=False)
    await job.ended()

    assert (job.deleted_rooms, len(job.reasons)) == (1, 1)


@pytest.mark.parametrize("was_sent", ["before it was back", "after it was back"])
async def test_an_agent_that_comes_back_to_another_leaves_the_caller_to_it(talk: TextCall, was_sent: str) -> None:
    job = Running()
    end_the_job_with(talk._session, job, VISITOR)  # type: ignore[arg-type]
    if was_sent == "before it was back":
        job.room.remote_participants = {ANOTHER_AGENT.identity: ANOTHER_AGENT, VISITOR.identity: VISITOR}
    job.room.emit("reconnected")
    if was_sent == "after it was back":
        job.room.emit("participant_connected", ANOTHER_AGENT)
    await job.ended()
    await until_over(talk)

    assert (job.deleted_rooms, talk.call.ended_because) == (0, "relieved")


async def test_an_agent_that_is_relieved_after_it_put_the_caller_through_leaves_the_room_as_it_is(
    talk: TextCall,
) -> None:
    job = Running()
    end_the_job_with(talk._session, job, VISITOR)  # type: ignore[arg-type]
    talk.call.ended_because = "transferred"
    job.room.emit("reconnected")
    job.room.emit("participant_connected", ANOTHER_AGENT)
    await job.ended()
    await until_over(talk)

    assert (job.deleted_rooms, talk.call.ended_because) == (0, "transferred")


async def test_an_agent_that_never_was_away_stays_whoever_comes(talk: TextCall) -> None:
    job = Running()
    end_the_job_with(talk._session, job, VISITOR)  # type: ignore[arg-type]
    job.room.emit("participant_connected", ANOTHER_AGENT)
    job.room.emit("reconnected")
    job.room.emit("participant_connected", VISITOR)
    said = await talk.say("a caesar salad")

    assert "Added 1 Caesar Salad" in said
    assert (job.deleted_rooms, job.reasons) == (0, [])


class Job:
    """What the entrypoint is given, as far as it gets before it breaks."""

    def __init__(self, error: BaseException) -> None:
        self.proc = type("Process", (), {"userdata": {"settings": Settings.from_env({}), "voice": None}})
        self.room = rtc.Room()
        self.job = protocol.Job()
        self.deleted_rooms = 0
        self._error = error

    async def connect(self) -> None:
        pass

    async def wait_for_participant(self) -> rtc.RemoteParticipant:
        raise self._error

    async def delete_room(self) -> None:
        self.deleted_rooms += 1


@pytest.mark.parametrize("error", [KeyError("settings"), RuntimeError("room is gone"), asyncio.CancelledError()])
async def test_whatever_breaks_before_there_is_a_session_ends_the_phone_leg(error: BaseException) -> None:
    job = Job(error)
    with pytest.raises(type(error)):
        await answer(job)  # type: ignore[arg-type]

    assert job.deleted_rooms == 1
