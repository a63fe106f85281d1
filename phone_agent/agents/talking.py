"""What all agents of a call share: the read-back's answer is judged by code, and no turn ends in silence."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from typing import Literal, Self
from uuid import uuid4

from livekit.agents import Agent, FlushSentinel, ModelSettings, StopResponse, llm
from livekit.agents.voice.io import TimedString

from phone_agent import line
from phone_agent.agents.briefing import briefed
from phone_agent.agents.chunks import OneCallPerStep, is_holding, text_of
from phone_agent.agents.claims import put_right
from phone_agent.agents.mood import is_upset
from phone_agent.agents.not_understood import is_not_understood, not_understood_in_a_row
from phone_agent.agents.patience import Patience
from phone_agent.call import Call
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.ordering.wording import Sentence
from phone_agent.phone_line.listening import ListeningAgent
from phone_agent.understanding.answer import Answer, asks_to_wait
from phone_agent.voice.code_first import BY_CODE

Chunk = llm.ChatChunk | str
FOR_CODE_ONLY = {"confirm_order", "change_order", "offer_keypad_menu"}
"""Tools that these agents call by themselves, and no model sees."""
MOST_NOT_UNDERSTOOD = 3
"""Turns in a row; then the keypad takes over."""


class TalkingAgent(ListeningAgent):
    def __init__(self, call: Call, instructions: str, tools: Sequence[llm.Tool]) -> None:
        super().__init__(instructions=instructions, tools=[*tools])
        self._call = call
        self._before: Agent | None = None
        self._has_spoken = False

    def going_on_from(self, before: Agent) -> Self:
        """Takes the conversation over when it comes in, and does not greet."""
        self._before = before
        return self

    async def on_enter(self) -> None:
        before, self._before = self._before, None
        try:
            if before is not None:
                spoken = before.chat_ctx.copy(exclude_instructions=True)
                await self.update_chat_ctx(spoken, exclude_invalid_function_calls=False)
                self.session.generate_reply()
            elif not self._has_spoken:
                self.begin()
        finally:
            # Not before the reply is asked for: whatever the caller said meanwhile comes after it, and cuts it.
            self._call.is_handing_over = False
        self._has_spoken = True

    def begin(self) -> None:
        """The first words of a call that begins with this agent."""

    async def on_user_turn_completed(self, turn_ctx: llm.ChatContext, new_message: llm.ChatMessage) -> None:
        """While staff are rung, or talk with the caller, what is said is not for the agent."""
        desk = self._call.desk
        if desk is not None and not desk.listen(new_message.text_content or ""):
            raise StopResponse
        await super().on_user_turn_completed(turn_ctx, new_message)

    async def llm_node(
        self, chat_ctx: llm.ChatContext, tools: list[llm.Tool], model_settings: ModelSettings
    ) -> AsyncIterator[Chunk | FlushSentinel]:
        """An answer to the read-back is judged here, by code; the rest is the model's, and never nothing."""
        answer = self._answer_to_read_back(chat_ctx)
        if answer is not None:
            yield _tool_call("confirm_order" if answer == "yes" else "change_order")
            return
        visible = [tool for tool in tools if tool.id not in FOR_CODE_ONLY]
        self._call.known.is_upset = is_upset(chat_ctx, self._call.menu, self._call.tongue.language)
        at_step_limit = model_settings.tool_choice == "none"
        step, patience = OneCallPerStep(chat_ctx), Patience(self._call)
        told = briefed(chat_ctx, self._call)
        async with aclosing(_stream(self, told, visible, model_settings)) as chunks:
            async for chunk in chunks:
                if not at_step_limit and self._is_for_the_keypad(chunk, chat_ctx):
                    yield self._keypad_instead()
                    return
                for said in _kept(chunk, step, patience):
                    yield said
                if step.has_said_enough:
                    break
        for said in patience.rest(is_last=not step.has_called):
            yield said
        if added := self._added_to(step, chat_ctx, at_step_limit=at_step_limit):
            yield added

    async def transcription_node(
        self, text: AsyncIterable[str | TimedString], model_settings: ModelSettings
    ) -> AsyncIterator[str | TimedString]:
        """What comes here is said; a reply that is prepared early may be thrown away before."""
        said = ""
        async for piece in text:
            said += piece
            self._call.last_said = said
            yield piece
        if said.endswith(SupportSentence.PERSON_OFFER.words()):
            self._call.known.ask(Asked.PERSON)

    def _added_to(self, step: OneCallPerStep, chat_ctx: llm.ChatContext, *, at_step_limit: bool) -> str:
        """What a model has left out, or has made up; mostly nothing."""
        if step.is_silent or (at_step_limit and not step.has_spoken):
            return Sentence.STEP_LIMIT.words() if at_step_limit else step.unsaid or Sentence.TROUBLE.words()
        truth = "" if step.has_called else put_right(step.said, chat_ctx, self._call)
        return f" {truth}" if truth else ""

    def _is_for_the_keypad(self, chunk: Chunk, chat_ctx: llm.ChatContext) -> bool:
        """Speech has failed too often, or fails while the caller orders by keypad."""
        if not is_not_understood(text_of(chunk)):
            return False
        return self._call.keypad_walk is not None or not_understood_in_a_row(chat_ctx) + 1 >= MOST_NOT_UNDERSTOOD

    def _keypad_instead(self) -> Chunk:
        if self._call.has_open_quote:
            return line.how_to_confirm(self._call).words()
        return _tool_call("offer_keypad_menu")

    def _answer_to_read_back(self, chat_ctx: llm.ChatContext) -> Answer | None:
        call = self._call
        if not call.has_open_quote and not call.has_lapsed_quote and call.placing.unheard is None:
            return None
        spoken = [item for item in chat_ctx.items if item.type in ("message", "function_call", "function_call_output")]
        if not spoken or not isinstance(spoken[-1], llm.ChatMessage) or spoken[-1].role != "user":
            return None
        words = spoken[-1].text_content or ""
        was_into_it = call.voice.was_held or call.read_back_ended_at is None
        return "no" if was_into_it and asks_to_wait(words) else call.answer_to_read_back(words)


async def _stream(
    agent: Agent, chat_ctx: llm.ChatContext, tools: list[llm.Tool], settings: ModelSettings
) -> AsyncGenerator[Chunk, None]:
    async for chunk in Agent.default.llm_node(agent, chat_ctx, tools, settings):
        if isinstance(chunk, llm.ChatChunk | str):
            yield chunk


def _kept(chunk: Chunk, step: OneCallPerStep, patience: Patience) -> Iterator[Chunk | FlushSentinel]:
    for kept in step.kept(chunk):
        yield from patience.said(kept)
    if is_holding(chunk):
        yield FlushSentinel()  # a short sentence would wait for the next one


def _tool_call(name: Literal["confirm_order", "change_order", "offer_keypad_menu"]) -> llm.ChatChunk:
    """What it answers is said as it is."""
    call = llm.FunctionToolCall(name=name, arguments=json.dumps({}), call_id=f"{BY_CODE}{uuid4().hex}")
    return llm.ChatChunk(id=uuid4().hex, delta=llm.ChoiceDelta(role="assistant", tool_calls=[call]))
