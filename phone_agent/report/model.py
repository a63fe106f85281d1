"""SessionReport: what is kept of a call beside its record and its words, as typed values with a version."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import TypeAdapter

from phone_agent.store.records import KeptReport

VERSION = 1
ModelKind = Literal["stt", "llm", "tts", "other"]
Side = Literal["caller", "agent"]


@dataclass(frozen=True)
class Utterance:
    """One go of either side. Times are seconds since the call's record began."""

    side: Side
    line_id: str | None
    """Of the transcript's line that has its words; None where there were none."""
    at: float
    """When it was known in full."""
    started: float | None = None
    """None: it was written and not spoken."""
    ended: float | None = None
    is_interrupted: bool = False
    transcription: float | None = None
    """From the caller's last sound to the transcript."""
    end_of_turn: float | None = None
    """From the caller's last sound to the decision that the turn is over; what is above is a part of it."""
    model: float | None = None
    """To the model's first word."""
    speech: float | None = None
    """From the first words to their first sound."""
    response: float | None = None
    """From the caller's last sound to the agent's first."""


@dataclass(frozen=True)
class ToolUse:
    """What the model called. Its arguments and result are personal: they go when the words go."""

    name: str
    started: float
    ended: float
    arguments: str
    """As JSON."""
    result: str
    is_error: bool = False


@dataclass(frozen=True)
class Event:
    """Something worth seeing on the call's timeline. Nothing personal is in it: it outlives the words."""

    at: float
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class OrderPlaced:
    at: float
    number: int
    restaurant_name: str
    total_cents: int
    confirmed_by: str


@dataclass(frozen=True)
class Usage:
    """What one model was used for in the call."""

    kind: ModelKind
    provider: str
    model: str
    input_tokens: int = 0
    """All of them, also those from the cache."""
    cached_tokens: int = 0
    output_tokens: int = 0
    characters: int = 0
    audio_seconds: float = 0.0
    requests: int = 0


@dataclass(frozen=True)
class CostLine:
    what: str
    quantity: Decimal
    unit: str
    price: Decimal
    """US dollars per unit."""
    amount: Decimal
    """US dollars."""


@dataclass(frozen=True)
class Cost:
    lines: tuple[CostLine, ...] = ()
    unknown: tuple[str, ...] = ()
    """What was used and has no price; it is in no sum."""

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True)
class SessionReport:
    seconds: float
    """How long the call lasted."""
    utterances: tuple[Utterance, ...] = ()
    events: tuple[Event, ...] = ()
    orders: tuple[OrderPlaced, ...] = ()
    usage: tuple[Usage, ...] = ()
    cost: Cost = Cost()
    tools: tuple[ToolUse, ...] = ()

    @property
    def turns(self) -> int:
        """How many times the caller had a go."""
        return sum(utterance.side == "caller" for utterance in self.utterances)


REPORT = TypeAdapter(SessionReport)
TOOLS = TypeAdapter(tuple[ToolUse, ...])


def kept(report: SessionReport) -> KeptReport:
    """The tools apart: they are deleted with the words, and the rest stays for the books."""
    body = REPORT.dump_json(report, exclude={"tools"}).decode()
    return KeptReport(VERSION, body, TOOLS.dump_json(report.tools).decode())


def report_of(row: KeptReport) -> SessionReport | None:
    """None: a newer program wrote it."""
    if row.version > VERSION:
        return None
    report = REPORT.validate_json(row.body)
    return REPORT.validate_python({**vars(report), "tools": TOOLS.validate_json(row.tools)})
