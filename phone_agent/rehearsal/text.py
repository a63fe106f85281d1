"""A call held in writing: the same agent, tools and keypad, with no server, no microphone and no speech."""

from __future__ import annotations

import asyncio
import time
from types import TracebackType
from typing import Self

from livekit.agents import Agent, ConversationItemAddedEvent, FunctionToolsExecutedEvent, llm

from phone_agent.call import Call
from phone_agent.dtmf import SAME_PRESS_SECONDS, Keypad
from phone_agent.line import Session


class TextCall:
    """`said` holds what the agent has said so far, `called` the tools that it has called."""

    def __init__(self, session: Session, agent: Agent) -> None:
        self.said: list[str] = []
        self.called: list[str] = []
        self._session = session
        self._agent = agent
        self._paused_s = 0.0
        self._keypad = Keypad(session, lambda: time.monotonic() + self._paused_s)
        self._is_over = False
        session.on("conversation_item_added", self._on_item)
        session.on("function_tools_executed", self._on_tools)
        session.on("close", self._on_close)

    async def __aenter__(self) -> Self:
        await self._session.start(self._agent, record=False)
        await self._until_quiet()
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self._keypad.close()
        await self._session.aclose()
        await self.call.close()

    @property
    def call(self) -> Call:
        return self._session.userdata

    @property
    def agent_name(self) -> str:
        """Who speaks now."""
        return type(self._session.current_agent).__name__

    @property
    def session(self) -> Session:
        return self._session

    @property
    def is_over(self) -> bool:
        """The agent has hung up."""
        return self._is_over

    async def say(self, words: str) -> str:
        """What the agent answers, as one text."""
        before = len(self.said)
        await self._session.run(user_input=words)
        await self._until_quiet()
        return " ".join(self.said[before:])

    async def press(self, digits: str) -> str:
        """Presses keys as fast as a machine can; what the agent answers."""
        before = len(self.said)
        for digit in digits:
            self._keypad.press(digit)
        await self._keypad.close()
        await self._until_quiet()
        return " ".join(self.said[before:])

    def press_in_between(self, digit: str) -> None:
        """While the agent is at something; what comes of it is said later."""
        self._keypad.press(digit)

    def pause(self) -> None:
        """As if the caller waited: the same key is then pressed once more, and not the same press."""
        self._paused_s += 2 * SAME_PRESS_SECONDS

    async def _until_quiet(self) -> None:
        while not self._is_over and (speech := self._session.current_speech) is not None:
            await speech
            await asyncio.sleep(0)

    def _on_item(self, event: ConversationItemAddedEvent) -> None:
        item = event.item
        if isinstance(item, llm.ChatMessage) and item.role == "assistant" and item.text_content:
            self.said.append(item.text_content.strip())

    def _on_tools(self, event: FunctionToolsExecutedEvent) -> None:
        self.called += [call.name for call in event.function_calls]

    def _on_close(self, _: object) -> None:
        self._is_over = True
