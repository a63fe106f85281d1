"""The keypad: what each digit means in each moment of a call; the same for phone and browser."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping

from livekit import rtc

from phone_agent import line
from phone_agent.callers.lost_carts import DIGITS
from phone_agent.counter.cart_codes import take_up_by_code
from phone_agent.keypad.code_entry import CodeEntry
from phone_agent.keypad.keypad_menu import KeypadMenu, Work
from phone_agent.keypad.keys import MEANING, OTHERWISE, Action, Mode, stops_speech
from phone_agent.ordering.errors import OrderingError
from phone_agent.ordering.keypad_walk import Level, Walk
from phone_agent.ordering.language import Language
from phone_agent.ordering.order import Quote
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.wording import Sentence, words_for_cart
from phone_agent.services.call_backs import is_call_back_offered, take_message
from phone_agent.services.language_choice import following, go_over_to

logger = logging.getLogger(__name__)

SAME_PRESS_SECONDS = 0.25
POUND_AFTER_CODE_SECONDS = 2.0

CONFIRM, CHANGE = "Confirm", "Change"
"""What the transcript shows of the page's buttons."""
CODE_DIGIT = "•"
"""What the transcript shows of a digit that may be a secret."""

MENU_KEYS: Mapping[Action, Callable[[KeypadMenu, str], Work]] = {
    Action.OPEN_MENU: lambda menu, digit: menu.open(),
    Action.TAKE: lambda menu, digit: menu.move(Walk.take),
    Action.NEXT: lambda menu, digit: menu.move(Walk.next),
    Action.OPTIONS: lambda menu, digit: menu.move(Walk.options),
    Action.HOW_MANY: lambda menu, digit: menu.move(Walk.how_many),
    Action.COUNT: lambda menu, digit: menu.move(lambda walk: walk.count(int(digit))),
    Action.TAKE_OUT: lambda menu, digit: menu.take_out(),
    Action.START_OVER: lambda menu, digit: menu.start_over(),
    Action.CHECK_OUT: lambda menu, digit: menu.check_out(),
    Action.SAME_AGAIN: lambda menu, digit: menu.same_again(),
    Action.PERSON_IN_MENU: lambda menu, digit: menu.person(),
    Action.NO_MEANING_IN_MENU: lambda menu, digit: menu.explain(Sentence.KEYPAD_UNKNOWN),
    Action.COME_BACK: lambda menu, digit: menu.come_back(),
}


