"""How long a call may last, and how many turns in a row may change nothing: noise cannot talk for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from livekit.agents import AgentStateChangedEvent, ConversationItemAddedEvent, llm

from phone_agent import line
from phone_agent.call import Call
from phone_agent.ordering.wording import Sentence

HINT_AFTER = 2 / 3
"""Of the turns that may change nothing; then the caller hears what else can be done."""
CONFIRMING_SECONDS = 300.0
"""So long at most an order that was read back keeps a call alive that is over its time."""
LOOK_SECONDS = 1.0


class Limits:
    def __init__(self, session: line.Session, *, minutes: float, idle_turns: int) -> None:
        self._session = session
        self._seconds = minutes * 60
        self._most_idle_turns = idle_turns
        self._idle_turns = 0
        self._is_turn_open = False
        self._standing: tuple[Any, ...] = ()
        self._has_hint_to_say = False
        self._clock: asyncio.Task[None] | None = None
        self._saying: asyncio.Task[None] | None = None

    def watch(self) -> None:
        self._standing = _standing(self._session.userdata)
        self._clock = asyncio.create_task(self._end_in_time())
        self._session.on("conversation_item_added", self._on_item)
        self._session.on("agent_state_changed", self._on_agent_state)
        self._session.on("close", lambda _: self._stop())

    def _on_item(self, event: ConversationItemAddedEvent) -> None:
        if isinstance(event.item, llm.ChatMessage) and event.item.role == "user":
            self._is_turn_open = True

    def _on_agent_state(self, event: AgentStateChangedEvent) -> None:
        """Each turn is answered first, and is over where the caller does not speak into the answer."""
        if event.new_state != "listening" or self._session.user_state == "speaking":
            return
        if self._is_turn_open:
            self._is_turn_open = False
            self._count()
        if self._saying is None and self._words is not None:
            self._saying = asyncio.create_task(self._words())

    def _count(self) -> None:
        before, self._standing = self._standing, _standing(self._session.userdata)
        self._idle_turns = self._idle_turns + 1 if self._standing == before else 0
        self._has_hint_to_say = self._idle_turns == round(self._most_idle_turns * HINT_AFTER)

    @property
    def _words(self) -> Callable[[], Coroutine[Any, Any, None]] | None:
        if self._idle_turns >= self._most_idle_turns and not is_confirming(self._session.userdata):
            return self._give_up
        return self._hint if self._has_hint_to_say else None

    async def _give_up(self) -> None:
        await self._end("nothing_changed", Sentence.NOTHING_CHANGES_GOODBYE)

    async def _hint(self) -> None:
        self._has_hint_to_say = False
        try:
            await line.say(self._session, Sentence.NOTHING_CHANGES.words())
        finally:
            self._saying = None

    async def _end_in_time(self) -> None:
        await asyncio.sleep(self._seconds)
        call, waited = self._session.userdata, 0.0
        while call.is_with_staff or is_placing(call) or (waited < CONFIRMING_SECONDS and is_confirming(call)):
            await asyncio.sleep(LOOK_SECONDS)
            waited += 0 if call.is_with_staff else LOOK_SECONDS
        await self._end("too_long", Sentence.TOO_LONG_GOODBYE if call.order is None else Sentence.TOO_LONG_AFTER_ORDER)

    async def _end(self, because: str, words: Sentence) -> None:
        call = self._session.userdata
        if not call.is_hanging_up:
            call.ended_because = because
            line.stop(self._session)
            await line.goodbye(self._session, words)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()


def is_placing(call: Call) -> bool:
    """An order is on its way, or its number is being said."""
    return call.placing.is_under_way or call.order_number_to_say > 0


def is_confirming(call: Call) -> bool:
    return call.has_open_quote or call.placing.is_to_be_tried_again or is_placing(call)


def _standing(call: Call) -> tuple[Any, ...]:
    """What a turn that gets anywhere changes."""
    return (
        call.cart,
        call.wishes,
        call.quote,
        call.order,
        call.open_questions,
        call.shown,
        call.keypad_walk,
        call.known.asking,
        call.known.name,
    )
