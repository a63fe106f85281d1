"""From what was taken down to the figures, under the names that the results file has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.calling import Taken, clock_offset
from bench.figures import Figure, calls, figure
from bench.kitchen import Kitchen
from bench.machine import ROLES
from bench.rounds import Measured
from bench.split import Line, Split, read_log, split_turn

PARTS = ("recognition", "understanding", "speech", "media")
DETAILS = ("transcript", "to_agent", "to_phone")


def figures_of(measured: Measured, kitchen: Kitchen, turn_log: Path) -> dict[str, Figure]:
    errands, lines = measured.errands, read_log(turn_log)
    alone = measured.at.get(1)
    first_words = errands.first_words_s + (alone.first_words_s if alone else [])
    found = {
        "answer_to_first_word_s": figure(first_words, "s"),
        "digit_to_commit_ms": figure(errands.digit_to_commit_ms, "ms"),
        "digit_to_agent_ms": figure(errands.digit_to_agent_ms, "ms"),
        "hangup_to_job_end_s": figure(errands.job_ends_s, "s"),
        "media_round_trip_s": figure(measured.trips_s, "s"),
        "agent_words_heard_with_grammar_percent": figure(measured.heard_percent, "%"),
        "lost_calls_errands": figure([float(errands.lost_calls)], "calls"),
    }
    for number, taken in measured.at.items():
        found |= _at(number, taken, figure(measured.trips_s, "s").median, kitchen, lines)
    return found


def _at(number: int, taken: Taken, trip: float | None, kitchen: Kitchen, lines: Sequence[Line]) -> dict[str, Figure]:
    end = calls(number)
    counted = [turn.seconds for turn in taken.turns if turn.seconds is not None]
    found = {
        f"turn_s_{end}": figure(counted, "s"),
        f"turn_less_media_round_trip_s_{end}": figure([s - trip for s in counted] if trip else [], "s"),
        f"turns_unanswered_{end}": figure([float(sum(turn.answered is None for turn in taken.turns))], "turns"),
        f"turns_answered_early_{end}": figure([float(sum(turn.is_early for turn in taken.turns))], "turns"),
        f"answer_to_first_word_s_{end}": figure(taken.first_words_s, "s"),
        f"lost_calls_{end}": figure([float(taken.lost_calls)], "calls"),
        _cost("private_memory_per_call_mb", number): figure(taken.private_mb, "MB"),
        f"network_per_call_kbit_s_{end}": figure(taken.rates_kbit_s, "kbit/s"),
    }
    for part, seconds in _parts(taken, kitchen, lines).items():
        found[f"turn_{part}_s_{end}"] = figure(seconds, "s")
    totals = [sum(percent.values()) for percent in taken.cpu_percent]
    found[_cost("cpu_per_call_percent_of_core", number)] = figure(totals, "% of a core")
    for role in ROLES:
        shares = [percent[role] for percent in taken.cpu_percent]
        found[f"cpu_{role.replace('-', '_')}_percent_of_core_{end}"] = figure(shares, "% of a core")
    return found


def _cost(name: str, number: int) -> str:
    """A cost without a number of calls in its name is that of one call alone."""
    return name if number == 1 else f"{name}_{calls(number)}"


def _parts(taken: Taken, kitchen: Kitchen, lines: Sequence[Line]) -> dict[str, list[float]]:
    offset = clock_offset()
    splits: list[Split] = []
    for turn in taken.turns:
        call_id = kitchen.call_of(turn.number)
        split = split_turn(turn, [line for line in lines if line["call"] == call_id], offset)
        splits += [split] if split else []
    return {part: [getattr(split, part) for split in splits] for part in (*PARTS, *DETAILS)}
