"""The keypad: what each digit means in each moment of a call; the same for phone and browser."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping
from enum import Enum, auto
from typing import Any

from livekit import rtc

from phone_agent import line
from phone_agent.code_entry import CodeEntry
from phone_agent.ordering.wording import Sentence, words_for_cart

logger = logging.getLogger(__name__)

SAME_PRESS_SECONDS = 0.25


class Mode(Enum):
    TALK = auto()
    READ_BACK = auto()
    PLACED = auto()
    """The sentence with the order number is being said: only `*` cuts it."""
    CODE_ENTRY = auto()


class Action(Enum):
    PLACE = auto()
    EDIT = auto()
    REPEAT = auto()
    PERSON = auto()
    CART = auto()
    WHAT_ONE_DOES = auto()
    NUMBER_AGAIN = auto()
    NO_MEANING = auto()
    IGNORE = auto()
    COLLECT = auto()
    END_CODE = auto()
    CLEAR_CODE = auto()


EVERYWHERE = {"*": Action.REPEAT, "0": Action.PERSON, "#": Action.CART}
MEANING: Mapping[Mode, Mapping[str, Action]] = {
    Mode.TALK: {**EVERYWHERE, "1": Action.WHAT_ONE_DOES},
    Mode.READ_BACK: {**EVERYWHERE, "1": Action.PLACE, "2": Action.EDIT},
    Mode.PLACED: {"*": Action.REPEAT, "1": Action.NUMBER_AGAIN},
    Mode.CODE_ENTRY: {**dict.fromkeys("0123456789", Action.COLLECT), "#": Action.END_CODE, "*": Action.CLEAR_CODE},
}
OTHERWISE: Mapping[Mode, Action] = {
    Mode.TALK: Action.NO_MEANING,
    Mode.READ_BACK: Action.NO_MEANING,
    Mode.PLACED: Action.IGNORE,
    Mode.CODE_ENTRY: Action.IGNORE,
}
SILENT = {Action.NUMBER_AGAIN, Action.IGNORE, Action.COLLECT}
"""What does not stop the agent's speech."""


class Keypad:
    """Acts on each digit at once: no timer and no model in the path."""

    def __init__(self, session: line.Session, clock: Callable[[], float] = time.monotonic) -> None:
        self._session = session
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_press = ("", float("-inf"))
        self.code_entry: CodeEntry | None = None
        self.on_press: Callable[[], None] = lambda: None

    @property
    def mode(self) -> Mode:
        call = self._session.userdata
        if self.code_entry is not None and self.code_entry.is_open:
            return Mode.CODE_ENTRY
        if call.order_number_to_say:
            return Mode.PLACED
        return Mode.READ_BACK if call.has_open_quote else Mode.TALK

    def listen(self, room: rtc.Room, caller_identity: str) -> None:
        """Digits of other participants, and of none (a server's), do nothing."""

        def on_digit(event: rtc.SipDTMF) -> None:
            if event.participant is not None and event.participant.identity == caller_identity:
                self.press(event.digit)

        room.on("sip_dtmf_received", on_digit)

    def press(self, digit: str) -> None:
        if self._is_same_press(digit):
            return
        mode = self.mode
        action = MEANING[mode].get(digit, OTHERWISE[mode])
        self.on_press()
        if action not in SILENT:
            line.stop(self._session)
        self._own(self._act(action, digit))
        self._session.userdata.note("keypad", digit)

    async def collect(self, length: int) -> str | None:
        """The digits keyed in, or None where the caller gave up."""
        self.code_entry = CodeEntry(length)
        return await self.code_entry.result()

    async def close(self) -> None:
        """Waits for what has begun: a confirmation is never cut off."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _is_same_press(self, digit: str) -> bool:
        last_digit, last_time = self._last_press
        now = self._clock()
        self._last_press = (digit, now)
        return self.mode is not Mode.CODE_ENTRY and digit == last_digit and now - last_time < SAME_PRESS_SECONDS

    async def _act(self, action: Action, digit: str) -> None:
        session, call = self._session, self._session.userdata
        match action:
            case Action.PLACE:
                await line.place(session, "keypad")
            case Action.REPEAT:
                await line.repeat(session)
            case Action.WHAT_ONE_DOES | Action.NUMBER_AGAIN:
                await self._one()
            case Action.EDIT:
                call.void_quote()
                await line.say(session, Sentence.BACK_TO_EDITING.words())
            case Action.CART:
                await line.say(session, words_for_cart(call.cart))
            case Action.PERSON:
                await line.say(session, line.how_to_call(call))
            case Action.NO_MEANING:
                await line.say(session, Sentence.UNKNOWN_KEY.words())
            case _:
                self._collect(action, digit)

    async def _one(self) -> None:
        """1 where nothing is to confirm: the number once more after an order, else what 1 would do."""
        session, call = self._session, self._session.userdata
        if call.order is None or not call.is_order_placed:
            await line.say(session, Sentence.WHAT_ONE_DOES.words())
        else:
            await line.say_order_number(session, call.order)

    def _collect(self, action: Action, digit: str) -> None:
        if self.code_entry is None:
            return
        if action is Action.COLLECT:
            self.code_entry.add(digit)
        elif action is Action.CLEAR_CODE:
            self.code_entry.clear()
        elif action is Action.END_CODE:
            self.code_entry.end()

    def _own(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("a key press failed", exc_info=error)
