"""The figures on the screen, in a file for programs, and drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from rich.console import Console
from rich.table import Table

from bench.figures import TARGETS, Figure, Target, calls
from bench.results import PARTS
from bench.rounds import Measured

WIDTH, HEIGHT, DPI = 11, 4.5, 120
OWN_WAYS = ("to_agent", "to_phone")
"""Of a turn with keys, in the place of media."""


def print_figures(screen: Console, figures: Mapping[str, Figure], targets: Sequence[Target] = TARGETS) -> None:
    table = Table("Figure", "Unit", title="Measured at the phone, from the store and from the operating system")
    for heading in ("Median", "p95", "n", "Meant to reach"):
        table.add_column(heading, justify="right")
    for name, one in figures.items():
        table.add_row(name, one.unit, _shown(one.median), _shown(one.p95), str(one.n), _aims(name, figures, targets))
    screen.print(table)
    for target in targets:
        if target.figure in figures and not target.is_met(figures):
            screen.print(
                f"[yellow]missed[/yellow] {target.figure} {target.statistic}: {_where(target.figure, figures)}"
            )


def write_json(path: Path, figures: Mapping[str, Figure]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({name: one.as_json() for name, one in figures.items()}, indent=2) + "\n")


def read_json(path: Path) -> dict[str, Figure]:
    """Of an earlier run, which a run of other rounds leaves as they are."""
    return {name: Figure(**one) for name, one in json.loads(path.read_text()).items()} if path.exists() else {}


def draw(path: Path, measured: Measured, figures: Mapping[str, Figure]) -> None:
    drawing = Drawing(figsize=(WIDTH, HEIGHT), layout="constrained")
    left, right = drawing.subplots(1, 2)
    _draw_turns(left, measured)
    _draw_split(right, list(measured.at), figures)
    path.parent.mkdir(parents=True, exist_ok=True)
    drawing.savefig(path, dpi=DPI)


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def _aims(name: str, figures: Mapping[str, Figure], targets: Sequence[Target]) -> str:
    aims = [target for target in targets if target.figure == name]
    marks = ("[green]met[/green]" if aim.is_met(figures) else "[red]missed[/red]" for aim in aims)
    return ", ".join(f"{aim.statistic} ≤ {aim.at_most:g} {mark}" for aim, mark in zip(aims, marks, strict=True))


def _where(name: str, figures: Mapping[str, Figure]) -> str:
    """Where the time goes, largest part first; of a gap with keys, without what it owes to the providers."""
    what, _, end = name.partition("_s_")
    whose = "turn" if what == "turn" else "own"
    parts = {part: found.median for part in (*PARTS, *OWN_WAYS) if (found := figures.get(f"{whose}_{part}_s_{end}"))}
    known = sorted(((s, part) for part, s in parts.items() if s is not None), reverse=True)
    return ", ".join(f"{part} {seconds:.2f} s" for seconds, part in known) or "its parts are not measured"


def _draw_turns(axes: Axes, measured: Measured) -> None:
    for number, taken in measured.at.items():
        seconds = sorted(turn.seconds for turn in taken.turns if turn.seconds is not None)
        shares = [100 * (n + 1) / len(seconds) for n in range(len(seconds))]
        axes.step(seconds, shares, where="post", label=f"{calls(number).replace('_', ' ')} at once, n = {len(seconds)}")
    for target in TARGETS:
        if target.figure.startswith("turn_s_"):
            axes.plot(target.at_most, 50 if target.statistic == "median" else 95, "kx")
    axes.set(
        title="From the caller's last sound to the agent's first",
        xlabel="seconds, at the phone (x: meant to reach)",
        ylabel="% of turns answered",
        xlim=(0, None),
        ylim=(0, 101),
    )
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")


def _draw_split(axes: Axes, numbers: Sequence[int], figures: Mapping[str, Figure]) -> None:
    labels = [calls(number).replace("_", " ") for number in numbers]
    left = [0.0] * len(numbers)
    for part in PARTS:
        medians = [figures[f"turn_{part}_s_{calls(number)}"].median or 0.0 for number in numbers]
        axes.barh(labels, medians, left=left, label=part, height=0.5)
        left = [so_far + median for so_far, median in zip(left, medians, strict=True)]
    axes.set(title="Where a turn's time goes (medians)", xlabel="seconds")
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), ncols=len(PARTS))
