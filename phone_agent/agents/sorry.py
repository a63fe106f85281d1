"""The agent that answers when no order can be taken: it says so and hangs up."""

from __future__ import annotations

from livekit.agents import Agent

from phone_agent.ordering.wording import Sentence


class SorryAgent(Agent):
    def __init__(self) -> None:
        super().__init__(instructions="Say that no order can be taken now.")

    async def on_enter(self) -> None:
        await self.session.say(Sentence.STORE_UNAVAILABLE_GOODBYE.words(), allow_interruptions=False)
        self.session.shutdown(drain=False)
