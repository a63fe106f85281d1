"""What a service is told of the tools is made once, and is what the plugin itself would make of them."""

from __future__ import annotations

from livekit.agents import llm

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.voice.tool_schemas import with_schemas


def test_a_service_is_told_the_same_as_by_the_plugin(call: Call) -> None:
    tools = [tool for tool in OrderAgent(call).tools if isinstance(tool, llm.Tool)]

    ours = llm.ToolContext(with_schemas(tools)).parse_function_tools("openai", strict=True)

    assert len(ours) > 10
    assert ours == llm.ToolContext(tools).parse_function_tools("openai", strict=True)


def test_a_tools_schema_is_made_once(call: Call) -> None:
    tools = [tool for tool in OrderAgent(call).tools if isinstance(tool, llm.Tool)]

    first, again = with_schemas(tools), with_schemas(tools)

    assert [id(tool) for tool in again] == [id(tool) for tool in first]
