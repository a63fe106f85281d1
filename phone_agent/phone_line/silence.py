"""A silent line: two reprompts that fit the open question, then goodbye and hang-up."""

from __future__ import annotations

import asyncio

from livekit.agents import AgentStateChangedEvent, UserInputTranscribedEvent, UserStateChangedEvent

from phone_agent import line
from phone_agent.counter.offers import offer_again
from phone_agent.keypad.keypad_menu import words_here
from phone_agent.ordering.wording import Sentence

SILENCE_SECONDS = 8.0
READING_SECONDS = 40.0
"""Who looks at a page reads, and types."""
WATCHING_SECONDS = 600.0
"""And after an order watches how it gets on."""
REPROMPTS = 2


class Silence:
    """Counts quiet moments; only words or a key begin the count anew, noise does not."""

    def __init__(self, session: line.Session, seconds: float = SILENCE_SECONDS) -> None:
        self._session = session
        self._seconds = seconds
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._reprompted = 0

    def watch(self) -> None:
        self._session.on("agent_state_changed", self._on_agent_state)
        self._session.on("user_state_changed", self._on_user_state)
        self._session.on("user_input_transcribed", self._on_words)
        self._session.on("close", lambda _: self._disarm())

    def reset(self) -> None:
        self._reprompted = 0
        self._arm()

    def _on_agent_state(self, event: AgentStateChangedEvent) -> None:
        self._arm()

    def _on_user_state(self, event: UserStateChangedEvent) -> None:
        self._arm()

    def _on_words(self, event: UserInputTranscribedEvent) -> None:
        if event.is_final and event.transcript.strip():
            self.reset()

    def _arm(self) -> None:
        self._disarm()
        call = self._session.userdata
        if (
            not call.is_with_staff
            and self._session.agent_state == "listening"
            and self._session.user_state != "speaking"
        ):
            seconds = WATCHING_SECONDS if self._is_watching else self._seconds
            self._timer = asyncio.get_running_loop().call_later(seconds, self._on_silence)

    @property
    def _is_watching(self) -> bool:
        call = self._session.userdata
        return call.record.channel == "page" and call.is_order_placed

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_silence(self) -> None:
        self._reprompted = REPROMPTS + 1 if self._is_watching else self._reprompted + 1
        self._task = asyncio.create_task(self._reprompt() if self._reprompted <= REPROMPTS else self._give_up())

    async def _reprompt(self) -> None:
        call = self._session.userdata
        if call.placing.unheard is not None:
            await line.repeat(self._session)
        elif call.has_open_quote and call.quote is not None and call.read_back_ended_at is None:
            await line.read_back(self._session, call.quote)
        elif call.has_open_quote:
            await line.say(self._session, line.how_to_confirm(call).words())
        elif call.keypad_walk is not None:
            await line.say(self._session, words_here(call))
        elif call.open_question is not None:
            await line.say(self._session, call.open_question.words)
        elif (offer := offer_again(call)) is not None:
            await line.say(self._session, offer)
        else:
            sentence = Sentence.SILENCE_FIRST if self._reprompted == 1 else Sentence.SILENCE_SECOND
            await line.say(self._session, sentence.words())

    async def _give_up(self) -> None:
        self._session.userdata.ended_because = "silence"
        await line.goodbye(self._session, Sentence.SILENCE_GOODBYE)
