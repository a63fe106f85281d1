"""What a model's service has read once it need not read again: each request begins with the whole of the one before."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from livekit.agents.utils import http_context

from phone_agent.agents.briefing import HEADING
from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.rehearsal.providers.rule_brain import RuleBrain
from phone_agent.rehearsal.text import TextCall
from phone_agent.settings import Settings
from phone_agent.store.protocol import Store
from phone_agent.voice import providers
from phone_agent.voice.hosted import thinking
from phone_agent.voice.offline.model import OfflineLLM
from phone_agent.voice.offline.pipeline import in_writing


@pytest.fixture
async def server(call: Call) -> AsyncIterator[OpenAIServer]:
    async with http_context.open(), OpenAIServer(RuleBrain(call.menu)) as opened:
        yield opened


@pytest.fixture
async def talk(call: Call, server: OpenAIServer) -> AsyncIterator[TextCall]:
    (model,) = providers.models(Settings.from_env({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": server.base_url}))
    chain = thinking([model], OfflineLLM(call))
    async with TextCall(open_session(call, replace(in_writing(call), llm=chain)), OrderAgent(call)) as text_call:
        yield text_call
    await model.aclose()


def asked_of(server: OpenAIServer) -> list[dict[str, Any]]:
    return [asked.body for asked in server.log if asked.path.endswith("/chat/completions")]


def as_sent(messages: Sequence[dict[str, Any]]) -> list[str]:
    return [json.dumps(message) for message in messages]


async def test_each_request_begins_with_the_whole_of_the_one_before(
    talk: TextCall, server: OpenAIServer, call: Call, store: Store
) -> None:
    await talk.say("I'd like two caesar salads and a grilled salmon.")
    await talk.say("What's in my order?")
    await talk.press("4")
    await talk.say("I want cheesecake.")
    call.menu = await store.load_menu()  # the menu is read again, as happens in mid-call
    await talk.say("That's all, check out please.")
    await talk.press("2")
    await talk.say("What's in my order?")
    await talk.say("That's all, check out please.")
    await talk.say("Yes.")
    await talk.say("Where is my order?")
    asked = asked_of(server)

    assert len(asked) > 10
    assert len({json.dumps([body["model"], body["temperature"], body["tools"]]) for body in asked}) == 1
    for before, after in pairwise(asked):
        kept = as_sent(before["messages"][:-1])
        assert as_sent(after["messages"])[: len(kept)] == kept


async def test_what_changes_from_turn_to_turn_is_the_last_message_and_only_there(
    talk: TextCall, server: OpenAIServer
) -> None:
    await talk.say("I'd like two caesar salads.")
    await talk.say("What's in my order?")
    asked = asked_of(server)

    for body in asked:
        states = [at for at, message in enumerate(body["messages"]) if HEADING in json.dumps(message)]
        assert states == [len(body["messages"]) - 1]
    assert len({json.dumps(body["messages"][0]) for body in asked}) == 1


async def test_the_service_counts_most_of_a_later_request_as_cached(talk: TextCall) -> None:
    await talk.say("I'd like two caesar salads.")
    await talk.say("What's in my order?")
    (used,) = [one for one in talk.session.usage.model_usage if one.type == "llm_usage"]

    assert used.input_cached_tokens > used.input_tokens / 2
