"""Where everything stands on a call's timeline: to scale, half a minute to a row, so that long calls stay readable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from phone_agent.report.model import Side, Utterance
from phone_agent.report.story import Answer, Story, clock

ROW_SECONDS = 30.0
TICK_SECONDS = 5.0
PIXELS_PER_SECOND = 32.0
LEFT = 64.0
"""Where the names of the lanes stand."""
WIDTH = LEFT + ROW_SECONDS * PIXELS_PER_SECOND + 16.0
PIXELS_PER_LETTER = 6.4
"""At most, of the letters in bars and beside marks."""
THINNEST = 3.0
GOES_ON = "… goes on"
ONE_PRESS_SECONDS = 0.6
"""Keys pressed so close after one another have one label."""
LANES = (
    ("caller", 18.0, 26.0),
    ("agent", 48.0, 26.0),
    ("tools", 82.0, 40.0),
    ("keypad", 126.0, 18.0),
    ("events", 150.0, 18.0),
)
TOP = {name: top for name, top, _ in LANES}
HEIGHT = 174.0
LINES = {"tools": 2, "keypad": 1, "events": 1}
LINE_HEIGHT = 21.0
GAP = 6.0
"""Between a mark and its label."""


@dataclass(frozen=True)
class Bar:
    """Somebody speaks, or a part of a wait."""

    css: str
    x: float
    y: float
    width: float
    height: float
    label: str
    """As much of the words as fits in."""
    told: str
    """All of it, for who points at it."""


@dataclass(frozen=True)
class Mark:
    """A tool, key or event."""

    css: str
    x: float
    width: float
    y: float
    label: str
    """Empty where it would stand on another."""
    told: str
    label_x: float = 0.0
    anchor: Literal["start", "end"] = "start"


@dataclass(frozen=True)
class Row:
    begins: float
    ends: float
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]

    @property
    def name(self) -> str:
        return f"{clock(self.begins)} to {clock(self.ends)}"


def rows_of(story: Story) -> list[Row]:
    count = max(1, ceil(story.seconds / ROW_SECONDS))
    answers = story.answers()
    return [_row(story, answers, number * ROW_SECONDS) for number in range(count)]


def letters(label: str) -> float:
    return len(label) * PIXELS_PER_LETTER


def _row(story: Story, answers: Sequence[Answer], begins: float) -> Row:
    ends = begins + ROW_SECONDS
    bars = [
        *_spoken(story, "caller", begins),
        *_spoken(story, "agent", begins),
        *_waits(answers, begins),
    ]
    marks = [*_tools(story, begins), *_keys(story, begins), *_events(story, begins)]
    times = [begins + n * TICK_SECONDS for n in range(int(ROW_SECONDS / TICK_SECONDS))]
    ticks = tuple((_x(at, begins), clock(at)) for at in times)
    return Row(begins, ends, tuple(bars), tuple(marks), ticks)


def _x(seconds: float, begins: float) -> float:
    return round(LEFT + (min(max(seconds, begins), begins + ROW_SECONDS) - begins) * PIXELS_PER_SECOND, 1)


def _is_in(start: float, end: float, begins: float) -> bool:
    return start < begins + ROW_SECONDS and (end > begins or start >= begins)


def _spoken(story: Story, side: Side, begins: float) -> Iterable[Bar]:
    for one in story.utterances(side):
        start, end = _span(one)
        if not _is_in(start, end, begins):
            continue
        x, width = _x(start, begins), max(THINNEST, _x(end, begins) - _x(start, begins))
        words = story.words_of(one)
        fits = int((width - 10) / PIXELS_PER_LETTER)
        label = shortened(words, fits) if start >= begins else GOES_ON if len(GOES_ON) <= fits else ""
        cut = ", interrupted" if one.is_interrupted else ""
        css = f"{side} cut" if one.is_interrupted else side
        told = f"{clock(start)} {side}{cut}: {words}"
        yield Bar(css, x, TOP[side], round(width, 1), 26.0, label, told)


def _span(one: Utterance) -> tuple[float, float]:
    start = one.at if one.started is None else one.started
    return start, max(start, one.at if one.ended is None else one.ended)


def _waits(answers: Iterable[Answer], begins: float) -> Iterable[Bar]:
    for answer in answers:
        at = answer.asked_until
        for stage in answer.stages:
            if stage.seconds and _is_in(at, at + stage.seconds, begins):
                x = _x(at, begins)
                width = round(_x(at + stage.seconds, begins) - x, 1)
                css = "wait " + stage.name.replace(" ", "-")
                yield Bar(css, x, TOP["agent"] + 6, width, 14.0, "", f"{stage.name}: {stage.seconds:.2f} s")
            at += stage.seconds


def _tools(story: Story, begins: float) -> list[Mark]:
    used = story.report.tools if story.report else ()
    spans = [(t.started, t.ended, t.name, f"{t.name}, {t.ended - t.started:.2f} s") for t in used]
    return _marked("tools", spans, begins)


def _keys(story: Story, begins: float) -> list[Mark]:
    runs: list[tuple[float, float, str]] = []
    for at, digit in story.presses():
        if runs and at - runs[-1][1] < ONE_PRESS_SECONDS:
            runs[-1] = (runs[-1][0], at, f"{runs[-1][2]} {digit}")
        else:
            runs.append((at, at, digit))
    return _marked("keypad", [(start, end, keys, f"key {keys}") for start, end, keys in runs], begins)


def _events(story: Story, begins: float) -> list[Mark]:
    happened = story.report.events if story.report else ()
    told = [(one.at, one.at, one.kind, f"{one.kind} {one.detail}".strip()) for one in happened]
    return _marked("events", told, begins)


def _marked(lane: str, spans: Iterable[tuple[float, float, str, str]], begins: float) -> list[Mark]:
    """In as many lines as the lane has; a mark takes the first where it stands on no label, else on no mark."""
    lines: list[list[Mark]] = [[] for _ in range(LINES[lane])]
    for start, end, label, told in sorted(spans):
        if not _is_in(start, end, begins):
            continue
        x = _x(start, begins)
        width = round(min(max(THINNEST, _x(end, begins) - x), WIDTH - x), 1)
        free = [n for n, line in enumerate(lines) if not line or _right_of(line[-1]) + letters(line[-1].label) <= x]
        number = free[0] if free else min(range(len(lines)), key=lambda n: _right_of(lines[n][-1]))
        y = TOP[lane] + number * LINE_HEIGHT
        lines[number].append(Mark(lane, x, width, y, label if start >= begins else "", f"{clock(start)} {told}"))
    return [mark for line in lines for mark in _labelled(line)]


def _right_of(mark: Mark) -> float:
    return mark.x + mark.width + 2 * GAP


def _labelled(line: Sequence[Mark]) -> Iterator[Mark]:
    taken = LEFT
    for number, mark in enumerate(line):
        limit = line[number + 1].x if number + 1 < len(line) else WIDTH
        placed = _with_label(mark, taken, limit)
        is_behind = placed.label and placed.label_x > mark.x + mark.width
        taken = max(taken, mark.x + mark.width, placed.label_x + letters(mark.label) if is_behind else 0.0)
        yield placed


def _with_label(mark: Mark, taken: float, limit: float) -> Mark:
    """In its mark, behind it, in front of it, or nowhere: a label stands on nothing else."""
    needed, behind = letters(mark.label), mark.x + mark.width + GAP
    if needed + 2 * GAP <= mark.width and mark.x >= taken and mark.x + needed + 2 * GAP <= limit:
        return replace(mark, label_x=mark.x + GAP)
    if behind >= taken and behind + needed <= limit - GAP:
        return replace(mark, label_x=behind)
    if mark.x - GAP - needed >= taken + GAP:
        return replace(mark, label_x=mark.x - GAP, anchor="end")
    return replace(mark, label="")


def shortened(words: str, fits: int) -> str:
    if len(words) <= fits:
        return words
    return words[: fits - 1].rstrip() + "…" if fits > 2 else ""
