"""The caller's line on LiveKit: say, read back, place and say the number, stop, hang up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from livekit.agents import AgentSession, get_job_context
from livekit.agents.voice import SpeechHandle
from livekit.agents.voice.io import PlaybackStartedEvent

from phone_agent.call import Call
from phone_agent.counter.editing import leave_out_sold_out
from phone_agent.counter.naming import put_name_on
from phone_agent.counter.returning import question_after_order
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.errors import AlreadyPlaced, CartOutdated, OrderingError, QuoteOutdated, StoreUnavailable
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.ordering.wording import Sentence, words_for_order, words_for_person, words_for_read_back
from phone_agent.ordering.wording_callers import words_for_dish_names
from phone_agent.ordering.wording_person import Why

Session = AgentSession[Call]
HANDING_OVER_S = 5.0
"""No handover takes longer, on a busy machine either."""
HANDING_OVER_STEPS = 500
LAST_WORDS_SECONDS = 20.0

logger = logging.getLogger(__name__)


def say(session: Session, words: str, *, interruptible: bool = True) -> SpeechHandle:
    call = session.userdata
    call.last_said = words
    saying = session.say(words, allow_interruptions=interruptible)
    call.sentences_to_say += 1
    saying.add_done_callback(lambda _: _is_said(call))
    return saying


def _is_said(call: Call) -> None:
    call.sentences_to_say -= 1


async def settled(session: Session) -> None:
    """Once no agent is handing over: whatever would be said in between is refused by LiveKit. It takes a moment."""
    call = session.userdata
    for _ in range(HANDING_OVER_STEPS):
        if not call.is_handing_over:
            return
        await asyncio.sleep(HANDING_OVER_S / HANDING_OVER_STEPS)
    # It was interrupted, and the call stays where it was.
    call.is_handing_over = False


def stop(session: Session) -> None:
    """Silences the agent at once, in the middle of a word too.

    What waits for somebody to listen is left alone: cut short, LiveKit would wait for them no more, and never be heard.
    """
    listening = listener(session)
    if listening is None or listening.done():
        session.interrupt(force=True)


def listener(session: Session) -> asyncio.Future[None] | None:
    """Done once somebody listens in the room; None where there is no room."""
    try:
        return session.room_io.subscribed_fut
    except RuntimeError:
        return None


def speech_that_holds(session: Session) -> SpeechHandle | None:
    """What is being said now and no speech cuts: LiveKit drops a turn that ends meanwhile."""
    speech = session.current_speech
    return speech if speech is not None and not speech.allow_interruptions else None


async def answer(session: Session, words: str) -> None:
    """What was typed, as if it had been said: it cuts what may be cut and waits for the rest, and is never lost."""
    await settled(session)
    while (speech := speech_that_holds(session)) is not None:
        await speech
    await session.interrupt()
    await settled(session)
    session.generate_reply(user_input=words)


async def read_back(session: Session, quote: Quote) -> None:
    """Says the whole order; from the first sound on it can be confirmed.

    Keys cut it short anywhere; speech does so among the dishes, and nothing but a key in the clause with the total.
    """
    call = session.userdata
    call.read_back_ended_at = None
    dishes, total, notes = words_for_read_back(quote, call.now)
    if not await _dishes_heard(session, quote, [*call.keeper.take_news(), dishes]):
        return
    said = say(session, total, interruptible=False)
    await said
    if said.interrupted or call.quote is not quote:
        return
    call.open_quote(quote)  # its first sound may have been a holding phrase, which opens nothing
    if notes and not call.voice.held:
        said = say(session, notes)
        await said
    call.read_back_ended_at = datetime.now(UTC)
    if not said.interrupted and call.quote is quote and not call.voice.held:
        await say(session, how_to_confirm(call).words())


async def _dishes_heard(session: Session, quote: Quote, words: Sequence[str]) -> bool:
    """What no voice could say is not confirmed either."""
    call = session.userdata
    call.is_reading_back = True
    dishes = say(session, " ".join(words))
    opening = Opening(session, quote, dishes)
    try:
        await dishes
    finally:
        call.is_reading_back = False
        opening.stop()
    return opening.is_heard and not dishes.interrupted and call.quote is quote


async def place(session: Session, confirmed_by: ConfirmedBy, meant: Quote | None = None) -> None:
    """Places the open quote and says its number, or says why not; who is new is asked for a name then.

    `meant`: nothing else is placed, whatever was read back since.
    """
    call = session.userdata
    can_speak = call.keypad_walk is None
    try:
        order = await call.place_order(confirmed_by, meant)
    except OrderingError as error:
        await refuse(session, error)
        return
    await asyncio.gather(say_order_number(session, order), put_name_on(call, order))
    if can_speak and (question := question_after_order(call)):
        await say(session, question)


async def say_order_number(session: Session, order: Order, words: str = "") -> None:
    """The sentence is never queued twice: whoever asks while it is to be said once more waits for that."""
    call = session.userdata
    if call.order_number_to_say > 1:
        return
    call.order_number_to_say += 1
    try:
        call.order_number_said = words or words_for_order(order, call.now)
        await say(session, call.order_number_said, interruptible=False)
    finally:
        call.order_number_to_say -= 1


async def refuse(session: Session, error: OrderingError, and_then: str = "") -> None:
    """Says why not. Where the store cannot be reached again and again, the call ends: going on would be in vain."""
    call = session.userdata
    if isinstance(error, AlreadyPlaced) and call.order is not None:
        await say_order_number(session, call.order, str(error))
    elif isinstance(error, StoreUnavailable) and call.is_store_lost:
        call.ended_because = "store_unavailable"
        await goodbye(session, _last_words(call))
    elif call.placing.unheard is not None:
        await say(session, str(error))
    elif _is_for_the_keys(call, error):
        await say(session, f"{await _left_out(call)} {and_then}".rstrip())
    else:
        await say(session, f"{error} {and_then}".rstrip())


def _is_for_the_keys(call: Call, error: OrderingError) -> bool:
    """It offers to leave something out, and keys say no yes to that."""
    is_offer = call.known.asking is Asked.LEAVE_OUT and isinstance(error, QuoteOutdated | CartOutdated)
    return is_offer and call.keypad_walk is not None


def _last_words(call: Call) -> Sentence:
    if call.placing.unheard is not None:
        return Sentence.PLACING_UNKNOWN_GOODBYE
    return Sentence.STORE_UNAVAILABLE_GOODBYE if call.order is None else Sentence.STORE_UNAVAILABLE_AFTER_ORDER


async def _left_out(call: Call) -> str:
    """What is sold out is taken out, and said."""
    call.known.asking = None
    try:
        gone = await leave_out_sold_out(call)
    except OrderingError as error:
        return str(error)
    return Sentence.TAKEN_OUT_MEANWHILE.words(dish_names=words_for_dish_names(gone))


async def repeat(session: Session) -> None:
    """The whole read-back, the order number where nothing was said after it, or what was said last."""
    call = session.userdata
    if call.placing.unheard is not None:
        await say(session, Sentence.PLACING_UNKNOWN.words())
    elif call.has_open_quote and call.quote is not None:
        await read_back(session, call.quote)
    elif call.order is not None and (call.order_number_to_say or call.last_said == call.order_number_said):
        await say_order_number(session, call.order)
    else:
        await say(session, call.last_said or Sentence.NOTHING_TO_REPEAT.words())


async def goodbye(session: Session, sentence: Sentence, patience_s: float = LAST_WORDS_SECONDS) -> None:
    """The last words, once, and the end of the call: also of one whose voice gives no sound."""
    if session.userdata.is_hanging_up:
        return
    session.userdata.is_hanging_up = True
    try:
        async with asyncio.timeout(patience_s):
            await say(session, sentence.words(), interruptible=False)
    except (TimeoutError, RuntimeError) as error:
        logger.warning("the last words could not be said", extra={"error": type(error).__name__})
    finally:
        await hang_up(session)


async def hang_up(session: Session) -> None:
    """Ends the session and the phone leg, once; the last words must have ended."""
    session.shutdown(drain=False)
    job = get_job_context(required=False)
    if job is not None and not job.is_fake_job():
        await job.delete_room()


def how_to_confirm(call: Call) -> Sentence:
    return Sentence.PRESS_ONE if call.keypad_only else Sentence.PRESS_ONE_OR_SAY_YES


async def ask_for_person(session: Session, why: Why) -> None:
    """Staff are rung where that is set up; else the caller hears the restaurant's number."""
    call = session.userdata
    if call.desk is None:
        await say(session, how_to_call(call))
    else:
        await call.desk.ring(why)


