"""A mistake in a menu file, and where in the file it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+|\n')
WHOLE_FILE = "the file"


@dataclass(frozen=True)
class Slip:
    path: str
    """restaurants[0].sections[1].title"""
    words: str
    line: int = 0
    """Counted from 1; 0: not looked up yet."""

    def __str__(self) -> str:
        return f"line {self.line}, {self.path}: {self.words}"


def path_of(location: Sequence[str | int]) -> str:
    """("sections", 0, "title") as a person would look it up: sections[0].title."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".") or WHOLE_FILE


def located(slips: Sequence[Slip], text: str) -> tuple[Slip, ...]:
    """In the order of the file, with the fields that are written twice; `text`: JSON without a mistake.

    What is missing is shown where it should stand.
    """
    lines, twice = lines_of(text)
    found = (replace(slip, line=_line_of(slip.path, lines)) for slip in slips)
    return tuple(sorted((*found, *twice), key=lambda slip: slip.line))


def lines_of(text: str) -> tuple[dict[str, int], list[Slip]]:
    """Path → line of its key, or of the value where it stands in a list; and the keys that are written twice."""
    lines = {WHOLE_FILE: 1}
    twice: list[Slip] = []
    steps: list[str | int] = []
    is_key: list[bool] = []
    line = 1
    for token in TOKEN.findall(text):
        if token == "\n":
            line += 1
        elif token in "]}":
            steps.pop()
            is_key.pop()
        elif token in ",:":
            _step_on(token, steps, is_key)
        elif is_key and is_key[-1]:
            steps[-1] = json.loads(token)
            path = path_of(steps)
            if path in lines:
                twice.append(Slip(path, f"is written twice; first in line {lines[path]}", line))
            lines[path] = line
        else:
            lines.setdefault(path_of(steps), line)
            if token in "[{":
                steps.append("" if token == "{" else 0)
                is_key.append(token == "{")
    return lines, twice


def _step_on(token: str, steps: list[str | int], is_key: list[bool]) -> None:
    last = steps[-1]
    if isinstance(last, int):
        steps[-1] = last + 1
    else:
        is_key[-1] = token == ","


def _line_of(path: str, lines: Mapping[str, int]) -> int:
    while path not in lines and path:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, 1)
