"""A word where the caller waits in silence for a tool, whichever it is."""

from __future__ import annotations

import asyncio

from livekit.agents import AgentStateChangedEvent, ToolExecutionUpdatedEvent, UserStateChangedEvent
from livekit.agents.voice import ToolCallEnded, ToolCallStarted

from phone_agent.line import Session
from phone_agent.ordering.sentences import Sentence

AFTER_SECONDS = 0.7


class Filler:
    """Once for all tools of a turn, and only where nothing is being said or about to be."""

    def __init__(self, session: Session, after_s: float = AFTER_SECONDS) -> None:
        self._session = session
        self._after_s = after_s
        self._running: set[str] = set()
        self._has_spoken = False
        self._timer: asyncio.TimerHandle | None = None

    def watch(self) -> None:
        self._session.on("tool_execution_updated", self._on_tool)
        self._session.on("agent_state_changed", self._on_agent_state)
        self._session.on("user_state_changed", self._on_user_state)
        self._session.on("close", lambda _: self._disarm())

    def _on_tool(self, event: ToolExecutionUpdatedEvent) -> None:
        update = event.update
        if isinstance(update, ToolCallStarted):
            self._running.add(update.function_call.call_id)
        elif isinstance(update, ToolCallEnded):
            self._running.discard(update.call_id)
        self._arm()

    def _on_agent_state(self, event: AgentStateChangedEvent) -> None:
        self._has_spoken = self._has_spoken and event.new_state != "listening"
        self._arm()

    def _on_user_state(self, event: UserStateChangedEvent) -> None:
        self._arm()

    def _arm(self) -> None:
        """Each time something is heard, the wait begins anew."""
        self._disarm()
        if self._running and not self._has_spoken and self._session.user_state != "speaking":
            self._timer = asyncio.get_running_loop().call_later(self._after_s, self._speak)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _speak(self) -> None:
        call = self._session.userdata
        if self._session.agent_state != "speaking" and not call.is_hanging_up and not call.sentences_to_say:
            self._has_spoken = True
            # No part of the conversation: nothing was answered, and it is not to be repeated.
            self._session.say(Sentence.ONE_MOMENT.words(), add_to_chat_ctx=False)
