"""The agent that takes an order."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import aclosing
from typing import Literal
from uuid import uuid4

from livekit.agents import Agent, ModelSettings, llm
from livekit.agents.voice.io import TimedString

from phone_agent import line, returning
from phone_agent.agents.not_understood import is_not_understood, not_understood_in_a_row
from phone_agent.call import Call
from phone_agent.instructions import load_instructions
from phone_agent.listening import ListeningAgent
from phone_agent.ordering.wording import Sentence
from phone_agent.tools.call_control import call_a_person, end_call, repeat
from phone_agent.tools.caller import CALLER_TOOLS
from phone_agent.tools.cart import (
    change_cart_item,
    quick_add_to_cart_for,
    quick_view_cart,
    remove_from_cart,
    start_over,
)
from phone_agent.tools.checkout import change_order, confirm_order, quick_checkout
from phone_agent.tools.keypad import offer_keypad_menu
from phone_agent.tools.menu import get_restaurant_menu_for
from phone_agent.tools.orders import ORDER_TOOLS
from phone_agent.tools.profile import get_user_profile
from phone_agent.tools.search import find_food_item, find_restaurants_by_type
from phone_agent.tools.terms import TERMS_TOOLS
from phone_agent.understanding.answer import Answer, answer_in, asks_to_wait

Chunk = llm.ChatChunk | str
FOR_CODE_ONLY = {"confirm_order", "change_order", "offer_keypad_menu"}
"""Tools that this agent calls by itself, and no model sees."""
MOST_NOT_UNDERSTOOD = 3
"""Turns in a row; then the keypad takes over."""


class OrderAgent(ListeningAgent):
    def __init__(self, call: Call) -> None:
        self._call = call
        super().__init__(
            instructions=load_instructions("order"),
            tools=[
                get_user_profile,
                find_food_item,
                find_restaurants_by_type,
                get_restaurant_menu_for(call.menu),
                quick_add_to_cart_for(call.menu),
                change_cart_item,
                remove_from_cart,
                quick_view_cart,
                start_over,
                *TERMS_TOOLS,
                *CALLER_TOOLS,
                *ORDER_TOOLS,
                quick_checkout,
                confirm_order,
                change_order,
                offer_keypad_menu,
                repeat,
                call_a_person,
                end_call,
            ],
        )

    async def on_enter(self) -> None:
        line.say(self.session, returning.greeting(self._call))

    async def llm_node(
        self, chat_ctx: llm.ChatContext, tools: list[llm.Tool], model_settings: ModelSettings
    ) -> AsyncIterator[Chunk]:
        """An answer to the read-back is judged here, by code; the rest is the model's, and never nothing."""
        answer = self._answer_to_read_back(chat_ctx)
        if answer is not None:
            yield _tool_call("confirm_order" if answer == "yes" else "change_order")
            return
        visible = [tool for tool in tools if tool.id not in FOR_CODE_ONLY]
        at_step_limit = model_settings.tool_choice == "none"
        is_silent = True
        async with aclosing(_stream(self, chat_ctx, visible, model_settings)) as chunks:
            async for chunk in chunks:
                if not at_step_limit and self._is_for_the_keypad(chunk, chat_ctx):
                    yield self._keypad_instead()
                    return
                is_silent = is_silent and not _text_of(chunk)
                yield chunk
        if at_step_limit and is_silent:
            yield Sentence.STEP_LIMIT.words()

    async def transcription_node(
        self, text: AsyncIterable[str | TimedString], model_settings: ModelSettings
    ) -> AsyncIterator[str | TimedString]:
        """What comes here is said; a reply that is prepared early may be thrown away before."""
        said = ""
        async for piece in text:
            said += piece
            self._call.last_said = said
            yield piece

    def _is_for_the_keypad(self, chunk: Chunk, chat_ctx: llm.ChatContext) -> bool:
        """Speech has failed too often, or fails while the caller orders by keypad."""
        if not is_not_understood(_text_of(chunk)):
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
        return "no" if was_into_it and asks_to_wait(words) else answer_in(words)


async def _stream(
    agent: Agent, chat_ctx: llm.ChatContext, tools: list[llm.Tool], settings: ModelSettings
) -> AsyncGenerator[Chunk, None]:
    async for chunk in Agent.default.llm_node(agent, chat_ctx, tools, settings):
        if isinstance(chunk, llm.ChatChunk | str):
            yield chunk


def _text_of(chunk: Chunk) -> str:
    if isinstance(chunk, str):
        return chunk
    return (chunk.delta.content or "") if chunk.delta else ""


def _tool_call(name: Literal["confirm_order", "change_order", "offer_keypad_menu"]) -> llm.ChatChunk:
    call = llm.FunctionToolCall(name=name, arguments=json.dumps({}), call_id=f"call_{uuid4().hex}")
    return llm.ChatChunk(id=uuid4().hex, delta=llm.ChoiceDelta(role="assistant", tool_calls=[call]))
