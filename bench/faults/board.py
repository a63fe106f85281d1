"""A switchboard whose agent is hosted by providers on this machine, which can be made to fail at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.faults.cells import PARTS, Cell
from bench.kitchen import Kitchen
from phone_agent.ordering.menu import Menu
from phone_agent.rehearsal.providers.behaviour import NORMAL
from phone_agent.rehearsal.providers.brain import Brain, Message, Reply
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.rehearsal.providers.ears import listening
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.rehearsal.providers.rule_brain import RuleBrain
from phone_agent.stack import LocalStack
from phone_agent.switchboard import AGENT, open_switchboard
from phone_agent.understanding.grammar import grammar_for
from phone_agent.voice.offline.grammar import Grammar

ADD = "quick_add_to_cart"


class Watched:
    """A brain of which one can tell when it puts something into the cart."""

    def __init__(self, brain: Brain) -> None:
        self._brain = brain
        self.on_add: Callable[[], None] = lambda: None

    def reply(self, messages: Sequence[Message], tools: Sequence[str]) -> Reply:
        reply = self._brain.reply(messages, tools)
        if any(call.name == ADD for call in reply.calls):
            self.on_add()
        return reply


@dataclass(frozen=True)
class Providers:
    deepgram: DeepgramServer
    openai: OpenAIServer
    cartesia: CartesiaServer
    brain: Watched

    def fail(self, cell: Cell) -> None:
        serving = (self.deepgram, self.openai, self.cartesia)
        for part in PARTS[cell.gone]:
            first = {"hearing": self.deepgram, "model": self.openai, "speech": self.cartesia}[part.value]
            for provider in serving if cell.takes_all else (first,):
                provider.behave(cell.behaviour(part), part)

    def heal(self) -> None:
        self.brain.on_add = lambda: None
        for provider in (self.deepgram, self.openai, self.cartesia):
            provider.behave(NORMAL)
            provider.log.clear()

    @property
    def env(self) -> Mapping[str, str]:
        """All three keys, as their users have them. The model is asked every turn: otherwise it could not fail."""
        return {
            "PHONE_AGENT_VOICE": "hosted",
            "PHONE_AGENT_CODE_FIRST": "false",
            "PHONE_AGENT_KEEP_SPEECH": "false",
            "OPENAI_API_KEY": "key",
            "OPENAI_BASE_URL": self.openai.base_url,
            "OPENAI_SPEECH_BASE_URL": self.openai.base_url,
            "DEEPGRAM_API_KEY": "key",
            "DEEPGRAM_BASE_URL": self.deepgram.address,
            "CARTESIA_API_KEY": "key",
            "CARTESIA_BASE_URL": self.cartesia.base_url,
        }


@asynccontextmanager
async def open_providers(menu: Menu) -> AsyncIterator[Providers]:
    ears = listening(Grammar.spoken(grammar_for(menu)))
    brain = Watched(RuleBrain(menu))
    async with AsyncExitStack() as stack:
        yield Providers(
            await stack.enter_async_context(DeepgramServer(ears)),
            await stack.enter_async_context(OpenAIServer(brain, ears)),
            await stack.enter_async_context(CartesiaServer()),
            brain,
        )


@dataclass(frozen=True)
class Board:
    providers: Providers
    stack: LocalStack
    database: Path

    @property
    def kitchen(self) -> Kitchen:
        return Kitchen(self.database)


@asynccontextmanager
async def open_board(folder: Path, menu: Menu, agent: Path = AGENT) -> AsyncIterator[Board]:
    """Until the block ends. The servers are started in a thread: the providers answer meanwhile."""
    database = folder / "faults.sqlite3"
    emptied = dict.fromkeys(("SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY", "FIREWORKS_API_KEY"), "")
    async with open_providers(menu) as providers:
        env = emptied | {**providers.env, "PHONE_AGENT_DATABASE": str(database), "PHONE_AGENT_MAX_CALLS": "2"}
        stack = await asyncio.to_thread(open_switchboard, folder / "run", env, agent=agent)
        try:
            yield Board(providers, stack, database)
        finally:
            await asyncio.to_thread(stack.stop)
