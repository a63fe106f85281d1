"""The caller's leg of a room: its sound, the end of the job when it is gone, and whether another room has one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial

import aiohttp
from livekit import api, rtc
from livekit.agents import CloseEvent, JobContext, room_io

from phone_agent.call import Call
from phone_agent.callers.caller import to_e164
from phone_agent.callers.page_visit import PageVisit
from phone_agent.line import Session
from phone_agent.phone_line.arrival import Arrival
from phone_agent.phone_line.pulse import Pulse, does_bridge_answer, packets_from

logger = logging.getLogger(__name__)

SAMPLE_RATE = 16_000
INPUT_FRAME_MS = 30
ANSWER_SECONDS = 1.0
"""A caller waits for the greeting meanwhile."""
BACK_SECONDS = 20.0
FOR_GOOD = (
    rtc.DisconnectReason.CLIENT_INITIATED,
    rtc.DisconnectReason.ROOM_DELETED,
    rtc.DisconnectReason.PARTICIPANT_REMOVED,
    rtc.DisconnectReason.USER_REJECTED,
)
"""Why a page that left does not come back."""
RELIEVED = "relieved"
HUNG_UP = ("sip.callStatus", "hangup")
"""The server takes 20 s to miss a phone leg that left at a bad moment; its last word is this attribute."""


class Presence:
    """A page whose network was lost may be back in a moment; a telephone never is."""

    def __init__(
        self, caller: rtc.RemoteParticipant, on_gone: Callable[[], None], seconds: float = BACK_SECONDS
    ) -> None:
        self._caller = caller
        self._on_gone = on_gone
        self._seconds = seconds
        self._absence: asyncio.TimerHandle | None = None

    def watch(self, room: rtc.Room) -> None:
        room.on("participant_disconnected", self._on_left)
        room.on("participant_connected", self._on_back)
        room.on("participant_attributes_changed", self._on_attributes)

    def stop(self) -> None:
        if self._absence is not None:
            self._absence.cancel()

    def _on_left(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity != self._caller.identity:
            return
        if is_phone(self._caller) or participant.disconnect_reason in FOR_GOOD:
            self._on_gone()
        else:
            self.stop()
            self._absence = asyncio.get_running_loop().call_later(self._seconds, self._on_gone)

    def _on_back(self, participant: rtc.RemoteParticipant) -> None:
        if participant.identity == self._caller.identity:
            self.stop()

    def _on_attributes(self, changed: dict[str, str], participant: rtc.Participant) -> None:
        if participant.identity == self._caller.identity and HUNG_UP in changed.items():
            self._on_gone()


class Relief:
    """After a loss of LiveKit's server two agents may be in the room: the one that came back leaves it to the other.

    Who was sent meanwhile has the caller for certain, and two would both take every dish down.
    """

    def __init__(self, room: rtc.Room, on_relieved: Callable[[], None]) -> None:
        self._room = room
        self._on_relieved = on_relieved
        self._has_been_away = False
        self.is_relieved = False
        """The room is the other one's, whatever the call is said to have ended for."""

    def watch(self) -> None:
        self._room.on("reconnected", self._on_back)
        self._room.on("participant_connected", self._on_joined)

    def _on_back(self) -> None:
        self._has_been_away = True
        for participant in self._room.remote_participants.values():
            self._on_joined(participant)

    def _on_joined(self, participant: rtc.RemoteParticipant) -> None:
        if self._has_been_away and participant.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT:
            self.is_relieved = True
            self._on_relieved()


def is_phone(caller: rtc.RemoteParticipant) -> bool:
    return caller.kind == rtc.ParticipantKind.PARTICIPANT_KIND_SIP


