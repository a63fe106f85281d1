"""Answers the phone: builds the worker, finds the caller, opens the Call, greets, and ends it.

python phone_agent/agent.py dev|start|console
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from dotenv import load_dotenv
from livekit import rtc
from livekit.agents import (
    AgentServer,
    AgentSession,
    CloseEvent,
    JobContext,
    JobProcess,
    cli,
)

from phone_agent.agents.order import OrderAgent
from phone_agent.agents.sorry import SorryAgent
from phone_agent.call import Call
from phone_agent.cards.stage import show_on_pages
from phone_agent.cards.typed import Typed, Unheard
from phone_agent.dtmf import Keypad
from phone_agent.languages import languages_of
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.language import Tongue, adopt
from phone_agent.ordering.menu_file import MenuFileError
from phone_agent.outbound.ready_job import ready_call_in, ring_when_ready
from phone_agent.phone_line.caller_leg import delete_room, end_the_job_with, is_phone, room_options
from phone_agent.phone_line.limits import Limits
from phone_agent.phone_line.read_along import ForTheWitness
from phone_agent.phone_line.session import log_turns, open_session
from phone_agent.phone_line.silence import READING_SECONDS, Silence
from phone_agent.phone_line.sounds import sound_the_line
from phone_agent.phone_line.trouble import Trouble
from phone_agent.redaction import redact_logs
from phone_agent.report.prices import load_prices
from phone_agent.settings import Settings, SettingsError
from phone_agent.store.in_use import marked_in_use
from phone_agent.store.open import demo_household, open_store
from phone_agent.transfer.desk import CallersLine, FrontDesk
from phone_agent.voice.choice import voice_for
from phone_agent.voice.detectors import DetectorMissing, register_turn_detector
from phone_agent.voice.pipeline import Voice
from phone_agent.voice.turn_taking import offline_turn_handling
from phone_agent.worker.checkup import is_checkup
from phone_agent.worker.housekeeping import rounds_of
from phone_agent.worker.opening import open_call_of

logger = logging.getLogger(__name__)

IDLE_PROCESSES = 5
SAY_THE_RATE = "Set tax_rate_basis_points in fc_restaurants, or import its menu."
LOADED_LATE = (
    "anyio._backends._asyncio",
    "h2.connection",
    "httpcore2",
    "openai.lib._chat_completion_resources",
    "openai.lib.streaming.chat",
    "openai.resources.chat.completions",
)
"""What OpenAI's client would import in a call's first turn, which takes it 0.2 s."""
TAKES_CALLS = ("start", "dev", "console")
ONE_AT_A_TIME = Lock()
"""The console's job processes are threads of one; the speech libraries crash where two threads open them at once."""
T = TypeVar("T")


def build_server(settings: Settings) -> AgentServer:
    server = AgentServer(
        setup_fnc=prewarm,
        load_fnc=lambda worker: len(worker.active_jobs) / settings.max_calls,
        load_threshold=0.99,
        initialize_process_timeout=60,
        num_idle_processes=min(IDLE_PROCESSES, settings.max_calls),
        # Imported once and shared by all processes: five calls at once make five new ones while callers already speak.
        preload_modules=["phone_agent.agent", *LOADED_LATE],
        host=settings.health_host,
        port=settings.health_port,
        ws_url=settings.livekit_url,
        api_key=settings.livekit_api_key,
        api_secret=settings.livekit_api_secret,
    )
    server.rtc_session(answer, agent_name=settings.agent_name, on_session_end=end_call_record)
    server.on("worker_started", redact_logs)
    # Not "worker_started": the console's loop ends without cancelling what runs on it.
    for rounds in rounds_of(settings):
        server.on("worker_registered", lambda *_, rounds=rounds: rounds.watch())
    return server


def prewarm(process: JobProcess) -> None:
    """Everything slow happens before the phone rings: the store is opened, the menu's grammar compiled."""
    redact_logs()
    settings = Settings.from_env(os.environ)
    process.userdata["settings"] = settings
    process.userdata["prices"] = load_prices(settings)
    with ONE_AT_A_TIME:
        process.userdata["voice"] = _apart(_warm_voice(settings))


def _apart(work: Coroutine[Any, Any, T]) -> T:
    """On a loop of its own, which leaves the process's own alone."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


async def _warm_voice(settings: Settings) -> Voice:
    voice = voice_for(settings)
    await voice.warm()
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
    """One call, from ring to hang-up; from the session's start on, its end is the end of the phone leg."""
    if is_checkup(ctx.job.metadata):
        ctx.shutdown(reason="checkup")
        return
    try:
        await _answer(ctx)
    except BaseException:
        # Whatever it was: nobody else would take the caller off a line that stays silent.
        await ctx.delete_room()
        raise


