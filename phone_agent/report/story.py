"""The story of a call: its record, its words and its report in one, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from phone_agent.report.model import SessionReport, Side, ToolUse, Utterance
from phone_agent.store.records import CallRecord, TranscriptLine

Who = Literal["caller", "agent", "keypad", "tool", "event"]
SHOWN_DIGITS = 4
FIRST = ("event", "caller", "keypad", "tool", "agent")
"""What comes first of what happened at the same moment."""


@dataclass(frozen=True)
class Stage:
    """A part of the time that the caller waited for an answer."""

    name: str
    seconds: float


STAGES = ("transcript", "end of turn", "model", "tools and rest", "speech")


@dataclass(frozen=True)
class Answer:
    """One wait of the caller's, from the last word to the first sound, and what it was made of."""

    asked_until: float
    seconds: float
    stages: tuple[Stage, ...]
    words: str


@dataclass(frozen=True)
class Moment:
    """One line of the story."""

    at: float
    who: Who
    words: str
    detail: str = ""
    is_bad: bool = False


@dataclass(frozen=True)
class Story:
    record: CallRecord
    lines: tuple[TranscriptLine, ...]
    report: SessionReport | None
    """None: the call's job was killed, it still runs, or a newer program wrote it."""

    @property
    def number(self) -> str:
        return masked_number(self.record.caller_number)

    @property
    def seconds(self) -> float:
        if self.report is not None:
            return self.report.seconds
        return 0.0 if self.record.ended_at is None else self._seconds_at(self.record.ended_at.timestamp())

    @property
    def how_it_ended(self) -> str:
        if self.record.outcome is None:
            return "still running"
        return f"{self.record.outcome} ({self.record.reason})" if self.record.reason else self.record.outcome

    def words_of(self, utterance: Utterance) -> str:
        return next((line.text for line in self.lines if line.id == utterance.line_id), "")

    def presses(self) -> list[tuple[float, str]]:
        return [(self._at(line), line.text) for line in self.lines if line.speaker == "keypad"]

    def utterances(self, side: Side) -> list[Utterance]:
        return [one for one in self.report.utterances if one.side == side] if self.report else []

    def moments(self) -> list[Moment]:
        report = self.report
        told = [self._moment(line) for line in self.lines]
        if report is not None:
            told += [
                Moment(tool.started, "tool", words_for_tool(tool), tool.result, tool.is_error) for tool in report.tools
            ]
            told += [Moment(event.at, "event", event.kind, event.detail) for event in report.events]
        return sorted(told, key=lambda moment: (moment.at, FIRST.index(moment.who)))

    def answers(self) -> list[Answer]:
        """To what was spoken; a written call has none."""
        if self.report is None:
            return []
        found: list[Answer] = []
        asked: Utterance | None = None
        for one in sorted(self.report.utterances, key=_start):
            if one.side == "caller":
                asked = one
            elif asked is not None and asked.ended is not None and one.started is not None:
                if one.started > asked.ended and not self._is_key_between(asked.ended, one.started):
                    found.append(answer(asked, one, self.words_of(asked)))
                asked = None
        return found

    def _is_key_between(self, begins: float, ends: float) -> bool:
        """Then the agent answered the key."""
        return any(begins <= at <= ends for at, _ in self.presses())

    def _moment(self, line: TranscriptLine) -> Moment:
        said = self.report.utterances if self.report else ()
        spoken = next((one for one in said if one.line_id == line.id), None)
        if spoken is None or spoken.started is None:
            return Moment(self._at(line), line.speaker, line.text)
        return Moment(spoken.started, line.speaker, line.text, "interrupted" if spoken.is_interrupted else "")

    def _at(self, line: TranscriptLine) -> float:
        return self._seconds_at(line.at.timestamp())

    def _seconds_at(self, stamp: float) -> float:
        return round(stamp - self.record.started_at.timestamp(), 3)


def _start(one: Utterance) -> float:
    return one.at if one.started is None else one.started


def answer(asked: Utterance, given: Utterance, words: str) -> Answer:
    """The parts as LiveKit measures them; what lies between them is the tools' and the rest.

    A model that ran ahead of the decision overlaps with it: what comes later is cut, so that the parts add up.
    """
    until, began = asked.ended or asked.at, given.started or given.at
    total = began - until
    transcript = min(asked.transcription or 0.0, asked.end_of_turn or 0.0)
    decision, model, speech = (asked.end_of_turn or 0.0) - transcript, given.model or 0.0, given.speech or 0.0
    rest = total - transcript - decision - model - speech
    stages, left = [], total
    for name, seconds in zip(STAGES, (transcript, decision, model, rest, speech), strict=True):
        stages.append(Stage(name, round(min(max(0.0, seconds), left), 3)))
        left -= stages[-1].seconds
    return Answer(until, round(total, 3), tuple(stages), words)


def words_for_tool(tool: ToolUse) -> str:
    return f"{tool.name}({tool.arguments})"


def masked_number(number: str | None) -> str:
    """Its last digits are enough to tell two callers apart."""
    if number is None:
        return "withheld"
    return "•" * max(0, len(number) - SHOWN_DIGITS) + number[-SHOWN_DIGITS:]


def clock(seconds: float) -> str:
    """Minutes and seconds since the call began."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"
