"""What the chat endpoint refuses, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from phone_agent.rehearsal.providers.chat_rules import refusal_of

USER = {"role": "user", "content": "Two pad thai."}
CALL = {"id": "call_1", "type": "function", "function": {"name": "add", "arguments": "{}"}}
CALLS = {"role": "assistant", "content": None, "tool_calls": [CALL]}
RESULT = {"role": "tool", "tool_call_id": "call_1", "content": "Done."}
NO_PARAMETERS = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


def a_tool(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    function = {"name": "add", "description": "Adds.", "parameters": NO_PARAMETERS, "strict": True}
    return {"type": "function", "function": {**function, **changes}}


def a_request(*messages: dict[str, Any], **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    whole = {"model": "gpt-4.1", "messages": list(messages or (USER,)), "stream": True, "tools": [a_tool()]}
    return {name: value for name, value in {**whole, **changes}.items() if value is not None}


def test_a_conversation_with_a_tool_is_taken() -> None:
    said = {"role": "assistant", "content": "Done."}

    assert refusal_of(a_request({"role": "system", "content": "Help."}, USER, CALLS, RESULT, said, USER)) is None


REFUSED: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "an unknown argument": (a_request(top_k=5), "Unrecognized request argument supplied: top_k", None),
    "no model": (a_request(model=""), "you must provide a model parameter", None),
    "no messages": (a_request(messages=[]), "empty array", "messages"),
    "stream options without a stream": (
        a_request(stream=None, stream_options={}), "only allowed when", "stream_options",
    ),
    "a temperature of three": (a_request(temperature=3), "between 0 and 2", "temperature"),
    "a role that is none": (a_request({"role": "robot", "content": "x"}), "Invalid value: 'robot'", "messages[0].role"),
    "an unknown field": (a_request({**USER, "mood": "good"}), "messages[0].mood", "messages[0].mood"),
    "a message without content": (a_request({"role": "user", "content": None}), "got null", "messages[0].content"),
    "a result nobody asked for": (a_request(USER, RESULT), "must be a response to a preceeding", "messages.[1].role"),
    "a result given twice": (a_request(USER, CALLS, RESULT, RESULT), "must be a response to", "messages.[3].role"),
    "a call without a result": (
        a_request(USER, CALLS, USER), "did not have response messages: call_1", "messages.[2].role",
    ),
    "a call at the end": (a_request(USER, CALLS), "did not have response messages: call_1", "messages.[2].role"),
    "an empty list of tools": (a_request(tools=[]), "expected an array with 1 to 128", "tools"),
    "too many tools": (a_request(tools=[a_tool(name=f"t{n}") for n in range(129)]), "got 129", "tools"),
    "two tools of one name": (a_request(tools=[a_tool(), a_tool()]), "must be unique: 'add'", "tools"),
    "a name with a dot": (a_request(tools=[a_tool(name="a.b")]), "does not match pattern", "tools[0].function.name"),
    "a name that is too long": (a_request(tools=[a_tool(name="a" * 65)]), "match pattern", "tools[0].function.name"),
    "a description that is too long": (
        a_request(tools=[a_tool(description="a" * 1025)]), "maximum length 1024", "tools[0].function.description",
    ),
    "a schema that is not strict": (
        a_request(tools=[a_tool(parameters={"type": "object"})]),
        "Invalid schema for function 'add': In context=(), 'additionalProperties' is required",
        "tools[0].function.parameters",
    ),
    "a choice of a tool that is not there": (
        a_request(tool_choice={"type": "function", "function": {"name": "gone"}}), "'gone'", "tool_choice",
    ),
    "a choice without tools": (a_request(tools=None, tool_choice="auto"), "only allowed when 'tools'", "tool_choice"),
    "one call at a time without tools": (
        a_request(tools=None, parallel_tool_calls=False), "only allowed when 'tools'", "parallel_tool_calls",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "message", "param"), REFUSED.values(), ids=REFUSED)
def test_is_refused(request_: dict[str, Any], message: str, param: str | None) -> None:
    refusal = refusal_of(request_)

    assert refusal is not None
    assert message in refusal.message
    assert refusal.param == param
    assert refusal.body()["error"]["type"] == "invalid_request_error"


def test_a_tool_that_does_not_claim_to_be_strict_may_have_any_schema() -> None:
    assert refusal_of(a_request(tools=[a_tool(strict=None, parameters={"type": "object"})])) is None
