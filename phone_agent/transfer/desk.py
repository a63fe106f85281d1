"""The desk of one call: rings the restaurant's people, joins one with the caller, or takes the caller back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass

import aiohttp
from livekit import api, rtc

from phone_agent import line
from phone_agent.call import Call
from phone_agent.callers.caller import to_e164
from phone_agent.keypad import keypad_menu
from phone_agent.order_pad.desk import Attempt, Outcome
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.errors import OrderingError
from phone_agent.ordering.language import Language, Tongue, adopt
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.ordering.wording_person import Why, words_for_briefing
from phone_agent.services.call_backs import offer_call_back
from phone_agent.settings import Settings
from phone_agent.transfer import music
from phone_agent.transfer.cold import address_of, refer
from phone_agent.transfer.ears import allow_all
from phone_agent.transfer.sound import Sound
from phone_agent.transfer.staff import Patience
from phone_agent.transfer.warm import Warm
from phone_agent.understanding.abroad import is_only

logger = logging.getLogger(__name__)

ACKNOWLEDGED = {
    "",
    "ok",
    "okay",
    "yes",
    "yeah",
    "yep",
    "sure",
    "thanks",
    "thank you",
    "great",
    "alright",
    "all right",
    "fine",
}
NOT_FOR_THE_AGENT = ACKNOWLEDGED | {"unclear", "okay thanks", "okay thank you", "hello", "hi", "uh huh", "hmm"}
"""What people say while they wait, and to whoever answers: none of it calls the agent back."""


def is_only_waiting(said: str, language: Language) -> bool:
    words = "".join(letter for letter in said.casefold() if letter.isalpha() or letter == " ").strip()
    return words in NOT_FOR_THE_AGENT or is_only(said, language.yes | language.beside | language.backchannels)


@dataclass(frozen=True)
class CallersLine:
    room: rtc.Room
    caller: str
    livekit: Callable[[], api.LiveKitAPI]
    """Opened only when somebody is to be rung: that takes a while."""


class FrontDesk:
    def __init__(self, session: line.Session, where: CallersLine, settings: Settings) -> None:
        self._session = session
        self._where = where
        self._settings = settings
        self._patience = Patience(settings.ring_seconds)
        self._ringing: asyncio.Task[None] | None = None
        self._is_waiting = False
        """The caller is, for somebody to answer."""
        self._number = ""
        """The one that rings."""
        self._was_in_menu = False
        self._talking_with = ""
        self._ending: asyncio.Task[None] | None = None
        self._is_over = False
        session.on("close", lambda _: self._end())
        where.room.on("participant_disconnected", self._on_left)

    @property
    def is_busy(self) -> bool:
        return self._is_waiting or bool(self._talking_with)

    async def ring(self, why: Why) -> None:
        if self.is_busy:
            return
        numbers = self._numbers()
        if not numbers:
            await line.say(self._session, line.how_to_call(self._call))
            return
        self._number, self._is_waiting = numbers[0], True
        self._ringing = asyncio.create_task(self._put_through(numbers, why, self._ringing))
        self._ringing.add_done_callback(self._on_rung)

    def listen(self, said: str) -> bool:
        if not self.is_busy:
            return True
        return not is_only_waiting(said, self._call.tongue.language) and self._stop(Outcome.CALLER_CAME_BACK)

    async def come_back(self) -> None:
        if self._stop(Outcome.CALLER_CAME_BACK):
            await line.say(self._session, PersonSentence.BACK.words())
            await self._offer_keys()

    @property
    def _call(self) -> Call:
        return self._session.userdata

    def _numbers(self) -> Sequence[str]:
        place = line.restaurant_of(self._call)
        of_place = to_e164(place.phone) if place is not None else None
        return self._settings.staff_numbers or ((of_place,) if of_place else ())

    async def _put_through(self, numbers: Sequence[str], why: Why, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            # Whoever came back and asks again: the first attempt still puts the room as it was.
            await asyncio.gather(before, return_exceptions=True)
        await self._leave_the_order()
        if self._settings.transfer == "cold":
            is_through = await self._refer(numbers[0])
        else:
            is_through = await self._ring_one_after_another(numbers, why)
        self._is_waiting = False
        if not is_through and not self._is_over:
            await offer_call_back(self._session)
            if self._call.known.asking is not Asked.CALL_BACK:
                await self._offer_keys()

    async def _leave_the_order(self) -> None:
        """The cart stays; but no key means a yes to the read-back any more."""
        self._was_in_menu, self._call.keypad_walk = self._call.keypad_walk is not None, None
        try:
            await self._call.back_to_editing()
        except OrderingError:
            logger.info("a person is wanted after the order was placed, or while nobody knows whether it is")

    async def _offer_keys(self) -> None:
        """Who orders by keypad goes on there."""
        if self._was_in_menu or self._call.needs_keys:
            await keypad_menu.offer(self._session)

    async def _refer(self, number: str) -> bool:
        await line.say(self._session, PersonSentence.PUTTING_THROUGH.words(), interruptible=False)
        address = address_of(number, self._settings.outbound_address)
        outcome = await refer(self._where.livekit(), self._where.room.name, self._where.caller, address)
        self._note(outcome)
        if outcome is Outcome.REFERRED:
            self._call.ended_because = "transferred"
        return outcome is Outcome.REFERRED

    async def _ring_one_after_another(self, numbers: Sequence[str], why: Why) -> bool:
        voice = self._session.tts
        if voice is None:
            logger.error("there is no voice to ask staff with")
            return False
        room = self._where.room
        warm = Warm(room, self._where.livekit(), self._where.caller, voice, self._patience)
        async with Sound.open(room, "hold", music.RATE) as hold:
            waiting = asyncio.create_task(self._keep_company(hold))
            try:
                return await self._is_taken_by_one_of(numbers, warm, why)
            finally:
                waiting.cancel()
                await asyncio.gather(waiting, return_exceptions=True)
                if not warm.accepted_by:
                    allow_all(room)

    async def _keep_company(self, hold: Sound) -> None:
        await line.say(self._session, PersonSentence.RINGING.words())
        await hold.play(music.frames())

    async def _is_taken_by_one_of(self, numbers: Sequence[str], warm: Warm, why: Why) -> bool:
        for self._number in numbers:
            outcome = await self._outcome_of(self._number, warm, why)
            self._note(outcome)
            if outcome is Outcome.ACCEPTED:
                self._leave(warm.accepted_by)
                return True
        return False

    async def _outcome_of(self, number: str, warm: Warm, why: Why) -> Outcome:
        call = self._call
        name = call.known.name or call.profile.household_name
        # Staff are spoken to in the restaurant's language, whatever the caller's is.
        staffs = copy_context()
        staffs.run(adopt, Tongue())
        briefing = staffs.run(words_for_briefing, name, call.record.caller_number, call.cart, call.order, why)
        try:
            return await asyncio.create_task(warm.ring(number, briefing), context=staffs)
        except (api.ServerError, aiohttp.ClientError, TimeoutError) as error:
            logger.error("staff could not be rung", extra={"error": str(error)})
            return Outcome.REFUSED

    def _leave(self, staff: str) -> None:
        """The agent hears and says nothing more; its job stays, to end both legs when one of them hangs up."""
        self._talking_with = staff
        self._call.ended_because = "transferred"
        line.stop(self._session)
        self._session.input.set_audio_enabled(False)

    def _on_left(self, participant: rtc.RemoteParticipant) -> None:
        if self._talking_with and participant.identity == self._talking_with:
            self._ending = asyncio.create_task(line.hang_up(self._session))

    def _stop(self, outcome: Outcome) -> bool:
        """False where there is nothing to stop, or it cannot be stopped any more."""
        if self._ringing is None or not self._is_waiting or self._talking_with or self._settings.transfer == "cold":
            return False
        self._is_waiting = False
        self._note(outcome)
        self._ringing.cancel()
        return True

    def _end(self) -> None:
        """A phone that was referred hangs up by itself: whether it was is still to be told then."""
        self._is_over = True
        is_referred = self._is_waiting and self._settings.transfer == "cold"
        if not self._stop(Outcome.CALLER_HUNG_UP) and not is_referred and self._ringing is not None:
            self._ringing.cancel()

    def _note(self, outcome: Outcome) -> None:
        attempt = Attempt(self._number, outcome)
        self._call.attempts += (attempt,)
        self._call.note("agent", str(attempt))
        self._call.note_event("person", str(outcome))

    def _on_rung(self, ringing: asyncio.Task[None]) -> None:
        if ringing is self._ringing:
            self._is_waiting = False
        if ringing.cancelled() or (error := ringing.exception()) is None:
            return
        logger.error("a transfer failed", exc_info=error)
        if not self._is_over:
            self._ending = asyncio.create_task(_apologise(self._session))


async def _apologise(session: line.Session) -> None:
    await line.say(session, Sentence.TROUBLE.words())
