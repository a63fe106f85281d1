"""Where a turn's time goes: LiveKit's own times of each stage, set against what the phone measured."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.calling import Turn

SAME_MOMENT_S = 1.0
"""The agent's idea of when the caller stopped and the phone's differ by no more than this."""

Line = Mapping[str, object]


@dataclass(frozen=True)
class Split:
    """Seconds; the parts add up to the turn as the phone measured it."""

    transcript: float
    """From the caller's last sound, as the agent heard it, to its transcript; a part of recognition."""
    recognition: float
    """From that sound to the decision that the caller's turn is over."""
    understanding: float
    """From the decision to the first words: model, tools, store."""
    speech: float
    """From the words to their first sound."""
    media: float
    """The rest: the two below together."""
    to_agent: float
    """From the last sound at the phone until the agent, too, took it for the last."""
    to_phone: float
    """From the first piece that the agent sent to the first sound at the phone, silence in front of it included."""


def read_log(path: Path) -> list[Line]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def split_turn(turn: Turn, lines: Sequence[Line], offset: float) -> Split | None:
    """`lines` are those of this turn's call; None where the agent took down no such turn."""
    if turn.seconds is None or turn.answered is None:
        return None
    finished, answered = turn.finished + offset, turn.answered + offset
    asked = _nearest(lines, "user", "stopped_speaking_at", finished)
    if asked is None:
        return None
    stopped, decided = _number(asked, "stopped_speaking_at"), _number(asked, "end_of_turn_delay")
    replies = [line for line in lines if line["role"] == "assistant" and "started_speaking_at" in line]
    spoken = [line for line in replies if stopped < _number(line, "started_speaking_at") <= answered]
    if not spoken:
        return None
    reply = min(spoken, key=lambda line: _number(line, "started_speaking_at"))
    began, speech = _number(reply, "started_speaking_at"), _number(reply, "tts_node_ttfb")
    return Split(
        transcript=_number(asked, "transcription_delay"),
        recognition=decided,
        understanding=began - stopped - decided - speech,
        speech=speech,
        media=turn.seconds - (began - stopped),
        to_agent=stopped - finished,
        to_phone=answered - began,
    )


def _nearest(lines: Sequence[Line], role: str, name: str, moment: float) -> Line | None:
    known = [line for line in lines if line["role"] == role and name in line]
    close = [line for line in known if abs(_number(line, name) - moment) < SAME_MOMENT_S]
    return min(close, key=lambda line: abs(_number(line, name) - moment), default=None)


def _number(line: Line, name: str) -> float:
    value = line.get(name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0
