"""The results' file, one line for each cell, and the table that is printed of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.faults.cells import FAULTS, Cell, Gone, Moment
from bench.faults.judge import Row


def read(path: Path) -> Sequence[Row]:
    """Of cells that were taken several times the last one."""
    if not path.exists():
        return []
    rows = (Row(**json.loads(line)) for line in path.read_text().splitlines())
    return list({row.name: row for row in rows}.values())


def missing(path: Path, cells: Sequence[Cell]) -> list[Cell]:
    have = {row.name for row in read(path)}
    return [cell for cell in cells if (cell.gone, cell.fault, cell.moment) not in have]


def append(path: Path, row: Row) -> None:
    """In one write: several lanes share the file."""
    with path.open("a") as file:
        file.write(f"{row.as_json()}\n")


def table(rows: Iterable[Row]) -> str:
    """The longest silence of each cell in seconds; what is wrong with it stands behind."""
    found = {row.name: row for row in rows}
    lines = [f"| what fails | how | {' | '.join(Moment)} |", f"|---|---|{'---|' * len(Moment)}"]
    for gone in Gone:
        for fault in FAULTS:
            cells = [_shown(found.get((gone, fault, moment))) for moment in Moment]
            if any(cells):
                lines.append(f"| {gone} | {fault} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _shown(row: Row | None) -> str:
    if row is None:
        return ""
    wrong = [fault for fault in row.faults() if fault != "silent"]
    seconds = f"{row.longest_silence_s:.1f}"
    return " ".join(
        [f"**{seconds}**" if "silent" in row.faults() else seconds, *([] if row.orders else ["(no order)"]), *wrong]
    )