class Keypad:
    """Acts on each digit at once: no timer and no model in the path."""

    def __init__(self, session: line.Session, clock: Callable[[], float] = time.monotonic) -> None:
        self._session = session
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_press = ("", float("-inf"))
        self.code_entry: CodeEntry | None = None
        self._code_full_at = float("-inf")
        self.on_press: Callable[[], None] = lambda: None
        self._menu = KeypadMenu(session)
        self._apology: asyncio.Task[None] | None = None
        session.userdata.known.key_in = self._key_in

    @property
    def mode(self) -> Mode:
        call = self._session.userdata
        if call.is_with_staff:
            return Mode.WITH_STAFF
        if self.code_entry is not None and self.code_entry.is_open:
            return Mode.CODE_ENTRY
        if call.order_number_to_say:
            return Mode.PLACED
        if call.has_open_quote or call.placing.unheard is not None:
            return Mode.READ_BACK
        return self._mode_in_menu(call.keypad_walk) if call.keypad_walk is not None else Mode.TALK

    def listen(self, room: rtc.Room, caller_identity: str) -> None:
        """Digits of other participants, and of none (a server's), do nothing."""

        def on_digit(event: rtc.SipDTMF) -> None:
            if event.participant is not None and event.participant.identity == caller_identity:
                self.press(event.digit)

        room.on("sip_dtmf_received", on_digit)

    def press(self, digit: str) -> None:
        if self._is_same_press(digit):
            return
        if digit == "#" and self._ends_full_code():
            return
        mode = self.mode
        action = MEANING[mode].get(digit, OTHERWISE[mode])
        self.on_press()
        if stops_speech(mode, action):
            line.stop(self._session)
        if action is Action.CART_CODE:
            # At once: its digits may follow before anything is said.
            self._key_in(DIGITS, self._take_up_by_code)
        call = self._session.userdata
        meant = call.placing.unheard or call.quote
        self._own(MENU_KEYS[action](self._menu, digit) if action in MENU_KEYS else self._act(action, digit, meant))
        if mode is not Mode.WITH_STAFF:
            call.note("keypad", CODE_DIGIT if action is Action.COLLECT else digit)

    def answer(self, quote: Quote, *, approved: bool) -> asyncio.Task[None]:
        """The page's Confirm and Change of that quote: what 1 and 2 do while it is read back."""
        self.on_press()
        line.stop(self._session)
        self._session.userdata.note("keypad", CONFIRM if approved else CHANGE)
        return self._own(line.place(self._session, "page", quote) if approved else self._edit(quote))

    async def collect(self, length: int) -> str | None:
        """The digits keyed in, or None where the caller gave up."""
        return await self._begun_code(length).result()

    def _begun_code(self, length: int) -> CodeEntry:
        if self.code_entry is not None:
            self.code_entry.end()
        self.code_entry = CodeEntry(length)
        return self.code_entry

    def _key_in(self, length: int, use: Callable[[str | None], Work]) -> None:
        """Collects digits beside the conversation: nothing waits for them, and their use is told when they are in.

        Asked again, it begins anew, and the older entry ends without a word.
        """
        entry = self._begun_code(length)

        async def collect() -> None:
            digits = await entry.result()
            if entry is self.code_entry:
                await use(digits)

        self._own(collect())

    async def close(self) -> None:
        """Waits for what has begun: a confirmation is never cut off."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _is_same_press(self, digit: str) -> bool:
        last_digit, last_time = self._last_press
        now = self._clock()
        if self.mode is not Mode.CODE_ENTRY and digit == last_digit and now - last_time < SAME_PRESS_SECONDS:
            return True
        self._last_press = (digit, now)
        return False

    def _ends_full_code(self) -> bool:
        """Whoever is used to ending a code with # does so once, after its last digit has acted."""
        is_late = self._clock() - self._code_full_at > POUND_AFTER_CODE_SECONDS
        self._code_full_at = float("-inf")
        return not is_late

    def _mode_in_menu(self, walk: Walk) -> Mode:
        if self._menu.is_checking_out:
            return Mode.CHECKING_OUT
        return Mode.HOW_MANY if walk.level is Level.COUNT else Mode.KEYPAD_MENU

    async def _act(self, action: Action, digit: str, meant: Quote | None) -> None:
        """`meant`: what was being read back when the key was pressed."""
        session, call = self._session, self._session.userdata
        match action:
            case Action.PLACE:
                await line.place(session, "keypad", meant)
            case Action.REPEAT:
                await line.repeat(session)
            case Action.WHAT_ONE_DOES | Action.NUMBER_AGAIN:
                await self._one()
            case Action.EDIT:
                await self._edit(meant)
            case Action.CART:
                await line.say(session, words_for_cart(call.cart))
            case Action.PERSON:
                await line.ask_for_person(session, "keypad")
            case Action.LANGUAGE | Action.NO_MEANING:
                await self._other_key(following(call) if action is Action.LANGUAGE else None)
            case _:
                self._collect(action, digit)

    async def _other_key(self, language: Language | None) -> None:
        if language is not None:
            await go_over_to(self._session, language)
        elif self._session.userdata.keypad_walk is None:
            await line.say(self._session, Sentence.UNKNOWN_KEY.words())
        else:
            await self._menu.explain(Sentence.KEYPAD_UNKNOWN)

    async def _one(self) -> None:
        """1 where nothing is to confirm: the number once more after an order, else what 1 would do."""
        session, call = self._session, self._session.userdata
        if is_call_back_offered(call):
            await self._wish_to_be_called()
            if call.needs_keys:
                await self._menu.open()
        elif call.has_lapsed_quote:
            await line.place(session, "keypad")
        elif call.order is None or call.order.status == "cancelled":
            await line.say(session, Sentence.WHAT_ONE_DOES.words())
        elif call.is_order_placed:
            await line.say_order_number(session, call.order)
        else:
            await line.say(session, Sentence.NOT_ORDERED_YET.words())

    async def _take_up_by_code(self, digits: str | None) -> None:
        try:
            await line.say(self._session, await take_up_by_code(self._session.userdata, digits))
        except OrderingError as error:
            await line.refuse(self._session, error)

    async def _wish_to_be_called(self) -> None:
        try:
            await line.say(self._session, await take_message(self._session.userdata, ""))
        except OrderingError as error:
            await line.refuse(self._session, error)

    async def _edit(self, refused: Quote | None) -> None:
        try:
            await self._session.userdata.back_to_editing(refused)
        except OrderingError as error:
            await line.refuse(self._session, error)
            return
        if self._session.userdata.keypad_walk is None:
            await line.say(self._session, Sentence.BACK_TO_EDITING.words())
        else:
            await self._menu.explain(Sentence.KEYPAD_BACK)

    def _collect(self, action: Action, digit: str) -> None:
        if action is Action.CART_CODE:
            line.say(self._session, CallerSentence.CART_CODE_WANTED.words())
        elif self.code_entry is None:
            return
        elif action is Action.COLLECT:
            self.code_entry.add(digit)
            self._code_full_at = float("-inf") if self.code_entry.is_open else self._clock()
        elif action is Action.CLEAR_CODE:
            self.code_entry.clear()
        elif action is Action.END_CODE:
            self.code_entry.end()
            self._code_full_at = float("-inf")

    def _own(self, work: Work) -> asyncio.Task[None]:
        task = asyncio.create_task(self._once_settled(work) if self._session.userdata.is_handing_over else work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def _once_settled(self, work: Work) -> None:
        await line.settled(self._session)
        await work

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        logger.error("a key press failed", exc_info=error)
        if task is not self._apology:
            self._apology = self._own(self._apologise())

    async def _apologise(self) -> None:
        await line.say(self._session, Sentence.TROUBLE.words())
