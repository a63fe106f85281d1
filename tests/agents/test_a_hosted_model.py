"""A whole order in writing: the real plugin, the service's rules, and a brain that knows what the request says."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from livekit.agents import TurnHandlingOptions
from livekit.plugins import openai

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.rehearsal.providers.rule_brain import RuleBrain
from phone_agent.rehearsal.text import TextCall
from phone_agent.voice.pipeline import Pipeline


@pytest.fixture
async def server(call: Call) -> AsyncIterator[OpenAIServer]:
    async with OpenAIServer(RuleBrain(call.menu)) as opened:
        yield opened


@pytest.fixture
async def talk(call: Call, server: OpenAIServer) -> AsyncIterator[TextCall]:
    model = openai.LLM(base_url=server.base_url, api_key="key", parallel_tool_calls=False)
    pipeline = Pipeline(llm=model, turn_handling=TurnHandlingOptions(turn_detection=None))
    async with TextCall(open_session(call, pipeline), OrderAgent(call)) as text_call:
        yield text_call
    await model.aclose()


def tools_called(server: OpenAIServer) -> list[str]:
    return [name for answer in server.answers for name in answer.tools]


async def test_an_order_is_taken_and_placed(talk: TextCall, server: OpenAIServer) -> None:
    added = await talk.say("I'd like two caesar salads and a grilled salmon.")
    seen = await talk.say("What's in my order?")
    read_back = await talk.say("That's all, check out please.")
    placed = await talk.say("Yes.")

    assert "2 Caesar Salads and 1 Grilled Salmon" in added
    assert "Grilled Salmon" in seen
    assert "$43.63" in read_back
    assert talk.call.order is not None
    assert "order number" in placed
    assert tools_called(server)[:3] == ["quick_add_to_cart", "quick_view_cart", "quick_checkout"]
    assert all(one.status == 200 for one in server.log)


async def test_dishes_and_the_check_out_in_one_sentence_are_two_steps(talk: TextCall, server: OpenAIServer) -> None:
    said = await talk.say("A caesar salad please, and that's all, check out.")

    assert "Caesar Salad" in said
    assert talk.call.has_open_quote
    assert tools_called(server) == ["quick_add_to_cart", "quick_checkout"]


async def test_what_a_tool_asks_back_is_asked_of_the_caller(talk: TextCall, server: OpenAIServer) -> None:
    question = await talk.say("A pad thai, please.")
    answer = await talk.say("With shrimp and mild.")

    assert question.endswith("?")
    [line] = talk.call.cart.lines
    assert line.item.name == "Pad Thai"
    assert "Pad Thai" in answer
    calls = [use for message in server.log[-1].body["messages"] for use in message.get("tool_calls") or ()]
    again = json.loads(calls[-1]["function"]["arguments"])
    assert {option["name"].lower() for option in again["items"][0]["options"]} >= {"shrimp"}


async def test_a_question_is_looked_up(talk: TextCall, server: OpenAIServer) -> None:
    said = await talk.say("I want cheesecake.")

    assert "Cheesecake" in said
    assert tools_called(server) == ["find_food_item"]


async def test_goodbye_ends_the_call(talk: TextCall) -> None:
    await talk.say("Goodbye.")

    assert talk.call.ended_because == "goodbye"
