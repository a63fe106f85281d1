"""Calls with everything in them, without a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from phone_agent.report.model import (
    Cost,
    CostLine,
    Event,
    OrderPlaced,
    SessionReport,
    ToolUse,
    Usage,
    Utterance,
)
from phone_agent.report.story import Story
from phone_agent.store.records import CallRecord, TranscriptLine
from tests.builders import NOON

ORDERED = CallRecord(
    id="243fa7da-b2e6-4e0d-a5fe-65cbd12a6d84", room="room", channel="phone", profile_id="profile",
    caller_number="+14075550142", dialled_number=None, started_at=NOON, ended_at=NOON + timedelta(seconds=80),
    outcome="ordered", reason="hang-up",
)  # fmt: skip
COST = Cost(
    (
        CostLine("Deepgram nova-3", Decimal("1.5"), "audio minute", Decimal("0.0048"), Decimal("0.0072")),
        CostLine("Cartesia sonic-3", Decimal("0.0009"), "million characters", Decimal(45), Decimal("0.0405")),
    ),
    ("telephone line",),
)

USAGE = (
    Usage("stt", "Deepgram", "nova-3", audio_seconds=90.0),
    Usage("tts", "Cartesia", "sonic-3", characters=900),
)


def a_turn(
    number: int, at: float, asked: str, said: str, *, wait: float = 0.8
) -> tuple[list[Utterance], list[TranscriptLine]]:
    """The caller speaks for 1.6 s, and is answered for 4 s."""
    ended, began = at + 1.6, at + 1.6 + wait
    caller = Utterance(
        "caller", f"caller-{number}", ended + 0.4, at, ended, transcription=0.25, end_of_turn=min(0.35, wait / 2)
    )
    agent = Utterance(
        "agent", f"agent-{number}", began + 4, began, began + 4, number % 3 == 2, model=wait / 4, speech=wait / 8,
        response=wait,
    )  # fmt: skip
    words = [("caller", caller.line_id, ended + 0.4, asked), ("agent", agent.line_id, began + 4, said)]
    lines = [
        TranscriptLine(NOON + timedelta(seconds=when), "caller" if who == "caller" else "agent", text, line or "")
        for who, line, when, text in words
    ]
    return [caller, agent], lines


def a_story(
    turns: Sequence[tuple[str, str]] = (("a caesar salad", "Added 1 Caesar Salad."), ("check out", "That is $9.57.")),
    *,
    every: float = 8.0,
    wait: float = 0.8,
) -> Story:
    utterances: list[Utterance] = []
    lines: list[TranscriptLine] = []
    for number, (asked, said) in enumerate(turns):
        spoken, told = a_turn(number, 2 + number * every, asked, said, wait=wait)
        utterances += spoken
        lines += told
    seconds = 10 + len(turns) * every
    lines.append(TranscriptLine(NOON + timedelta(seconds=seconds - 6), "keypad", "1"))
    report = SessionReport(
        seconds=seconds,
        utterances=tuple(utterances),
        events=(
            Event(3.0, "llm failed", "api.openai.com gpt-4.1"),
            Event(seconds - 5.9, "order placed", "#001 by keypad"),
            Event(seconds - 0.1, "session closed", "user initiated"),
        ),
        orders=(OrderPlaced(seconds - 5.9, 1, "Harbor House", 957, "keypad"),),
        usage=(
            Usage("stt", "Deepgram", "nova-3", audio_seconds=90.0),
            Usage("tts", "Cartesia", "sonic-3", characters=900),
        ),
        cost=COST,
        tools=(ToolUse("quick_add_to_cart", 4.1, 4.2, '{"items": ["Caesar Salad"]}', "Added 1 Caesar Salad."),),
    )
    return Story(replace(ORDERED, ended_at=NOON + timedelta(seconds=seconds)), tuple(lines), report)
