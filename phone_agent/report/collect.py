"""Listens to a session and writes what happens into the call's journal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from livekit.agents import (
    AgentFalseInterruptionEvent,
    AgentSession,
    CloseEvent,
    ConversationItemAddedEvent,
    ErrorEvent,
    FunctionToolsExecutedEvent,
    SessionUsageUpdatedEvent,
    UserTranscriptionTimeoutEvent,
    llm,
)

from phone_agent.report.journal import Journal
from phone_agent.report.model import ModelKind, ToolUse, Usage, Utterance

KINDS: dict[str, ModelKind] = {"llm_usage": "llm", "stt_usage": "stt", "tts_usage": "tts"}
PARTS = ("stt", "llm", "tts")


def listen(session: AgentSession[Any], journal: Journal) -> None:
    """After whoever notes the words: an utterance takes the line that was noted last."""

    def on_item(event: ConversationItemAddedEvent) -> None:
        item = event.item
        if isinstance(item, llm.AgentHandoff) and item.old_agent_id is not None:
            journal.note(item.created_at, "handoff", item.new_agent_id)
        elif isinstance(item, llm.ChatMessage) and item.role in ("user", "assistant"):
            journal.utterances.append(utterance_of(item, event.created_at, journal))

    def on_tools(event: FunctionToolsExecutedEvent) -> None:
        pairs = zip(event.function_calls, event.function_call_outputs, strict=False)
        journal.tools.extend(tool_of(call, output, journal) for call, output in pairs)

    def on_usage(event: SessionUsageUpdatedEvent) -> None:
        journal.usage = tuple(usages_of(event))

    session.on("conversation_item_added", on_item)
    session.on("function_tools_executed", on_tools)
    session.on("session_usage_updated", on_usage)
    _listen_to_mishaps(session, journal)
    _listen_to_fallbacks(session, journal)


def _listen_to_mishaps(session: AgentSession[Any], journal: Journal) -> None:
    def on_error(event: ErrorEvent) -> None:
        kind = getattr(event.error, "type", type(event.error).__name__)
        cause = type(getattr(event.error, "error", event.error)).__name__
        ending = "tried again" if getattr(event.error, "recoverable", False) else "given up"
        journal.note(event.created_at, str(kind).replace("_", " "), f"{cause}, {ending}")

    def on_false_interruption(event: AgentFalseInterruptionEvent) -> None:
        journal.note(event.created_at, "false interruption", "went on" if event.resumed else "stopped")

    def on_unheard(event: UserTranscriptionTimeoutEvent) -> None:
        journal.note(event.created_at, "speech without words", f"{event.speech_duration:.1f} s")

    def on_close(event: CloseEvent) -> None:
        journal.note(event.created_at, "session closed", event.reason.value.replace("_", " "))

    session.on("error", on_error)
    session.on("agent_false_interruption", on_false_interruption)
    session.on("user_transcription_timeout", on_unheard)
    session.on("close", on_close)


def _listen_to_fallbacks(session: AgentSession[Any], journal: Journal) -> None:
    """Where one provider stands in for another: LiveKit's adapters tell of it, other parts never do."""
    for part in PARTS:
        source = getattr(session, part)
        if source is not None and hasattr(source, "on"):
            source.on(f"{part}_availability_changed", _on_availability(part, journal))


def _on_availability(part: str, journal: Journal) -> Any:  # noqa: ANN401 - an event of three types
    def on_change(event: Any) -> None:  # noqa: ANN401
        member = getattr(event, part)
        name = f"{member.provider} {member.model}"
        journal.note(time.time(), f"{part} {'is back' if event.available else 'failed'}", name)

    return on_change


def utterance_of(item: llm.ChatMessage, at: float, journal: Journal) -> Utterance:
    def seconds(name: str) -> float | None:
        value = item.metrics.get(name)
        return float(value) if isinstance(value, int | float) else None

    def moment(name: str) -> float | None:
        value = seconds(name)
        return None if value is None else journal.seconds(value)

    return Utterance(
        side="caller" if item.role == "user" else "agent",
        line_id=journal.taken_line() if item.text_content else None,
        at=journal.seconds(at),
        started=moment("started_speaking_at"),
        ended=moment("stopped_speaking_at"),
        is_interrupted=item.interrupted,
        transcription=seconds("transcription_delay"),
        end_of_turn=seconds("end_of_turn_delay"),
        model=seconds("llm_node_ttft"),
        speech=seconds("tts_node_ttfb"),
        response=seconds("e2e_latency"),
    )


def tool_of(call: llm.FunctionCall, output: llm.FunctionCallOutput, journal: Journal) -> ToolUse:
    return ToolUse(
        name=call.name,
        started=journal.seconds(call.created_at),
        ended=journal.seconds(output.created_at),
        arguments=call.arguments,
        result=output.output,
        is_error=output.is_error,
    )


def usages_of(event: SessionUsageUpdatedEvent) -> Iterator[Usage]:
    for used in event.usage.model_usage:
        known = used.model_dump()
        yield Usage(
            kind=KINDS.get(used.type, "other"),
            provider=used.provider,
            model=used.model,
            input_tokens=known.get("input_tokens", 0),
            cached_tokens=known.get("input_cached_tokens", 0),
            output_tokens=known.get("output_tokens", 0),
            characters=known.get("characters_count", 0),
            audio_seconds=known.get("audio_duration", 0.0),
            requests=known.get("total_requests", 0),
        )