def arrival_of(ctx: JobContext, caller: rtc.RemoteParticipant) -> Arrival:
    rings = is_phone(caller)
    visit = PageVisit() if rings or ctx.is_fake_job() else PageVisit.from_metadata(ctx.job.metadata)
    return Arrival(
        room=ctx.room.name,
        channel="phone" if rings else "console" if ctx.is_fake_job() else "page",
        caller_number=to_e164(caller.attributes.get("sip.phoneNumber")) if rings else None,
        dialled_number=to_e164(caller.attributes.get("sip.trunkPhoneNumber")) if rings else None,
        restaurant=visit.restaurant,
        name=visit.name,
    )


def room_options(caller: rtc.RemoteParticipant, typed: room_io.TextInputOptions | None = None) -> room_io.RoomOptions:
    """`typed`: what becomes of text that the caller writes; None: nothing. Deletes no room: see `delete_room`.

    A telephone's sound is narrow and level: nothing is gained by widening it to 24 kHz or by gain control.

    Of a telephone call no transcript is sent: it would go to everybody in the room, a second screen among them.
    """
    return room_io.RoomOptions(
        participant_identity=caller.identity,
        text_input=typed or False,
        audio_input=room_io.AudioInputOptions(
            sample_rate=SAMPLE_RATE, frame_size_ms=INPUT_FRAME_MS, auto_gain_control=False, pre_connect_audio=False
        ),
        audio_output=room_io.AudioOutputOptions(sample_rate=SAMPLE_RATE),
        text_output=False if is_phone(caller) else room_io.TextOutputOptions(sync_transcription=False),
    )


async def has_phone_leg(livekit: api.LiveKitAPI, room: str) -> bool | None:
    """Whether a telephone is connected to that room; None where LiveKit does not say."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            there = await livekit.room.list_participants(api.ListParticipantsRequest(room=room))
    except api.TwirpError as error:
        if error.code == api.TwirpErrorCode.NOT_FOUND:
            return False
        logger.warning("LiveKit does not say who is in an earlier room", extra={"code": error.code})
        return None
    except (TimeoutError, aiohttp.ClientError) as error:
        logger.warning("LiveKit does not answer who is in an earlier room", extra={"error": type(error).__name__})
        return None
    return any(_is_connected_phone(participant) for participant in there.participants)


def _is_connected_phone(participant: api.ParticipantInfo) -> bool:
    is_there = participant.state != api.ParticipantInfo.State.DISCONNECTED
    return (
        participant.kind == api.ParticipantInfo.Kind.SIP and is_there and HUNG_UP not in participant.attributes.items()
    )


def delete_room(ctx: JobContext) -> None:
    """Ends everybody's leg; the job waits for it."""
    if ctx.is_fake_job():
        return
    deleting = ctx.delete_room()

    async def is_deleted() -> None:
        await deleting

    ctx.add_shutdown_callback(is_deleted)


def _because(reason: str, call: Call) -> None:
    """The first reason counts."""
    if call.ended_because in ("", "not_started"):
        call.ended_because = reason


def end_the_job_with(session: Session, ctx: JobContext, caller: rtc.RemoteParticipant) -> None:
    """A closed session does not end its job by itself, nor does a lost phone leg close the session."""

    def hung_up() -> None:
        _because("hang-up", session.userdata)
        session.shutdown(drain=False)

    pulse = Pulse(
        partial(packets_from, caller),
        partial(does_bridge_answer, ctx.room, caller.identity),
        on_lost=hung_up,
    )

    presence = Presence(caller, hung_up)

    def relieved() -> None:
        _because(RELIEVED, session.userdata)
        session.shutdown(drain=False)

    def on_close(event: CloseEvent) -> None:
        pulse.stop()
        presence.stop()
        _because(event.reason.value, session.userdata)
        if not relief.is_relieved:
            delete_room(ctx)
        ctx.shutdown(reason=event.reason.value)

    relief = Relief(ctx.room, relieved)
    session.on("close", on_close)
    presence.watch(ctx.room)
    relief.watch()
    if is_phone(caller):
        pulse.watch()
