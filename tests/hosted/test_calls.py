"""Whole calls on the hosted voice, with sound in and out and the providers failing in the middle."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from livekit.agents import AgentSession, inference, llm

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.session import open_session
from phone_agent.phone_line.trouble import Trouble
from phone_agent.rehearsal.providers.behaviour import NORMAL, Behaviour, Fault
from phone_agent.rehearsal.providers.brain import BrainOf, ToolCall, last_user_message
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.rehearsal.providers.ears import listening
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.settings import Settings
from phone_agent.understanding.grammar import grammar_for
from phone_agent.voice.hearing import Hearing
from phone_agent.voice.hosted import HostedVoice
from phone_agent.voice.offline.grammar import Grammar
from tests.hosted.phone import Earpiece, Microphone
from tests.hosted.test_hearing import Deaf
from tests.hosted.until import until
from tests.voice.food import food

pytestmark = pytest.mark.program
HEARD_WITHIN = 2.0 + 0.4
"""Seconds, and what a machine that plays the providers as well takes longer."""
SALAD = {"item_name": "Caesar Salad", "quantity": 1, "options": [], "note": "", "other_half": ""}


def think(messages: Sequence[Mapping[str, Any]], tools: Sequence[str]) -> str | ToolCall:
    if messages[-1]["role"] == "tool":
        return "That is in your order. What else would you like?"
    if "caesar" in last_user_message(messages).lower():
        return ToolCall("quick_add_to_cart", json.dumps({"items": [SALAD], "restaurant_name": ""}))
    return "Which dish would you like?"


@dataclass
class Providers:
    deepgram: DeepgramServer
    openai: OpenAIServer
    cartesia: CartesiaServer

    def behave(self, behaviour: Behaviour) -> None:
        for provider in (self.deepgram, self.openai, self.cartesia):
            provider.behave(behaviour)

    @property
    def settings(self) -> Settings:
        return Settings.from_env({
            "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": self.openai.base_url,
            "DEEPGRAM_API_KEY": "k", "DEEPGRAM_BASE_URL": self.deepgram.address,
            "CARTESIA_API_KEY": "k", "CARTESIA_BASE_URL": self.cartesia.base_url,
            # Otherwise a plain order would need no model, and none could fail.
            "PHONE_AGENT_CODE_FIRST": "false",
        })  # fmt: skip


@pytest.fixture
async def providers(call: Call) -> AsyncIterator[Providers]:
    ears = listening(Grammar.spoken(grammar_for(call.menu)))
    async with AsyncExitStack() as stack:
        yield Providers(
            await stack.enter_async_context(DeepgramServer(ears)),
            await stack.enter_async_context(OpenAIServer(BrainOf(think))),
            await stack.enter_async_context(CartesiaServer()),
        )


@dataclass
class Caller:
    session: AgentSession[Call]
    microphone: Microphone
    earpiece: Earpiece

    @property
    def cart(self) -> list[tuple[int, str]]:
        return [(line.quantity, line.item.name) for line in self.session.userdata.cart.lines]


@asynccontextmanager
async def calling(call: Call, settings: Settings, hearing: Hearing | None = None) -> AsyncIterator[Caller]:
    pipeline = HostedVoice(settings).pipeline(call)
    pipeline = replace(pipeline, stt=hearing or pipeline.stt)
    assert isinstance(pipeline.llm, llm.FallbackAdapter)
    models = pipeline.llm._llm_instances
    session = open_session(call, pipeline)
    Trouble(session).watch(pipeline.stt)
    caller = Caller(session, Microphone(), Earpiece())
    session.input.audio, session.output.audio = caller.microphone, caller.earpiece
    await session.start(OrderAgent(call), record=False)
    yield caller
    await session.aclose()
    for model in models:
        await model.aclose()


async def test_an_order_goes_through_the_providers(call: Call, providers: Providers) -> None:
    async with calling(call, providers.settings) as caller:
        await caller.earpiece.until_quiet()
        ended = await caller.microphone.say("i would like a caesar salad please")
        await until(lambda: caller.cart == [(1, "Caesar Salad")], 10)
        await caller.earpiece.until_answered(ended)

    assert caller.earpiece.silence_after(ended) < HEARD_WITHIN
    assert [len(provider.answers) > 0 for provider in (providers.deepgram, providers.openai, providers.cartesia)] == [
        True, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("fault", [Fault.MUTE, Fault.DROPPED, Fault.UNAUTHORIZED, Fault.TOO_MANY, Fault.BROKEN])
async def test_where_all_providers_fail_in_mid_call_the_order_goes_on(
    call: Call, providers: Providers, fault: Fault
) -> None:
    async with calling(call, providers.settings) as caller:
        await caller.earpiece.until_quiet()
        providers.behave(Behaviour(fault))
        ended = await caller.microphone.say("i would like a caesar salad please")
        await until(lambda: caller.cart == [(1, "Caesar Salad")], 12)
        await caller.earpiece.until_answered(ended)
        after = await caller.microphone.say("i would like a caesar salad please")
        await until(lambda: sum(count for count, _ in caller.cart) == 2, 12)
        await caller.earpiece.until_answered(after)

    assert caller.earpiece.silence_after(ended) < HEARD_WITHIN
    assert caller.earpiece.silence_after(after) < HEARD_WITHIN


async def test_providers_that_come_back_take_the_call_up_again(call: Call, providers: Providers) -> None:
    providers.behave(Behaviour(Fault.BROKEN))
    async with calling(call, providers.settings) as caller:
        hearing = caller.session.stt
        assert isinstance(hearing, Hearing)
        await caller.earpiece.until_quiet()
        providers.behave(NORMAL)
        for _ in range(3):
            await caller.earpiece.until_answered(await caller.microphone.say("what do you have"))
        before = [len(provider.answers) for provider in (providers.deepgram, providers.openai, providers.cartesia)]
        ended = await caller.microphone.say("i would like a caesar salad please")
        await until(lambda: caller.cart == [(1, "Caesar Salad")], 10)
        await caller.earpiece.until_answered(ended)
        after = [len(provider.answers) for provider in (providers.deepgram, providers.openai, providers.cartesia)]

    assert all(now > then for now, then in zip(after, before, strict=True))
    assert hearing.metrics_metadata["model_provider"] == "Deepgram"


async def test_where_nobody_hears_the_keypad_menu_opens(call: Call, providers: Providers) -> None:
    deaf = Hearing([Deaf(food())], vad=inference.VAD())
    async with calling(call, providers.settings, deaf) as caller:
        await until(lambda: call.keypad_walk is not None)
        await caller.earpiece.until_quiet()

    assert call.keypad_only
