"""Support with a voice: what is said after a handover is heard, once, and the order goes on."""

from __future__ import annotations

import pytest
from livekit.agents import AgentSession, llm

from phone_agent.call import Call
from tests.agents.callers import names_in
from tests.agents.test_first_sound import Loudspeaker, loudspeaker, session, until

pytestmark = pytest.mark.hearing
__all__ = ["loudspeaker", "session"]


def said_by_agent(session: AgentSession[Call]) -> list[str]:
    messages = [item for item in session.history.items if isinstance(item, llm.ChatMessage)]
    return [(item.text_content or "").strip() for item in messages if item.role == "assistant"]


async def test_a_handover_and_back_is_heard_once_each(
    session: AgentSession[Call], call: Call, loudspeaker: Loudspeaker
) -> None:
    before = len(said_by_agent(session))
    for words in ("what's in the caesar salad", "add it"):
        session.generate_reply(user_input=words)
        count = len(said_by_agent(session))
        await until(lambda count=count: len(said_by_agent(session)) > count)  # type: ignore[misc]
    contents, added = said_by_agent(session)[before:]

    assert contents.startswith("The menu says of the Caesar Salad")
    assert added.startswith("Added 1 Caesar Salad")
    assert call.last_said == added
    assert names_in(call) == ["Caesar Salad"]
