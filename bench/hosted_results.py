"""From the hosted bench's turns to its figures: the gap, this project's own share of it, and where that goes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.calling import Turn, clock_offset
from bench.figures import Figure, Target, figure
from bench.hosted_rounds import Conversation, Talked
from bench.injected import Given, Owed, owed, process_of
from bench.split import SAME_MOMENT_S, Line, Split, split_turn

ROUNDS = ("1_call", "5_calls", "10_calls")
TARGETS = (
    *(Target(f"gap_s_{end}", "median", 0.8) for end in ROUNDS),
    *(Target(f"gap_s_{end}", "p95", 1.4) for end in ROUNDS),
    *(Target(f"own_s_{end}", "median", 0.18) for end in ROUNDS),
    *(Target(f"own_s_{end}", "p95", 0.22) for end in ROUNDS),
    Target("gap_s_page", "median", 0.6),
)


@dataclass(frozen=True)
class Measured:
    turn: Turn
    words: str
    owed: Owed
    split: Split | None

    @property
    def gap(self) -> float:
        return self.turn.seconds or 0.0

    @property
    def own(self) -> float:
        return self.gap - self.owed.total


def figures_of(end: str, talked: Talked, lines: Sequence[Line], given: Sequence[Given]) -> dict[str, Figure]:
    measured = [one for each in talked.conversations for one in measure(each, lines, given, clock_offset())]
    turns = [turn for each in talked.conversations for turn in each.turns]
    found: dict[str, Figure] = {}
    for who, some in _by_who(measured).items():
        found[f"gap{who}_s_{end}"] = figure([one.gap for one in some], "s")
        found[f"own{who}_s_{end}"] = figure([one.own for one in some], "s")
    for part, seconds in own_parts(measured).items():
        found[f"own_{part}_s_{end}"] = figure(seconds, "s")
    asked = [float(one.owed.requests) for one in measured if not one.owed.is_by_code]
    found[f"requests_of_a_model_turn_{end}"] = figure([sum(asked) / len(asked)] if asked else [], "mean")
    found[f"turns_begun_with_kept_speech_{end}"] = figure(
        [float(sum(not one.owed.speech for one in measured))], "turns"
    )
    found[f"turns_unanswered_{end}"] = figure([float(sum(turn.answered is None for turn in turns))], "turns")
    found[f"turns_answered_early_{end}"] = figure([float(sum(turn.is_early for turn in turns))], "turns")
    found[f"turns_not_told_apart_{end}"] = figure(
        [float(sum(turn.seconds is not None for turn in turns) - len(measured))], "turns"
    )
    found[f"lost_calls_{end}"] = figure([float(talked.taken.lost_calls)], "calls")
    found |= _load(end, talked.taken.cpu_percent)
    return found


def rows_of(end: str, talked: Talked, lines: Sequence[Line], given: Sequence[Given]) -> list[dict[str, object]]:
    """Each turn by itself, for whoever looks for where the time goes."""
    measured = [one for each in talked.conversations for one in measure(each, lines, given, clock_offset())]
    return [
        {"round": end, "words": one.words, "gap": one.gap, "own": one.own, **vars(one.owed)}
        | {"finished": one.turn.finished + clock_offset(), "split": vars(one.split) if one.split else None}
        for one in measured
    ]


def measure(conversation: Conversation, lines: Sequence[Line], given: Sequence[Given], offset: float) -> list[Measured]:
    """The turns of one call whose transcript and speech were found among the providers' answers."""
    process = process_of(conversation.turns, given, offset)
    call = call_of(conversation.turns, lines, offset)
    answers = [one for one in given if one.process == process]
    of_call = [line for line in lines if line["call"] == call]
    found = []
    for turn, words in zip(conversation.turns, conversation.lines, strict=True):
        split = split_turn(turn, of_call, offset)
        due = owed(turn, answers, offset, split.to_phone if split else 0.0) if turn.seconds is not None else None
        if due is not None:
            found.append(Measured(turn, words, due, split))
    return found


def call_of(turns: Sequence[Turn], lines: Sequence[Line], offset: float) -> object:
    """The call whose turns ended when these did."""
    votes: Counter[object] = Counter()
    for line in lines:
        ended = line.get("stopped_speaking_at")
        if line["role"] == "user" and isinstance(ended, float):
            votes[line["call"]] += any(abs(ended - turn.finished - offset) < SAME_MOMENT_S / 2 for turn in turns)
    return votes.most_common(1)[0][0] if votes else None


def own_parts(measured: Iterable[Measured]) -> dict[str, list[float]]:
    """Each stage less what was injected into it; they add up to the own cost."""
    parts: defaultdict[str, list[float]] = defaultdict(list)
    for one in measured:
        if one.split is not None:
            parts["recognition"].append(one.split.recognition - one.owed.hearing)
            parts["understanding"].append(one.split.understanding - one.owed.model)
            parts["speech"].append(one.split.speech - one.owed.speech)
            parts["to_agent"].append(one.split.to_agent)
            parts["to_phone"].append(one.split.to_phone)
    return parts


def _by_who(measured: Sequence[Measured]) -> Mapping[str, list[Measured]]:
    return {
        "": list(measured),
        "_by_code": [one for one in measured if one.owed.is_by_code],
        "_by_model": [one for one in measured if not one.owed.is_by_code],
    }


def _load(end: str, percents: Sequence[Mapping[str, float]]) -> dict[str, Figure]:
    roles = {role for percent in percents for role in percent}
    found = {
        f"cpu_{role.replace('-', '_')}_percent_of_core_{end}": figure([percent[role] for percent in percents], "%")
        for role in sorted(roles)
    }
    totals = [sum(percent.values()) for percent in percents]
    return found | {f"cpu_per_call_percent_of_core_{end}": figure(totals, "%")}
