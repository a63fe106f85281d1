"""Tools as a model's service is told of them, made once: the plugin makes all of them again for each request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from livekit.agents import llm
from livekit.agents.llm.tool_context import RawFunctionToolInfo
from livekit.agents.llm.utils import build_strict_openai_schema

_made: WeakKeyDictionary[llm.Tool, llm.Tool] = WeakKeyDictionary()


def with_schemas(tools: Sequence[llm.Tool]) -> list[llm.Tool]:
    """For a request only; what is called is looked up by its name among the agent's own tools."""
    return [_with_schema(tool) if isinstance(tool, llm.FunctionTool) else tool for tool in tools]


def _with_schema(tool: llm.FunctionTool[Any, Any]) -> llm.Tool:
    made = _made.get(tool)
    if made is None:
        info = RawFunctionToolInfo(
            name=tool.info.name, raw_schema=build_strict_openai_schema(tool)["function"], flags=tool.info.flags
        )
        made = _made[tool] = llm.RawFunctionTool(tool._func, info)
    return made
