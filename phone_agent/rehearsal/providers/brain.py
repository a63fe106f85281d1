"""What stands behind the model's endpoint: replies that were written down, or rules that act like a sensible model."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Message = Mapping[str, Any]


@dataclass(frozen=True)
class ToolCall:
    name: str
    arguments: str = "{}"

    @classmethod
    def of(cls, name: str, /, **arguments: object) -> ToolCall:
        return cls(name, json.dumps(arguments))


@dataclass(frozen=True)
class Reply:
    text: str = ""
    calls: tuple[ToolCall, ...] = ()


class Brain(Protocol):
    def reply(self, messages: Sequence[Message], tools: Sequence[str]) -> Reply:
        """To the messages as they came over the wire; `tools` are the names that may be called."""
        ...


class ScriptedBrain:
    """One reply after the other, whatever is asked; then a sentence that says so."""

    def __init__(self, *replies: Reply | str | ToolCall) -> None:
        self._replies = deque(map(_as_reply, replies))

    def reply(self, messages: Sequence[Message], tools: Sequence[str]) -> Reply:
        return self._replies.popleft() if self._replies else Reply("I have nothing more to say.")


class BrainOf:
    """A function as a brain, where a script would hang on the number of requests."""

    def __init__(self, think: Callable[[Sequence[Message], Sequence[str]], Reply | str | ToolCall]) -> None:
        self._think = think

    def reply(self, messages: Sequence[Message], tools: Sequence[str]) -> Reply:
        return _as_reply(self._think(messages, tools))


def _as_reply(reply: Reply | str | ToolCall) -> Reply:
    if isinstance(reply, str):
        return Reply(reply)
    return Reply(calls=(reply,)) if isinstance(reply, ToolCall) else reply


def text_of(message: Message) -> str:
    content = message.get("content")
    if isinstance(content, str):
        return content
    return " ".join(str(part.get("text", "")) for part in content or ())


def last_user_message(messages: Sequence[Message]) -> str:
    return next((text_of(message) for message in reversed(messages) if message["role"] == "user"), "")


def results_since(messages: Sequence[Message]) -> list[str]:
    """What the tools have answered since the user or the assistant last said something."""
    results: list[str] = []
    for message in reversed(messages):
        if message["role"] == "tool":
            results.insert(0, text_of(message))
        elif message["role"] not in ("system", "developer") and not message.get("tool_calls"):
            break
    return results
