"""A job that rings a caller whose order is ready: one attempt, in a room of its own."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from uuid import UUID

import numpy as np
from livekit import api, rtc
from livekit.agents import JobContext, utils
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from phone_agent.clients.livekit import FAILURES
from phone_agent.languages import known_codes, load_language
from phone_agent.order_pad.desk import Outcome
from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.language import Tongue, adopt
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.sentences_ready import ReadySentence
from phone_agent.ordering.translations import names_in
from phone_agent.ordering.wording_ready import words_for_machine, words_for_ready_order, words_for_way
from phone_agent.outbound.answering import Answering
from phone_agent.outbound.beep import PIECE, RATE
from phone_agent.outbound.ready_talk import GONE, LONGEST_S, ReadyTalk, Words
from phone_agent.phone_line.caller_leg import HUNG_UP
from phone_agent.phone_line.sounds import ComfortNoise
from phone_agent.settings import Settings
from phone_agent.store.open import opened_store
from phone_agent.store.protocol import Store
from phone_agent.store.ready_calls import ReadyCall, Rung
from phone_agent.transfer.dialling import Leg, dial, outbound_trunk
from phone_agent.transfer.sound import Sound
from phone_agent.voice.pipeline import Voice

logger = logging.getLogger(__name__)

KIND = "ready_call"
IDENTITY = "rung"
PIECE_MS = 1000 * PIECE // RATE
WRITTEN_TRIES, FIRST_PAUSE_S = 6, 0.5
"""16 s in all."""
AT_LEAST = timedelta(seconds=30)
"""What a call may take beside ringing and talking."""


def metadata_for(attempt_id: str) -> str:
    return json.dumps({KIND: attempt_id})


def ready_call_in(metadata: str) -> str | None:
    """The attempt that a job is for; None: it answers the phone."""
    try:
        given = json.loads(metadata) if metadata else None
        wanted = given.get(KIND) if isinstance(given, dict) else None
        return str(UUID(wanted)) if isinstance(wanted, str) else None
    except ValueError:
        return None


async def ring_when_ready(ctx: JobContext, attempt_id: str, settings: Settings, voice: Voice) -> None:
    """Whatever happens, nobody stays in the room."""
    await ctx.connect()
    try:
        async with opened_store(settings) as store:
            lease = timedelta(seconds=settings.ready_ring_seconds + LONGEST_S) + AT_LEAST
            now = utc_now()
            wanted = await store.begin_ready_call(attempt_id, now=now, lease_until=now + lease)
            if wanted is None:
                logger.info("a call about a ready order is not due any more")
                return
            outcome = await _rung(ctx, wanted, store, settings, voice)
            await persistently(partial(store.end_ready_call, attempt_id, outcome, now=utc_now()))
            logger.info("a caller was rung about a ready order", extra={"outcome": str(outcome)})
    finally:
        await ctx.delete_room()
        ctx.shutdown(reason="the ready call is over")


async def _rung(ctx: JobContext, wanted: ReadyCall, store: Store, settings: Settings, voice: Voice) -> Rung:
    trunk = await outbound_trunk(ctx.api)
    if trunk is None:
        logger.error("there is no outbound trunk: run scripts/provision_sip.py")
        return Rung.REFUSED
    menu = await store.load_menu()
    language = load_language(wanted.language if wanted.language in known_codes() else settings.languages[0])
    tongue = Tongue()
    tongue.speak(language, names_in(menu, language.code))
    adopt(tongue)
    speaker = voice.speaker(language)
    leg = Leg(ctx.room.name, IDENTITY, "caller", wanted.number, settings.ready_ring_seconds)
    async with Sound.open(ctx.room, "ready", speaker.sample_rate) as sound:
        talk = ReadyTalk(sound, speaker, words_for(wanted, menu))
        with _at_the_phone(ctx.room, talk):
            refused = await dial(ctx.api, trunk, leg)
            if refused is not None:
                return rung(refused)
            settling = asyncio.create_task(persistently(partial(store.answer_ready_call, wanted.id)))
            outcome = await _talked(ctx.room, talk)
            await asyncio.gather(settling, return_exceptions=True)
            return outcome


async def _talked(room: rtc.Room, talk: ReadyTalk) -> Rung:
    noise = ComfortNoise(room)
    await noise.start()
    listening = asyncio.create_task(_listen(room, talk))
    try:
        return await talk.hold()
    finally:
        await utils.aio.cancel_and_wait(listening)
        await noise.aclose()


async def _listen(room: rtc.Room, talk: ReadyTalk) -> None:
    """From the answer on; what is heard of the ringing before counts for nothing."""
    phone = room.remote_participants.get(IDENTITY)
    if phone is None:
        talk.note(GONE)
        return
    ears = Answering()
    stream = rtc.AudioStream.from_participant(
        participant=phone,
        track_source=rtc.TrackSource.SOURCE_MICROPHONE,
        sample_rate=RATE,
        num_channels=1,
        frame_size_ms=PIECE_MS,
    )
    try:
        async for event in stream:
            heard = ears.hear(np.frombuffer(event.frame.data, np.int16).astype(np.float64))
            if heard is not None:
                talk.note(heard)
    finally:
        await stream.aclose()


async def persistently(write: Callable[[], Awaitable[None]]) -> None:
    """Where it is not written that somebody has answered, they are rung again. Raises StoreUnavailable in the end."""
    retrying = AsyncRetrying(
        retry=retry_if_exception_type(StoreUnavailable),
        wait=wait_exponential(multiplier=FIRST_PAUSE_S),
        stop=stop_after_attempt(WRITTEN_TRIES),
        reraise=True,
    )
    await retrying(write)


@contextmanager
def _at_the_phone(room: rtc.Room, talk: ReadyTalk) -> Iterator[None]:
    """Keys and the hang-up, heard from before the first ring."""

    def on_digit(event: rtc.SipDTMF) -> None:
        if event.participant is not None and event.participant.identity == IDENTITY:
            talk.note(event.digit)

    def on_left(participant: rtc.RemoteParticipant) -> None:
        if participant.identity == IDENTITY:
            talk.note(GONE)

    def on_attributes(changed: dict[str, str], participant: rtc.Participant) -> None:
        if participant.identity == IDENTITY and HUNG_UP in changed.items():
            talk.note(GONE)

    room.on("sip_dtmf_received", on_digit)
    room.on("participant_disconnected", on_left)
    room.on("participant_attributes_changed", on_attributes)
    try:
        yield
    finally:
        room.off("sip_dtmf_received", on_digit)
        room.off("participant_disconnected", on_left)
        room.off("participant_attributes_changed", on_attributes)


def words_for(wanted: ReadyCall, menu: Menu) -> Words:
    return Words(
        news=words_for_ready_order(wanted.order),
        keys=ReadySentence.READY_KEYS.words(),
        way=words_for_way(wanted.order, menu.known_restaurant(wanted.order.restaurant_id)),
        goodbye=ReadySentence.READY_GOODBYE.words(),
        message=words_for_machine(wanted.order),
    )


def rung(refused: Outcome) -> Rung:
    return Rung(str(refused)) if str(refused) in list(Rung) else Rung.REFUSED


async def dispatch(livekit: api.LiveKitAPI, settings: Settings, attempt_id: str) -> bool:
    """To any worker that has room for a call; False: LiveKit cannot be asked."""
    asked = api.CreateAgentDispatchRequest(
        agent_name=settings.agent_name,
        room=f"{settings.room_prefix}-ready_{attempt_id}",
        metadata=metadata_for(attempt_id),
    )
    try:
        await livekit.agent_dispatch.create_dispatch(asked)
    except FAILURES as error:
        logger.warning("LiveKit takes no call about a ready order", extra={"error": type(error).__name__})
        return False
    return True
