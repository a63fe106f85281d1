"""What OpenAI's chat completions refuse: unknown arguments, messages out of order, tools that break the rules; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .strict import strict_problem

MOST_TOOLS = 128
MOST_DESCRIPTION = 1024
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_ROLES = ("system", "developer", "user", "assistant", "tool", "function")
_ARGUMENTS = {
    "model", "messages", "tools", "tool_choice", "parallel_tool_calls", "stream", "stream_options", "temperature",
    "top_p", "max_tokens", "max_completion_tokens", "n", "stop", "seed", "user", "metadata", "store", "service_tier",
    "response_format", "frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "top_logprobs", "modalities",
    "audio", "prediction", "reasoning_effort", "verbosity", "safety_identifier", "prompt_cache_key",
    "prompt_cache_retention", "prompt_cache_options", "web_search_options", "functions", "function_call",
}  # fmt: skip
_OF_MESSAGE = {"role", "content", "name", "tool_calls", "tool_call_id", "refusal", "audio", "function_call"}


@dataclass(frozen=True)
class Refusal:
    message: str
    param: str | None = None
    code: str | None = None

    def body(self) -> dict[str, Any]:
        error = {"message": self.message, "type": "invalid_request_error", "param": self.param, "code": self.code}
        return {"error": error}


def refusal_of(request: Mapping[str, Any]) -> Refusal | None:
    """The first thing that the service would refuse the request for."""
    for check in (_of_arguments, _of_numbers, _of_messages, _of_order, _of_tools, _of_choice):
        for refusal in check(request):
            return refusal
    return None


def _of_arguments(request: Mapping[str, Any]) -> Iterator[Refusal]:
    for name in request:
        if name not in _ARGUMENTS:
            yield Refusal(f"Unrecognized request argument supplied: {name}")
    if not isinstance(request.get("model"), str) or not request["model"]:
        yield Refusal("you must provide a model parameter")
    if not isinstance(request.get("messages"), list):
        yield Refusal("Missing required parameter: 'messages'.", "messages", "missing_required_parameter")
    elif not request["messages"]:
        yield Refusal("Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty "
                      "array instead.", "messages", "empty_array")  # fmt: skip
    if "stream_options" in request and not request.get("stream"):
        yield Refusal("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options")


def _of_numbers(request: Mapping[str, Any]) -> Iterator[Refusal]:
    for name, least, most in (("temperature", 0, 2), ("top_p", 0, 1), ("presence_penalty", -2, 2)):
        value = request.get(name)
        if value is not None and not (isinstance(value, int | float) and least <= value <= most):
            yield Refusal(f"Invalid '{name}': expected a number between {least} and {most}, got {value} instead.", name)


def _of_messages(request: Mapping[str, Any]) -> Iterator[Refusal]:
    for index, message in enumerate(request["messages"]):
        place = f"messages[{index}]"
        role = message.get("role")
        if role not in _ROLES:
            known = ", ".join(f"'{name}'" for name in _ROLES)
            yield Refusal(f"Invalid value: '{role}'. Supported values are: {known}.", f"{place}.role", "invalid_value")
        for unknown in sorted(set(message) - _OF_MESSAGE):
            yield Refusal(f"Unknown parameter: '{place}.{unknown}'.", f"{place}.{unknown}", "unknown_parameter")
        if message.get("content") is None and not message.get("tool_calls"):
            yield Refusal("Invalid value for 'content': expected a string, got null.", f"{place}.content")
        if message.get("tool_calls") == []:
            yield Refusal(f"Invalid '{place}.tool_calls': empty array. Expected an array with minimum length 1, but "
                          "got an empty array instead.", f"{place}.tool_calls", "empty_array")  # fmt: skip


def _of_order(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Each call is answered by a tool message before anything else is said, and by one only."""
    open_calls: list[str] = []
    for index, message in enumerate(request["messages"]):
        if message["role"] == "tool":
            if message.get("tool_call_id") not in open_calls:
                yield Refusal("Invalid parameter: messages with role 'tool' must be a response to a preceeding message "
                              "with 'tool_calls'.", f"messages.[{index}].role")  # fmt: skip
                return
            open_calls.remove(message["tool_call_id"])
            continue
        if open_calls:
            yield _unanswered(open_calls, index)
            return
        open_calls = [call.get("id", "") for call in message.get("tool_calls") or ()]
    if open_calls:
        yield _unanswered(open_calls, len(request["messages"]))


def _unanswered(calls: Sequence[str], index: int) -> Refusal:
    return Refusal(
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
        f"The following tool_call_ids did not have response messages: {', '.join(calls)}",
        f"messages.[{index}].role",
    )


def _of_tools(request: Mapping[str, Any]) -> Iterator[Refusal]:
    tools = request.get("tools")
    if tools is None:
        return
    if not tools or len(tools) > MOST_TOOLS:
        yield Refusal(f"Invalid 'tools': expected an array with 1 to {MOST_TOOLS} items, got {len(tools)}.", "tools")
    names: set[str] = set()
    for index, tool in enumerate(tools):
        place = f"tools[{index}].function"
        function = tool.get("function") if tool.get("type") == "function" else None
        if not isinstance(function, Mapping):
            yield Refusal(f"Missing required parameter: '{place}'.", place, "missing_required_parameter")
            continue
        yield from _of_function(function, place)
        if function.get("name") in names:
            yield Refusal(f"Function names must be unique: '{function['name']}'.", "tools")
        names.add(str(function.get("name")))


def _of_function(function: Mapping[str, Any], place: str) -> Iterator[Refusal]:
    name = str(function.get("name", ""))
    if not _NAME.fullmatch(name):
        yield Refusal(f"Invalid '{place}.name': string does not match pattern. Expected a string that matches the "
                      "pattern '^[a-zA-Z0-9_-]+$'.", f"{place}.name", "invalid_value")  # fmt: skip
    length = len(str(function.get("description") or ""))
    if length > MOST_DESCRIPTION:
        yield Refusal(f"Invalid '{place}.description': string too long. Expected a string with maximum length "
                      f"{MOST_DESCRIPTION}, but got a string with length {length} instead.",
                      f"{place}.description", "string_above_max_length")  # fmt: skip
    for unknown in sorted(set(function) - {"name", "description", "parameters", "strict"}):
        yield Refusal(f"Unknown parameter: '{place}.{unknown}'.", f"{place}.{unknown}", "unknown_parameter")
    if function.get("strict"):
        problem = strict_problem(function.get("parameters"))
        if problem:
            yield Refusal(f"Invalid schema for function '{name}': {problem}",
                          f"{place}.parameters", "invalid_function_parameters")  # fmt: skip


def _of_choice(request: Mapping[str, Any]) -> Iterator[Refusal]:
    choice = request.get("tool_choice")
    if choice is not None and not request.get("tools"):
        yield Refusal("Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
                      "tool_choice")  # fmt: skip
    if request.get("parallel_tool_calls") is not None and not request.get("tools"):
        yield Refusal("Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are "
                      "specified.", "parallel_tool_calls")  # fmt: skip
    if isinstance(choice, Mapping):
        wanted = choice.get("function", {}).get("name")
        if wanted not in [tool["function"]["name"] for tool in request.get("tools") or ()]:
            yield Refusal(f"Invalid value for 'tool_choice': no function named '{wanted}' was specified.",
                          "tool_choice")  # fmt: skip
