"""Answers the phone: builds the worker, finds the caller, opens the Call, greets, and ends it.

python phone_agent/agent.py dev|start|console
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dotenv import load_dotenv
from livekit import rtc
from livekit.agents import (
    NOT_GIVEN,
    AgentServer,
    AgentSession,
    CloseEvent,
    ConversationItemAddedEvent,
    JobContext,
    JobProcess,
    cli,
    llm,
    room_io,
)

from phone_agent.agents.order import OrderAgent
from phone_agent.agents.sorry import SorryAgent
from phone_agent.arrival import Arrival, open_call
from phone_agent.call import Call
from phone_agent.caller import to_e164
from phone_agent.dtmf import Keypad
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.privacy import DailyPurge
from phone_agent.pulse import Pulse
from phone_agent.redaction import redact_logs
from phone_agent.settings import Settings
from phone_agent.silence import Silence
from phone_agent.store.open import open_store
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.pipeline import OfflineVoice
from phone_agent.voice.pipeline import Pipeline

logger = logging.getLogger(__name__)

IDLE_PROCESSES = 5
SAMPLE_RATE = 16_000
INPUT_FRAME_MS = 30
MAX_TOOL_STEPS = 10


def build_server(settings: Settings) -> AgentServer:
    server = AgentServer(
        setup_fnc=prewarm,
        load_fnc=lambda worker: len(worker.active_jobs) / settings.max_calls,
        load_threshold=0.99,
        initialize_process_timeout=60,
        num_idle_processes=min(IDLE_PROCESSES, settings.max_calls),
        host=settings.health_host,
        port=settings.health_port,
        ws_url=settings.livekit_url,
        api_key=settings.livekit_api_key,
        api_secret=settings.livekit_api_secret,
    )
    server.rtc_session(answer, agent_name=settings.agent_name, on_session_end=end_call_record)
    purging = DailyPurge(settings)
    server.on("worker_registered", lambda *_: purging.watch())
    return server


def prewarm(process: JobProcess) -> None:
    """Everything slow happens before the phone rings: the store is opened, the menu's grammar compiled."""
    redact_logs()
    settings = Settings.from_env(os.environ)
    process.userdata["settings"] = settings
    with ThreadPoolExecutor(1) as thread:
        process.userdata["voice"] = thread.submit(asyncio.run, _warm_voice(settings)).result()


async def _warm_voice(settings: Settings) -> OfflineVoice:
    voice = OfflineVoice()
    try:
        store = await open_store(settings)
    except StoreUnavailable:
        logger.warning("the store cannot be read yet; calls are answered with an apology until it can")
        return voice
    try:
        voice.prepare(await store.load_menu())
    finally:
        await store.close()
    return voice


async def answer(ctx: JobContext) -> None:
    """One call, from ring to hang-up."""
    settings: Settings = ctx.proc.userdata["settings"]
    voice: OfflineVoice = ctx.proc.userdata["voice"]
    await ctx.connect()
    caller = await ctx.wait_for_participant()
    try:
        store = await open_store(settings)
        call = await _open_call(ctx, caller, store, settings)
    except StoreUnavailable:
        await _apologise(ctx, caller, voice)
        return
    session = open_session(call, voice.pipeline(call))
    keypad = Keypad(session)
    keypad.listen(ctx.room, caller.identity)
    silence = Silence(session)
    keypad.on_press = silence.reset
    silence.watch()
    _end_the_job_with(session, ctx, caller)
    if settings.turn_log:
        log_turns(session, Path(settings.turn_log))
    await session.start(
        OrderAgent(call), room=ctx.room, room_options=_room_options(caller), record=False, session_host=False
    )


