"""The caller's last turn, read from a chat context: what was said, and what tools have answered since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from livekit.agents import llm

from phone_agent.ordering.sentences import Sentence

ANYTHING_ELSE = "Anything else?"
INTERNAL_ERROR = "An internal error occurred"
"""LiveKit's words for an exception of ours, which are none for a caller."""


@dataclass(frozen=True)
class Turn:
    said: str | None
    outputs: tuple[str, ...] = ()
    """Of the tools called since, in order."""
    last_call_id: str = ""
    has_failed: bool = False


def last_turn(chat_ctx: llm.ChatContext) -> Turn:
    """An answer of the agent's since closes the tool outputs before it."""
    outputs: list[llm.FunctionCallOutput] = []
    for item in reversed(chat_ctx.items):
        if isinstance(item, llm.FunctionCallOutput):
            outputs.insert(0, item)
        elif isinstance(item, llm.ChatMessage) and item.role == "user":
            return _turn(item.text_content or "", outputs)
        elif isinstance(item, llm.ChatMessage) and item.role == "assistant" and not outputs:
            return Turn(None)
    return _turn(None, outputs)


def _turn(said: str | None, outputs: Sequence[llm.FunctionCallOutput]) -> Turn:
    if not outputs:
        return Turn(said)
    return Turn(said, tuple(item.output for item in outputs), outputs[-1].call_id, outputs[-1].is_error)


def words_for_outputs(outputs: Sequence[str]) -> str:
    """As the tools put it; of several, only one ends with its question, and "anything else" gives way to any other."""
    if INTERNAL_ERROR in outputs:
        return Sentence.TROUBLE.words()
    said = [output.strip() for output in outputs if output.strip() not in ("", "None")]
    said = [words for words in said if not any(other != words and other.endswith(words) for other in said)]
    said.sort(key=lambda output: output.endswith("?") and not output.endswith(ANYTHING_ELSE))
    return " ".join(dict.fromkeys([*(_without_question(output) for output in said[:-1]), *said[-1:]]))


def _without_question(output: str) -> str:
    statement, separator, question = output.rpartition(". ")
    return f"{statement}." if separator and question.endswith("?") else output