async def _answer(ctx: JobContext) -> None:
    settings: Settings = ctx.proc.userdata["settings"]
    voice: Voice = ctx.proc.userdata["voice"]
    if (attempt := ready_call_in(ctx.job.metadata)) is not None:
        await ring_when_ready(ctx, attempt, settings, voice)
        return
    # Before anything that lives as long as the call: keys and words are taken by tasks that begin here.
    tongue = Tongue()
    adopt(tongue)
    await ctx.connect()
    caller = await ctx.wait_for_participant()
    try:
        call = await open_call_of(ctx, caller, settings, tongue)
    except (StoreUnavailable, SettingsError) as error:
        logger.error("no call can be opened; the caller hears an apology", extra={"error": str(error)})
        await _apologise(ctx, caller, voice)
        return
    # Kept here because the session belongs to the job only once it has started.
    ctx.proc.userdata["call"] = call
    call.ended_because = "not_started"
    await _converse(ctx, caller, call, voice, settings)


async def _converse(
    ctx: JobContext, caller: rtc.RemoteParticipant, call: Call, voice: Voice, settings: Settings
) -> None:
    # A menu that has changed since the process was warmed takes a while.
    await asyncio.to_thread(voice.prepare, call.menu)
    pipeline = voice.pipeline(call)
    session = open_session(call, pipeline)
    Trouble(session).watch(pipeline.stt)
    keypad = Keypad(session)
    keypad.listen(ctx.room, caller.identity)
    silence = Silence(session) if is_phone(caller) else Silence(session, READING_SECONDS)
    keypad.on_press = silence.reset
    silence.watch()
    Limits(session, minutes=settings.max_call_minutes, idle_turns=settings.max_idle_turns).watch()
    end_the_job_with(session, ctx, caller)
    if not ctx.is_fake_job():
        show_on_pages(ctx.room, caller.identity, session, keypad, settings)
    typed = None if is_phone(caller) else Typed(session, silence.reset).options
    if settings.transfer != "off" and is_phone(caller):
        call.desk = FrontDesk(session, CallersLine(ctx.room, caller.identity, lambda: ctx.api), settings)
    if is_phone(caller):
        sound_the_line(ctx, session, settings)
        session.output.transcription = ForTheWitness(ctx.room)
    if settings.turn_log:
        log_turns(session, Path(settings.turn_log))
    await session.start(
        OrderAgent(call), room=ctx.room, room_options=room_options(caller, typed), record=False, session_host=False
    )
    if typed is not None and not ctx.is_fake_job():
        Unheard(session).watch()
    if call.ended_because == "not_started":
        call.ended_because = ""


async def end_call_record(ctx: JobContext) -> None:
    """Runs however the call ended, also where it never came to a session."""
    call = ctx.proc.userdata.get("call")
    if not isinstance(call, Call):
        return
    try:
        await call.close()
    except StoreUnavailable:
        logger.error("the call's record could not be closed; it is closed as lost later")
    finally:
        await call.store.close()


async def _apologise(ctx: JobContext, caller: rtc.RemoteParticipant, voice: Voice) -> None:
    session = AgentSession[None](tts=voice.tts, turn_handling=offline_turn_handling(), userdata=None)

    def on_close(_: CloseEvent) -> None:
        delete_room(ctx)
        ctx.shutdown(reason="no call could be opened")

    session.on("close", on_close)
    await session.start(
        SorryAgent(), room=ctx.room, room_options=room_options(caller), record=False, session_host=False
    )


def main() -> None:
    load_dotenv()
    try:
        settings = Settings.from_env(os.environ)
        languages_of(settings.languages)
        load_prices(settings)
        if set(TAKES_CALLS) & set(sys.argv[1:]):
            _apart(check_store(settings))
            register_turn_detector(settings)
    except (SettingsError, MenuFileError, DetectorMissing) as error:
        sys.exit(str(error))
    with marked_in_use(settings):
        cli.run_app(build_server(settings))


async def check_store(settings: Settings) -> None:
    """What no call could mend is said before the phone rings; a store that is down may be up again by then."""
    try:
        store = await open_store(settings)
    except StoreUnavailable:
        return
    try:
        await demo_household(store, settings)
        for place in (await store.load_menu()).restaurants:
            if not place.has_tax_rate:
                sys.stderr.write(f"{place.name} has no tax rate and takes no orders by phone. {SAY_THE_RATE}\n")
    finally:
        await store.close()


if __name__ == "__main__":
    main()