async def _open_call(ctx: JobContext, caller: rtc.RemoteParticipant, store: Store, settings: Settings) -> Call:
    is_phone = _is_phone(caller)
    arrival = Arrival(
        room=ctx.room.name,
        channel="phone" if is_phone else "console" if ctx.is_fake_job() else "page",
        caller_number=to_e164(caller.attributes.get("sip.phoneNumber")) if is_phone else None,
        dialled_number=to_e164(caller.attributes.get("sip.trunkPhoneNumber")) if is_phone else None,
    )
    profile = None
    if arrival.caller_number is not None:
        profile = await store.find_profile(arrival.caller_number)
    elif not is_phone and settings.demo_profile_id is not None:
        profile = await store.load_profile(str(settings.demo_profile_id))
    call = await open_call(arrival, profile, store, await store.load_menu(), keypad_only=settings.keypad_only)
    call.known.is_recorded = settings.record
    # The offline recogniser has the menu's words only: a name would be heard as a dish.
    call.known.hears_names = False
    return call


def _is_phone(caller: rtc.RemoteParticipant) -> bool:
    return caller.kind == rtc.ParticipantKind.PARTICIPANT_KIND_SIP


def open_session(call: Call, pipeline: Pipeline) -> AgentSession[Call]:
    session = AgentSession[Call](
        userdata=call,
        llm=pipeline.llm,
        stt=pipeline.stt or NOT_GIVEN,
        tts=pipeline.tts or NOT_GIVEN,
        vad=pipeline.vad,
        turn_handling=pipeline.turn_handling or NOT_GIVEN,
        max_tool_steps=MAX_TOOL_STEPS,
        aec_warmup_duration=None,
        user_away_timeout=None,
        session_close_transcript_timeout=0.2,
    )

    def on_item(event: ConversationItemAddedEvent) -> None:
        item = event.item
        if isinstance(item, llm.ChatMessage) and item.text_content and item.role in ("user", "assistant"):
            call.note("caller" if item.role == "user" else "agent", item.text_content)

    session.on("conversation_item_added", on_item)
    return session


def log_turns(session: AgentSession[Call], path: Path) -> None:
    """One line for each utterance of either side, written when it is over: LiveKit's own times, no words."""

    def on_item(event: ConversationItemAddedEvent) -> None:
        item = event.item
        if isinstance(item, llm.ChatMessage) and item.metrics:
            times = {name: value for name, value in item.metrics.items() if isinstance(value, float)}
            with path.open("a") as log:
                log.write(json.dumps({"call": session.userdata.record.id, "role": item.role, **times}) + "\n")

    session.on("conversation_item_added", on_item)


async def end_call_record(ctx: JobContext) -> None:
    """Runs however the call ended."""
    session = ctx.primary_session
    call = session.userdata if session is not None else None
    if isinstance(call, Call):
        await call.close()
        await call.store.close()


def _room_options(caller: rtc.RemoteParticipant) -> room_io.RoomOptions:
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


def _end_the_job_with(session: AgentSession[Call], ctx: JobContext, caller: rtc.RemoteParticipant) -> None:
    """A closed session does not end its job by itself, nor does a lost phone leg close the session."""

    def hung_up() -> None:
        session.userdata.ended_because = session.userdata.ended_because or "hang-up"
        session.shutdown(drain=False)

    pulse = Pulse(caller, hung_up)

    def on_close(event: CloseEvent) -> None:
        pulse.stop()
        session.userdata.ended_because = session.userdata.ended_because or event.reason.value
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
    if _is_phone(caller):
        pulse.watch()


async def _apologise(ctx: JobContext, caller: rtc.RemoteParticipant, voice: OfflineVoice) -> None:
    logger.error("the store cannot be reached; the caller hears an apology")
    session = AgentSession[None](tts=voice.tts, userdata=None)
    session.on("close", lambda event: ctx.shutdown(reason="store unavailable"))
    await session.start(
        SorryAgent(), room=ctx.room, room_options=_room_options(caller), record=False, session_host=False
    )


def main() -> None:
    load_dotenv()
    redact_logs()
    cli.run_app(build_server(Settings.from_env(os.environ)))


if __name__ == "__main__":
    main()
