"""Where everything stands on a call's timeline: to scale, half a minute to a row, so that long calls stay readable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from phone_agent.report.model import Side, Utterance
from phone_agent.report.story import Answer, Story, clock

ROW_SECONDS = 30.0
TICK_SECONDS = 5.0
PIXELS_PER_SECOND = 32.0
LEFT = 64.0
"""Where the names of the lanes stand."""
WIDTH = LEFT + ROW_SECONDS * PIXELS_PER_SECOND + 16.0
PIXELS_PER_LETTER = 6.7
"""At most, of the letters in bars and beside marks."""
THINNEST = 3.0
ONE_PRESS_SECONDS = 0.6
"""Keys pressed so close after one another have one label."""
LANES = (
    ("caller", 18.0, 26.0),
    ("agent", 52.0, 26.0),
    ("tools", 94.0, 40.0),
    ("keypad", 146.0, 18.0),
    ("events", 176.0, 18.0),
)
"""Name, top, height."""
TOP = {name: top for name, top, _ in LANES}
HEIGHT = 204.0
LABEL_ROWS = {"tools": 2, "keypad": 1, "events": 1}
LABEL_HEIGHT = 16.0


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
        fits = int((width - 10) / PIXELS_PER_LETTER) if start >= begins else 0
        cut = ", interrupted" if one.is_interrupted else ""
        css = f"{side} cut" if one.is_interrupted else side
        told = f"{clock(start)} {side}{cut}: {words}"
        yield Bar(css, x, TOP[side], round(width, 1), 26.0, shortened(words, fits), told)


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
    """A label stands in the first line of its lane that is free there, or not at all."""
    free = [0.0] * LABEL_ROWS[lane]
    marks = []
    for start, end, label, told in sorted(spans):
        if not _is_in(start, end, begins):
            continue
        x, width = _x(start, begins), max(THINNEST, _x(end, begins) - _x(start, begins))
        width = min(width, WIDTH - x)
        line = next((n for n, until in enumerate(free) if until <= x), None)
        needed = x + 6 + letters(label)
        is_told = line is not None and start >= begins and needed <= WIDTH
        if line is not None:
            free[line] = (needed if is_told else x) + 10
        y = TOP[lane] + (line or 0) * (LABEL_HEIGHT + 6)
        marks.append(Mark(lane, x, round(width, 1), y, label if is_told else "", f"{clock(start)} {told}"))
    return marks


def shortened(words: str, fits: int) -> str:
    if len(words) <= fits:
        return words
    return words[: fits - 1].rstrip() + "…" if fits >= 4 else ""
