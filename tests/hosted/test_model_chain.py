"""The model's chain over the wire: OpenAI's plugin against a local server, the offline model behind it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from livekit.agents import llm

from phone_agent.call import Call
from phone_agent.ordering.sentences import Sentence
from phone_agent.rehearsal.providers.behaviour import NORMAL, Behaviour, Fault, Spread
from phone_agent.rehearsal.providers.brain import BrainOf, ToolCall
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.settings import Settings
from phone_agent.voice import providers
from phone_agent.voice.hosted import thinking
from phone_agent.voice.inference import InferenceVoice
from phone_agent.voice.offline.model import OfflineLLM
from phone_agent.voice.watchdog_llm import WatchedLLM
from tests.hosted.until import until

pytestmark = pytest.mark.program
HOLDING = Sentence.ONE_MOMENT.words()
REPLY = "You can have a caesar salad for eight dollars, or a grilled salmon."
UNCLEAR = Sentence.UNCLEAR.words()


@pytest.fixture
async def server() -> AsyncIterator[OpenAIServer]:
    async with OpenAIServer(BrainOf(lambda messages, tools: REPLY)) as running:
        yield running


@llm.function_tool
async def end_call() -> str:
    """End the call."""
    return "Goodbye."


@asynccontextmanager
async def chain_of(server: OpenAIServer, call: Call, **more: str) -> AsyncIterator[llm.FallbackAdapter]:
    settings = Settings.from_env({"OPENAI_API_KEY": "key", "OPENAI_BASE_URL": server.base_url, **more})
    models = providers.models(settings)
    own = OfflineLLM(call)
    await reply_of(own)  # the menu's indexes are made by the first sentence
    chain = thinking(models, own)
    yield chain
    await until(lambda: all(one.recovering_task is None or one.recovering_task.done() for one in chain._status))
    for model in models:
        await model.aclose()
    await asyncio.sleep(0.05)


async def reply_of(chain: llm.LLM[Any], said: str = "mumble mumble") -> tuple[str, list[str], float]:
    context = llm.ChatContext.empty()
    context.add_message(role="system", content="You take orders.")
    context.add_message(role="user", content=said)
    text, tools, began, first = "", [], time.perf_counter(), 0.0
    async with chain.chat(chat_ctx=context, tools=[end_call]) as chunks:
        async for chunk in chunks:
            first = first or time.perf_counter() - began
            if chunk.delta:
                text += chunk.delta.content or ""
                tools += [called.name for called in chunk.delta.tool_calls]
    return text, tools, first


async def test_a_model_that_answers_is_the_only_one_asked(server: OpenAIServer, call: Call) -> None:
    async with chain_of(server, call) as chain:
        text, _, _ = await reply_of(chain)

    assert text == REPLY
    (asked,) = [asked for asked in server.log if asked.path.endswith("completions")]
    assert (asked.body["temperature"], asked.body["parallel_tool_calls"]) == (0.7, False)
    assert asked.body["tools"][0]["function"]["strict"] is True


@pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.TOO_MANY, Fault.BROKEN, Fault.DROPPED, Fault.MALFORMED])
async def test_a_model_that_fails_is_replaced_at_once_and_nothing_is_said_of_it(
    server: OpenAIServer, call: Call, fault: Fault
) -> None:
    server.behave(Behaviour(fault))
    async with chain_of(server, call) as chain:
        text, _, first = await reply_of(chain)

    assert text == UNCLEAR
    assert first < 1.0


async def test_a_caller_hears_a_holding_phrase_before_a_silent_model_is_given_up(
    server: OpenAIServer, call: Call
) -> None:
    server.behave(Behaviour(Fault.MUTE))
    async with chain_of(server, call) as chain:
        text, _, first = await reply_of(chain)

    assert text == f"{HOLDING} {UNCLEAR}"
    assert 0.5 < first < 0.9


@pytest.mark.parametrize("fault", [Fault.MUTE, Fault.DROPPED])
async def test_a_reply_that_breaks_off_is_begun_again_by_the_next(
    server: OpenAIServer, call: Call, fault: Fault
) -> None:
    server.behave(Behaviour(fault, after=4))
    async with chain_of(server, call) as chain:
        text, _, _ = await reply_of(chain)

    assert text == f"You can have , {HOLDING} {UNCLEAR}"


async def test_a_tool_that_was_called_is_not_called_again(server: OpenAIServer, call: Call) -> None:
    server.brain = BrainOf(lambda messages, tools: ToolCall("end_call"))
    server.behave(Behaviour(Fault.MUTE, after=5))
    async with chain_of(server, call) as chain:
        text, tools, _ = await reply_of(chain, "goodbye")

    assert (text, tools) == ("", ["end_call"])


async def test_long_arguments_of_a_tool_are_waited_for(server: OpenAIServer, call: Call) -> None:
    server.brain = BrainOf(lambda messages, tools: ToolCall("end_call"))
    server.behave(Behaviour(between=Spread.always(0.9)))
    async with chain_of(server, call) as chain:
        text, tools, _ = await reply_of(chain, "goodbye")

    assert (text, tools) == (f"{HOLDING} ", ["end_call"])


async def test_a_slow_model_is_held_for_once_and_answers_itself(server: OpenAIServer, call: Call) -> None:
    server.behave(Behaviour(delay=Spread.always(1.3)))
    async with chain_of(server, call) as chain:
        text, _, _ = await reply_of(chain)

    assert text == f"{HOLDING} {REPLY}"


async def test_a_model_that_works_again_is_used_again(server: OpenAIServer, call: Call) -> None:
    async with chain_of(server, call) as chain:
        server.behave(Behaviour(Fault.BROKEN))
        before, _, _ = await reply_of(chain)
        await until(lambda: chain._status[0].recovering_task is not None and chain._status[0].recovering_task.done())
        server.behave(NORMAL)
        meanwhile, _, _ = await reply_of(chain)
        await until(lambda: chain._status[0].available)
        after, _, _ = await reply_of(chain)

    assert (before, meanwhile, after) == (UNCLEAR, UNCLEAR, REPLY)


async def test_the_second_model_answers_where_the_first_is_mute(server: OpenAIServer, call: Call) -> None:
    server.behave(Behaviour(Fault.MUTE))
    async with OpenAIServer(BrainOf(lambda messages, tools: "From the second.")) as second:
        more = {"FIREWORKS_API_KEY": "key", "FIREWORKS_BASE_URL": second.base_url}
        async with chain_of(server, call, **more) as chain:
            text, _, _ = await reply_of(chain)

    assert text == f"{HOLDING} From the second."


class Sleepy(llm.LLM[Any]):
    """Takes a request, and no notice of how long it may take."""

    def chat(self, **asked: Any) -> llm.LLMStream:  # noqa: ANN401
        return SleepyStream(self, chat_ctx=asked["chat_ctx"], tools=asked["tools"], conn_options=asked["conn_options"])


class SleepyStream(llm.LLMStream):
    async def _run(self) -> None:
        await asyncio.sleep(60)


async def test_a_model_that_ignores_its_timeout_is_given_up_all_the_same(call: Call) -> None:
    watched = WatchedLLM(Sleepy(), holding=lambda: HOLDING, longest_chunk=0.2)
    chain = llm.FallbackAdapter([watched, OfflineLLM(call)], retry_on_chunk_sent=True)
    text, _, first = await reply_of(chain)

    assert text == f"{HOLDING} {UNCLEAR}"
    assert first < 1.0


async def test_livekit_inference_is_asked_and_stood_in_for_in_the_same_way(server: OpenAIServer, call: Call) -> None:
    account = {"LIVEKIT_INFERENCE_API_KEY": "key", "LIVEKIT_INFERENCE_API_SECRET": "s" * 32}
    settings = {"PHONE_AGENT_VOICE": "inference", "LIVEKIT_INFERENCE_URL": server.base_url, **account}
    voice = InferenceVoice(Settings.from_env(settings))
    await asyncio.to_thread(asyncio.run, voice.warm())  # on a loop of its own, as in a worker
    (model,) = voice.models()
    chain = thinking([model], OfflineLLM(call))
    answered, _, _ = await reply_of(chain)
    server.behave(Behaviour(Fault.MUTE))
    stood_in, _, _ = await reply_of(chain)
    await until(lambda: chain._status[0].recovering_task is not None and chain._status[0].recovering_task.done())
    await model.aclose()
    await asyncio.sleep(0.05)

    (asked, *_) = [asked for asked in server.log if asked.path.endswith("completions")]
    assert (answered, stood_in) == (REPLY, f"{HOLDING} {UNCLEAR}")
    assert (asked.body["model"], asked.body["temperature"]) == ("openai/gpt-4.1", 0.7)
