"""The menu by keypad, in a call: what a key there does to the cart, and what the caller hears."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import uuid4

from livekit.agents import ToolExecutionUpdatedEvent
from livekit.agents.voice import ToolCallStarted

from phone_agent import line
from phone_agent.call import Call
from phone_agent.counter.editing import with_warnings
from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.errors import EmptyCart, OrderingError
from phone_agent.ordering.keypad_walk import Walk, begin_walk
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.order import Quote
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.wording_keypad import words_for_keypad_added, words_for_keypad_removed, words_for_place

Move = Callable[[Walk], Walk | None]
Work = Coroutine[Any, Any, None]
LEAVES_IT_OPEN = {"offer_keypad_menu", "repeat", "call_a_person"}
"""Tools; any other one answers something that the caller said and that was understood."""


class KeypadMenu:
    """Each method acts at once, so that the next key finds the new place; the rest, given back, is to be awaited."""

    def __init__(self, session: line.Session) -> None:
        self._session = session
        self._in_turn = asyncio.Lock()
        """What the keys did is said in the order of the presses."""
        self.is_checking_out = False
        """The order is being frozen, and the first sound of its read-back is still to come."""
        session.on("tool_execution_updated", self._on_tool)

    @property
    def _call(self) -> Call:
        return self._session.userdata

    def open(self) -> Work:
        return offer(self._session)

    def move(self, step: Move) -> Work:
        call = self._call
        before = call.keypad_walk
        _keep_up(call)
        here = call.keypad_walk
        if before is None or here is None or not here.is_where(before):
            return self._say(words_here(call))
        moved = step(here)
        if moved is None:
            return self.explain(Sentence.KEYPAD_UNKNOWN)
        if moved.is_to_be_added:
            call.keypad_walk = moved.as_before()
            return self._say_after(self._added(moved.line(str(uuid4()))))
        call.keypad_walk = moved
        return self._say(words_here(call))

    def start_over(self) -> Work:
        begin(self._call)
        return self._say(words_here(self._call))

    def take_out(self) -> Work:
        """The dish that was added last, else the last one of the order."""
        return self._say_after(self._taken_out())

    def same_again(self) -> Work:
        return self._say(self._call.last_said or words_here(self._call))

    def explain(self, sentence: Sentence) -> Work:
        return self._say(f"{sentence.words()} {words_here(self._call)}")

    def person(self) -> Work:
        if self._call.desk is not None:
            return line.ask_for_person(self._session, "keypad")
        return self._say(f"{line.how_to_call(self._call)} {words_here(self._call)}")

    async def come_back(self) -> None:
        """From the wait for a person."""
        if self._call.desk is not None:
            await self._call.desk.come_back()

    def check_out(self) -> Work:
        self.is_checking_out = True
        return self._check_out()

    async def _check_out(self) -> None:
        refusal: OrderingError | None = None
        try:
            async with self._in_turn:
                quote = await self._call.checkout()
            await self._read_back(quote)
        except EmptyCart:
            refusal = EmptyCart(Sentence.KEYPAD_EMPTY.words())
        except OrderingError as error:
            refusal = error
        finally:
            self.is_checking_out = False
        if refusal is not None:
            await line.refuse(self._session, refusal, words_here(self._call))

    async def _read_back(self, quote: Quote) -> None:
        # Nothing else may be waiting to be said: its first sound would pass for the read-back's.
        line.stop(self._session)
        await line.read_back(self._session, quote)

    async def _added(self, dish: LineItem) -> str:
        await self._call.add((dish,))
        return with_warnings(self._call, (dish,), words_for_keypad_added(dish))

    async def _taken_out(self) -> str:
        call = self._call
        if call.cart.is_empty:
            return f"{Sentence.KEYPAD_EMPTY.words()} {words_here(call)}"
        last = next((dish for dish in call.cart.lines if dish.id == call.last_line_id), call.cart.lines[-1])
        await call.remove(last.id)
        return f"{words_for_keypad_removed(last)} {words_here(call)}"

    async def _say(self, words: str) -> None:
        async with self._in_turn:
            saying = line.say(self._session, words)
        await saying

    async def _say_after(self, work: Coroutine[Any, Any, str]) -> None:
        try:
            async with self._in_turn:
                saying = line.say(self._session, await work)
        except OrderingError as error:
            await line.refuse(self._session, error, words_here(self._call))
            return
        await saying

    def _on_tool(self, event: ToolExecutionUpdatedEvent) -> None:
        update = event.update
        is_answer = isinstance(update, ToolCallStarted) and update.function_call.name not in LEAVES_IT_OPEN
        if is_answer and self._call.can_be_spoken_to:
            self._call.keypad_walk = None


def offer(session: line.Session) -> Work:
    """Opens the menu by keypad; where it is open, says again where the caller is."""
    call = session.userdata
    was_open = call.keypad_walk is not None
    if not was_open:
        begin(call)
    words = words_here(call)
    is_new = not was_open and call.keypad_walk is not None
    return _said(session, " ".join([Sentence.KEYPAD_ON.words(), *_other_languages(call), words]) if is_new else words)


def _other_languages(call: Call) -> list[str]:
    others = (language for language in call.languages if language.code != call.tongue.language.code)
    return [CallerSentence.LANGUAGE_OFFER.words(language=language.name) for language in others]


async def _said(session: line.Session, words: str) -> None:
    await line.say(session, words)


def begin(call: Call) -> None:
    call.open_questions = ()
    call.keypad_walk = begin_walk(call.menu, _places(call))


def words_here(call: Call) -> str:
    """Where the caller is and what the keys do there, by the menu and the cart as they are now."""
    _keep_up(call)
    return words_for_place(call.keypad_walk) if call.keypad_walk is not None else Sentence.KEYPAD_NOTHING.words()


def _places(call: Call) -> tuple[Restaurant, ...]:
    """An order comes from one restaurant."""
    return (call.menu.restaurant(call.cart.restaurant_id),) if call.cart.restaurant_id else call.nearby


def _keep_up(call: Call) -> None:
    """The menu may have been read again, and the cart's first dish settles the restaurant."""
    if call.keypad_walk is not None:
        call.keypad_walk = call.keypad_walk.kept(call.menu, _places(call))
