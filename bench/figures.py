"""What the bench reports: each figure's median and 95th percentile, and what it is meant to reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

DIGITS = 4


@dataclass(frozen=True)
class Figure:
    """Without a sample there is no median: n is 0 and both are None."""

    median: float | None
    p95: float | None
    n: int
    unit: str

    def as_json(self) -> dict[str, object]:
        return {"median": self.median, "p95": self.p95, "n": self.n, "unit": self.unit}


@dataclass(frozen=True)
class Target:
    figure: str
    statistic: Literal["median", "p95"]
    at_most: float

    def is_met(self, figures: Mapping[str, Figure]) -> bool:
        measured = figures.get(self.figure)
        value = getattr(measured, self.statistic) if measured else None
        return value is not None and value <= self.at_most


TARGETS = (
    Target("answer_to_first_word_s", "median", 1.0),
    Target("turn_s_1_call", "median", 0.6),
    Target("turn_s_1_call", "p95", 0.9),
    Target("turn_s_5_calls", "median", 0.8),
    Target("digit_to_commit_ms", "median", 150.0),
    Target("hangup_to_job_end_s", "median", 3.0),
)


def figure(samples: Sequence[float], unit: str) -> Figure:
    if not samples:
        return Figure(None, None, 0, unit)
    median, p95 = (round(float(value), DIGITS) for value in np.percentile(samples, (50, 95)))
    return Figure(median, p95, len(samples), unit)


def calls(number: int) -> str:
    """The end of a figure's name: 1_call, 5_calls."""
    return f"{number}_call" if number == 1 else f"{number}_calls"
