"""Tools that hand the call to another agent, which is given and not imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from livekit.agents import Agent, ToolError, function_tool, llm
from livekit.agents.llm import Tool
from livekit.agents.voice import SpeechHandle

from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.tools.spoken import Context

Reason = Literal["order", "billing", "dietary", "other"]
MOST_IN_A_TURN = 2
"""There and back; a model that goes round and round would never answer."""


def transfer_to_support_by(open_support: Callable[[], Agent]) -> Tool:
    @function_tool
    async def transfer_to_support(context: Context, reason: Reason) -> Agent:
        """Hand over to support, which goes on in the same conversation. Say nothing of it.

        Args:
            reason: "order" for a problem with an order or a complaint, "billing" for what a total is made of,
                "dietary" for what is in a dish, "other" for feedback and anything else
        """
        _begin(context)
        return open_support()

    return transfer_to_support


def back_to_ordering_by(back: Callable[[], Agent]) -> Tool:
    @function_tool
    async def back_to_ordering(context: Context) -> Agent:
        """Hand back to whoever takes the order, as soon as the caller speaks of ordering. Say nothing of it."""
        _begin(context)
        return back()

    return back_to_ordering


def _begin(context: Context) -> None:
    """Raises ToolError where the call goes round and round."""
    handoffs = 0
    for item in reversed(context.session.history.items):
        if isinstance(item, llm.ChatMessage) and item.role == "user":
            break
        handoffs += isinstance(item, llm.AgentHandoff)
    if handoffs >= MOST_IN_A_TURN:
        raise ToolError(SupportSentence.GONE_ROUND.words())
    call, before = context.userdata, context.session.current_agent
    call.is_handing_over = True

    def on_done(_: SpeechHandle) -> None:
        if context.session.current_agent is before:
            call.is_handing_over = False  # it was cut, and the call stays where it was

    context.speech_handle.add_done_callback(on_done)