def how_to_call(call: Call) -> str:
    """Who wants a person hears the number of the restaurant that the call is about."""
    return words_for_person(restaurant_of(call))


def restaurant_of(call: Call) -> Restaurant | None:
    """That of the order, else of the dishes named last, else the only one."""
    if call.order is not None and call.is_order_placed:
        return call.menu.restaurant(call.order.restaurant_id)
    places = {item.restaurant_id for item in [line.item for line in call.cart.lines] or call.shown}
    if len(places) == 1:
        return call.menu.restaurant(places.pop())
    return call.nearby[0] if len(call.nearby) == 1 else None


class Opening:
    """Opens the quote at the first sound of its own words: whatever else is being said opens nothing."""

    def __init__(self, session: Session, quote: Quote, dishes: SpeechHandle) -> None:
        self._session, self._quote, self._dishes = session, quote, dishes
        # Whoever plays no sound reads: what is written is there at once.
        self._audio = session.output.audio if session.output.audio_enabled else None
        self.is_heard = self._audio is None
        if self._audio is None:
            session.userdata.open_quote(quote)
        else:
            self._audio.on("playback_started", self._on_sound)

    def stop(self) -> None:
        if self._audio is not None:
            self._audio.off("playback_started", self._on_sound)

    def _on_sound(self, _: PlaybackStartedEvent) -> None:
        call = self._session.userdata
        if self._session.current_speech is not self._dishes:
            return
        self.stop()
        self.is_heard = True
        if not call.is_holding():
            call.open_quote(self._quote)
