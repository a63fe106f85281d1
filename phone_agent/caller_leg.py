"""The caller's leg of the room: its sound, and the end of the job when it is gone."""

from __future__ import annotations

from functools import partial

from livekit import rtc
from livekit.agents import CloseEvent, JobContext, room_io

from phone_agent.call import Call
from phone_agent.line import Session
from phone_agent.pulse import Pulse, does_bridge_answer, packets_from

SAMPLE_RATE = 16_000
INPUT_FRAME_MS = 30


def is_phone(caller: rtc.RemoteParticipant) -> bool:
    return caller.kind == rtc.ParticipantKind.PARTICIPANT_KIND_SIP


def room_options(caller: rtc.RemoteParticipant) -> room_io.RoomOptions:
    """A telephone's sound is narrow and level: nothing is gained by widening it to 24 kHz or by gain control.

    Nobody reads along on a telephone either, so that the transcript need not wait for the words to be said.
    """
    return room_io.RoomOptions(
        participant_identity=caller.identity,
        delete_room_on_close=True,
        audio_input=room_io.AudioInputOptions(
            sample_rate=SAMPLE_RATE, frame_size_ms=INPUT_FRAME_MS, auto_gain_control=False, pre_connect_audio=False
        ),
        audio_output=room_io.AudioOutputOptions(sample_rate=SAMPLE_RATE),
        text_output=room_io.TextOutputOptions(sync_transcription=False),
    )


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

    def on_close(event: CloseEvent) -> None:
        pulse.stop()
        _because(event.reason.value, session.userdata)
        ctx.shutdown(reason=event.reason.value)

    session.on("close", on_close)

    def on_left(participant: rtc.RemoteParticipant) -> None:
        if participant.identity == caller.identity:
            hung_up()

    def on_attributes(changed: dict[str, str], participant: rtc.Participant) -> None:
        # The server takes 20 s to miss a phone leg that left at a bad moment; its last word is this attribute.
        if participant.identity == caller.identity and changed.get("sip.callStatus") == "hangup":
            hung_up()

    ctx.room.on("participant_disconnected", on_left)
    ctx.room.on("participant_attributes_changed", on_attributes)
    if is_phone(caller):
        pulse.watch()
