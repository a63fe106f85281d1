"""Every tool of every agent, sent by the real plugin to a service that knows the rules of strict mode."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from livekit.agents import Agent, APIConnectOptions, APIStatusError, function_tool, llm, utils
from livekit.plugins import openai

from phone_agent import agents
from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.tools.cart import quick_add_to_cart_for
from tests.ordering.menus import the_corner

ONCE = APIConnectOptions(max_retry=0, timeout=5)
Kind = type[Agent]


def kinds_of_agents() -> list[Kind]:
    """All that are defined in phone_agent.agents, but not what they are derived from: a new one is found by itself."""
    found: dict[str, Kind] = {}
    for module in pkgutil.walk_packages(agents.__path__, f"{agents.__name__}."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, Agent) and kind.__module__.startswith(agents.__name__) and not inspect.isabstract(kind):
                found[kind.__qualname__] = kind
    bases = {base for kind in found.values() for base in kind.__mro__[1:]}
    return [found[name] for name in sorted(found) if found[name] not in bases]


def built(kind: Kind, call: Call) -> Agent:
    """With the call, an agent where one is wanted, and the first of a few choices."""
    hints = get_type_hints(kind.__init__)
    wanted = [
        (name, hints[name])
        for name, parameter in list(inspect.signature(kind.__init__).parameters.items())[1:]
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    ]
    make: Callable[..., Agent] = kind
    return make(**{name: _given(kind, name, hint, call) for name, hint in wanted})


def _given(kind: Kind, name: str, hint: object, call: Call) -> object:
    known: dict[object, object] = {Call: call, str: "Take the order.", list[llm.Tool]: []}
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if inspect.isclass(hint) and issubclass(hint, Agent):
        return OrderAgent(call)
    if hint not in known:
        pytest.fail(f"{kind.__name__} wants {name}: {hint}; tell this test what to give it")
    return known[hint]


def tools_of(tools: Iterable[llm.Tool | llm.Toolset]) -> Iterator[llm.Tool]:
    for tool in tools:
        if isinstance(tool, llm.Toolset):
            yield from tools_of(tool.tools)
        else:
            yield tool


async def send(service: OpenAIServer, *tools: llm.Tool) -> dict[str, Any]:
    """What was asked, as the service got it."""
    context = llm.ChatContext()
    context.add_message(role="user", content="Hello.")
    async with utils.http_context.open(), openai.LLM(base_url=service.base_url, api_key="key") as model:
        await model.chat(chat_ctx=context, tools=list(tools), conn_options=ONCE).collect()
    sent = service.log[-1].body
    assert isinstance(sent, dict)
    return sent


async def test_every_tool_of_every_agent_passes_strict_mode(call: Call) -> None:
    async with OpenAIServer() as service:
        for kind in kinds_of_agents():
            tools = list(tools_of(built(kind, call).tools))
            sent = await send(service, *tools)
            names = [tool["function"]["name"] for tool in sent.get("tools", ())]

            assert sorted(names) == sorted(tool.id for tool in tools), kind.__name__
            assert all(tool["function"]["strict"] for tool in sent.get("tools", ())), kind.__name__
            assert service.log[-1].status == 200, kind.__name__


def test_the_order_agent_and_the_one_that_says_sorry_are_among_the_agents() -> None:
    names = {kind.__name__ for kind in kinds_of_agents()}

    assert {"OrderAgent", "SorryAgent"} <= names


async def test_halves_pass_too() -> None:
    async with OpenAIServer() as service:
        sent = await send(service, quick_add_to_cart_for(the_corner()))

    assert "Farmer Pizza" in json.dumps(sent)


async def test_a_tool_that_breaks_the_rules_is_refused_by_name() -> None:
    @function_tool
    async def save_everything(everything: dict[str, str]) -> str:
        """Whatever."""
        return json.dumps(everything)

    async with OpenAIServer() as service:
        with pytest.raises(APIStatusError) as refused:
            await send(service, save_everything)

    assert refused.value.status_code == 400
    assert not refused.value.retryable
    assert "Invalid schema for function 'save_everything'" in str(refused.value)
