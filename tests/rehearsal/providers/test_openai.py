"""openai.LLM and openai.STT against the local OpenAI, in each of its moods."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import openai as sdk
import pytest
from livekit.agents import APIConnectionError, APIError, APIStatusError, APITimeoutError, function_tool, llm
from livekit.plugins import openai

from phone_agent.rehearsal.providers.behaviour import NORMAL, Behaviour, Fault, Part, Spread
from phone_agent.rehearsal.providers.brain import BrainOf, Reply, ScriptedBrain, ToolCall, last_user_message
from phone_agent.rehearsal.providers.ears import scripted
from phone_agent.rehearsal.providers.openai import OpenAIServer
from tests.rehearsal.providers.plugins import IMPATIENT, ONCE, asked
from tests.voice.telephone import frames, spoken


@function_tool
async def add(dish: str, count: int | None = None) -> str:
    """Adds a dish."""
    return f"{count} {dish}"


@asynccontextmanager
async def model_of(server: OpenAIServer) -> AsyncIterator[openai.LLM]:
    model = openai.LLM(base_url=server.base_url, api_key="key", temperature=0.7)
    yield model
    await model.aclose()


async def test_words_come_one_by_one_and_then_a_tool_call() -> None:
    reply = Reply("One moment, please.", (ToolCall.of("add", dish="Pad Thai", count=2),))
    async with OpenAIServer(ScriptedBrain(reply)) as server, model_of(server) as model:
        context = llm.ChatContext()
        context.add_message(role="user", content="Two pad thai.")
        async with model.chat(chat_ctx=context, tools=[add], conn_options=ONCE) as stream:
            chunks = [chunk async for chunk in stream]

    deltas = [chunk.delta for chunk in chunks if chunk.delta]
    assert [delta.content for delta in deltas if delta.content] == ["One ", "moment, ", "please."]
    [call] = [call for delta in deltas for call in delta.tool_calls]
    assert (call.name, call.arguments) == ("add", '{"dish": "Pad Thai", "count": 2}')
    assert chunks[-1].usage
    assert chunks[-1].usage.completion_tokens > 0


async def test_a_prompt_that_begins_as_an_earlier_one_is_cached() -> None:
    async with OpenAIServer(BrainOf(lambda messages, tools: "Yes.")) as server, model_of(server) as model:
        context = llm.ChatContext()
        context.add_message(role="system", content="You take orders. " * 400)
        context.add_message(role="user", content="Hello.")
        usages = [(await model.chat(chat_ctx=context, conn_options=ONCE).collect()).usage for _ in range(2)]
        context.items[0] = llm.ChatMessage(role="system", content=["It is noon. " + "You take orders. " * 400])
        usages.append((await model.chat(chat_ctx=context, conn_options=ONCE).collect()).usage)

    first, again, changed = (usage.prompt_cached_tokens for usage in usages if usage)
    assert first == changed == 0
    assert again > 1024
    assert again % 128 == 0


async def test_a_brain_sees_the_messages_and_the_names_of_the_tools() -> None:
    seen: list[tuple[str, list[str]]] = []

    def think(messages: object, tools: object) -> str:
        assert isinstance(messages, list)
        assert isinstance(tools, list)
        seen.append((last_user_message(messages), tools))
        return "Fine."

    async with OpenAIServer(BrainOf(think)) as server, model_of(server) as model:
        answer = await asked(model, "What do you have?", [add])

        assert answer.text == "Fine."
        assert seen == [("What do you have?", ["add"])]
        [answered] = server.answers
        assert (answered.part, answered.text) == (Part.MODEL, "Fine.")
        assert server.log[-1].body["temperature"] == 0.7


async def test_the_first_word_comes_after_its_delay_and_the_others_after_theirs() -> None:
    slow = Behaviour(delay=Spread.always(0.3), between=Spread.always(0.05))
    async with OpenAIServer(ScriptedBrain("One two three."), behaviour=slow) as server, model_of(server) as model:
        await asked(model, "Count.")

        [answer] = server.answers
        assert 0.3 <= (answer.first_at or 0) - answer.asked_at < 0.6
        assert (answer.done_at or 0) - (answer.first_at or 0) > 0.15


async def test_a_prewarmed_model_lists_the_models() -> None:
    async with OpenAIServer() as server, model_of(server) as model:
        model.prewarm()
        async with asyncio.timeout(3):
            while not any(one.path == "/v1/models" and one.status == 200 for one in server.log):
                await asyncio.sleep(0.01)


@pytest.mark.parametrize("fault", [Fault.UNAUTHORIZED, Fault.TOO_MANY, Fault.BROKEN])
async def test_a_refusal_is_raised_with_its_status(fault: Fault) -> None:
    async with OpenAIServer(behaviour=Behaviour(fault)) as server, model_of(server) as model:
        with pytest.raises(APIStatusError) as refused:
            await asked(model, "Hello.")

    assert refused.value.status_code == fault.status
    assert refused.value.retryable == (fault is not Fault.UNAUTHORIZED)


async def test_too_many_requests_say_when_to_come_again() -> None:
    async with OpenAIServer(behaviour=Behaviour(Fault.TOO_MANY, retry_after_s=7)) as server:
        client = sdk.AsyncClient(base_url=server.base_url, api_key="key", max_retries=0)
        with pytest.raises(sdk.RateLimitError) as refused:
            await client.models.list()
        await client.close()

    assert refused.value.response.headers["Retry-After"] == "7"
    assert refused.value.code == "rate_limit_exceeded"


BREAKS = {Fault.DROPPED: APIConnectionError, Fault.MUTE: APITimeoutError, Fault.MALFORMED: APIConnectionError}


@pytest.mark.parametrize("after", [0, 3])
@pytest.mark.parametrize(("fault", "error"), BREAKS.items())
async def test_an_answer_that_breaks_off_is_raised(
    fault: Fault, error: type[APIError], after: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "livekit")
    async with OpenAIServer(ScriptedBrain("One two three four."), behaviour=Behaviour(fault, after=after)) as server:
        async with model_of(server) as model:
            with pytest.raises(APIError) as raised:
                async with asyncio.timeout(5):
                    await asked(model, "Count.", options=IMPATIENT)

        assert server.answers[0].pieces == after
    assert type(raised.value) is error


async def test_an_error_in_mid_stream_is_raised(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "livekit")
    failing = Behaviour(Fault.BROKEN, after=3)
    async with (
        OpenAIServer(ScriptedBrain("One two three four."), behaviour=failing) as server,
        model_of(server) as model,
    ):
        with pytest.raises(APIError):
            await asked(model, "Count.")


async def test_one_part_can_fail_while_the_others_serve(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "livekit")
    async with OpenAIServer(ScriptedBrain("Fine."), scripted("two pad thai")) as server, model_of(server) as model:
        server.behave(Behaviour(Fault.BROKEN), Part.HEARING)
        plugin = openai.STT(base_url=server.base_url, api_key="key")
        with pytest.raises(APIStatusError):
            await plugin.recognize(frames(spoken("two pad thai")), conn_options=ONCE)
        assert (await asked(model, "How are you?")).text == "Fine."
        server.behave(NORMAL)
        event = await plugin.recognize(frames(spoken("two pad thai")), conn_options=ONCE)
        await plugin._client.close()

    assert event.alternatives[0].text == "Two pad thai."


async def test_a_request_without_a_key_is_refused() -> None:
    async with OpenAIServer() as server, openai.LLM(base_url=server.base_url, api_key=" ") as model:
        with pytest.raises(APIError):
            await asked(model, "Hello.")

        assert all(one.status in (401, None) for one in server.log)


async def test_arguments_that_the_service_does_not_know_are_refused() -> None:
    async with (
        OpenAIServer() as server,
        openai.LLM(base_url=server.base_url, api_key="key", extra_body={"top_k": 3}) as model,
    ):
        with pytest.raises(APIStatusError, match="Unrecognized request argument supplied: top_k") as refused:
            await asked(model, "Hello.")

    assert refused.value.status_code == 400


async def test_one_tool_at_a_time_is_refused_where_there_is_no_tool() -> None:
    """The plugin leaves the argument in; the service does not take it then."""
    async with (
        OpenAIServer() as server,
        openai.LLM(base_url=server.base_url, api_key="key", parallel_tool_calls=False) as model,
    ):
        assert (await asked(model, "Hello.", [add])).text
        with pytest.raises(APIStatusError, match="only allowed when 'tools' are specified"):
            await asked(model, "Hello.")
