"""What a provider was asked and how it answered, for tests and for the bench's critical path."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .behaviour import Part


@dataclass
class Asked:
    """One request or, on a WebSocket, the connection; then `answers`, one for each thing that was answered."""

    part: Part | None
    method: str
    path: str
    params: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: Any = None
    """A request's JSON or form; nothing on a WebSocket."""
    port: int = 0
    """The asking program's: tells programs on this machine apart."""
    at: float = field(default_factory=time.time)
    messages: list[Any] = field(default_factory=list)
    """The texts that came over a WebSocket, read as JSON."""
    audio_bytes: int = 0
    status: int | None = None
    """What a refused or finished request was answered with."""
    answers: list[Answer] = field(default_factory=list)


@dataclass
class Answer:
    """A transcript, a model's turn or a spoken text."""

    part: Part
    asked_at: float
    """Wall clock: the end of the caller's speech, the request's last byte, or the first text to speak."""
    delay_s: float
    """What was sampled: the provider's own share of the turn."""
    text: str = ""
    tools: tuple[str, ...] = ()
    first_at: float | None = None
    """When its first piece went out."""
    done_at: float | None = None
    pieces: int = 0


def critical_path_s(answers: Iterable[Answer], since: float, until: float) -> float:
    """The injected delays of a turn, one after the other, of what was sent between the two moments.

    Of several transcripts and first sounds in the turn the last transcript and the first sound count; every model's
    turn does, because each waits for a tool of the one before. A turn of the model that was thrown away because the
    caller went on was asked before the last transcript, and does not count.
    """
    inside = [answer for answer in answers if answer.first_at is not None and since <= answer.first_at <= until]
    heard = [answer for answer in inside if answer.part is Part.HEARING]
    last_heard = max(heard, key=lambda answer: answer.first_at or 0.0, default=None)
    begun = since if last_heard is None or last_heard.first_at is None else last_heard.first_at
    spoken = [answer for answer in inside if answer.part is Part.SPEECH and answer.asked_at >= begun]
    first = min(spoken, key=lambda answer: answer.asked_at, default=None)
    thought = [
        answer
        for answer in inside
        if answer.part is Part.MODEL
        and answer.asked_at >= begun
        and (first is None or answer.asked_at <= first.asked_at)
    ]
    counted = [*([last_heard] if last_heard else []), *thought, *([first] if first else [])]
    return sum(answer.delay_s for answer in counted)
