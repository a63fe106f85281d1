"""The page of a call: everything escaped, nothing from elsewhere, and no text on another."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from phone_agent.report.model import Event, SessionReport, ToolUse
from phone_agent.report.page import page_of
from phone_agent.report.story import Story
from phone_agent.report.timeline import HEIGHT, LEFT, WIDTH, Mark, Row, letters, rows_of
from tests.report.stories import a_story

NASTY = "<script>alert(1)</script> \"quoted\" 'single' & <b>bold</b>"
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def report_in(story: Story) -> SessionReport:
    assert story.report is not None
    return story.report


def a_busy_call() -> Story:
    """Of twelve minutes, with tools and events at the same moments and across the rows' ends."""
    dice = random.Random(7)
    turn = ("two pad thai extra hot with peanuts please", "Added 2 Pad Thai with peanuts, extra hot. Anything else?")
    story = a_story([turn] * 78, every=9.3, wait=2.1)
    starts = [dice.uniform(0, 720) for _ in range(220)]
    tools = tuple(ToolUse("get_restaurant_menu", at, at + dice.uniform(0, 40), "{}", "") for at in starts[:160])
    events = tuple(Event(at, "false interruption") for at in starts[160:])
    return replace(story, report=replace(report_in(story), tools=tools, events=events))


def test_the_page_is_well_formed_and_says_what_the_call_came_to() -> None:
    reader = Reader(page_of(a_story()))
    text = " ".join(reader.text)

    assert reader.open == []
    for said in ("••••••••0142", "ordered (hang-up)", "#001 Harbor House, $9.57", "$0.0477", "Added 1 Caesar Salad."):
        assert said in text
    assert "+14075550142" not in page_of(a_story())


def test_what_was_said_never_becomes_a_part_of_the_page() -> None:
    story = a_story([(NASTY, NASTY)])
    report = report_in(story)
    nasty = replace(
        report,
        tools=(ToolUse(NASTY, 1.0, 9.0, NASTY, NASTY),),
        events=(Event(1.0, NASTY, NASTY),),
        cost=replace(report.cost, unknown=(NASTY,)),
    )
    reader = Reader(page_of(replace(story, report=nasty)))

    assert not {"script", "b"} & {tag for tag, _ in reader.tags}
    assert " ".join(reader.text).count("<script>alert(1)</script>") >= 6


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    page = page_of(a_busy_call())
    reader = Reader(page)
    addresses = [
        value for _, attributes in reader.tags for name, value in attributes.items() if name in ("src", "href")
    ]

    assert addresses == ["#talk"]
    assert not re.search(r"@import|url\(|https?:|<script|\son\w+=", page)


def test_the_page_is_for_screen_readers_phones_and_dark_rooms_too() -> None:
    page = page_of(a_busy_call())
    reader = Reader(page)
    tags = [tag for tag, _ in reader.tags]
    pictures = [attributes for tag, attributes in reader.tags if tag == "svg"]
    labelled = [attributes["aria-labelledby"] for tag, attributes in reader.tags if tag == "section"]
    headings = [attributes.get("id") for tag, attributes in reader.tags if tag == "h2"]

    assert [tags.count(tag) for tag in ("h1", "header", "main", "footer")] == [1, 1, 1, 1]
    assert dict(reader.tags)["html"]["lang"] == "en"
    assert labelled == headings
    assert pictures
    assert all(attributes["role"] == "img" and attributes["aria-label"] for attributes in pictures)
    assert "width=device-width" in page
    assert "prefers-color-scheme: dark" in page


def luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "ground"), ("ink", "card"), ("soft", "ground"), ("soft", "card"), ("caller-ink", "caller"),
        ("agent-ink", "agent"), ("ink", "tools"), ("tools-edge", "ground"), ("keypad-edge", "ground"),
        ("bad", "ground"),
    ],
)  # fmt: skip
def test_every_text_can_be_read_on_its_ground(theme: int, ink: str, ground: str) -> None:
    themes = re.findall(r":root \{(.*?)\}", page_of(a_story()), re.S)
    colours = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6})", themes[theme]))
    bright, dim = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)

    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def extent(mark: Mark) -> tuple[float, float]:
    width = letters(mark.label)
    return (mark.label_x - width, mark.label_x) if mark.anchor == "end" else (mark.label_x, mark.label_x + width)


def in_lines(row: Row) -> list[Sequence[Mark]]:
    return [[mark for mark in row.marks if mark.y == y] for y in sorted({mark.y for mark in row.marks})]


def test_no_text_of_the_timeline_stands_on_another_or_on_a_mark() -> None:
    told = 0
    for row in rows_of(a_busy_call()):
        for line in in_lines(row):
            labels = sorted(extent(mark) for mark in line if mark.label)
            told += len(labels)

            assert all(one[1] <= other[0] for one, other in pairwise(labels))
            assert all(start >= LEFT and end <= WIDTH for start, end in labels)
            for mark in line:
                begin, end = mark.x, mark.x + mark.width
                others = [extent(other) for other in line if other.label and other is not mark]
                assert all(start >= end or stop <= begin for start, stop in others)
    assert told > 50


def test_words_fit_into_their_bars_and_bars_into_their_row() -> None:
    for row in rows_of(a_busy_call()):
        assert all(bar.x >= LEFT and bar.x + bar.width <= WIDTH and bar.y + bar.height <= HEIGHT for bar in row.bars)
        assert all(letters(bar.label) <= bar.width for bar in row.bars)


def test_every_half_minute_of_a_long_call_has_its_row() -> None:
    story = a_busy_call()
    rows = rows_of(story)

    assert rows[0].name == "0:00 to 0:30"
    assert rows[-1].begins <= story.seconds <= rows[-1].ends
    assert len(rows) == 25


def test_a_bar_is_as_wide_as_the_speech_was_long_also_across_two_rows() -> None:
    story = a_story([("hello", "hello")] * 4, every=8.0)
    bars = [bar for row in rows_of(story) for bar in row.bars if bar.css.startswith("agent")]
    seconds = sum(bar.width for bar in bars) / 32

    assert len(bars) == 5
    assert seconds == pytest.approx(4 * 4.0, abs=0.05)


def test_keys_that_are_pressed_at_once_have_one_label() -> None:
    story = a_story()
    first = story.lines[-1]
    pressed = replace(story, lines=(*story.lines, replace(first, text="2"), replace(first, text="3")))
    (mark,) = [mark for row in rows_of(pressed) for mark in row.marks if mark.css == "keypad"]

    assert mark.label == "1 2 3"


def test_a_call_without_a_report_has_a_page_of_its_words() -> None:
    text = " ".join(Reader(page_of(replace(a_story(), report=None))).text)

    assert "This call has no report" in text
    assert "a caesar salad" in text


def test_of_a_purged_call_the_times_and_the_cost_are_left() -> None:
    story = a_story()
    purged = replace(story, lines=(), report=replace(report_in(story), tools=()))
    text = " ".join(Reader(page_of(purged)).text)

    assert "Nothing is kept of what was said." in text
    assert "2 answers" in text
    assert "$0.0477" in text
    assert "caesar" not in text.lower()


def test_the_bar_of_an_answer_is_filled_by_its_stages_in_proportion() -> None:
    page = page_of(a_story(wait=0.8))
    bars = re.findall(r'<div class="stack"[^>]*style="width:([\d.]+)%">(.*?)</div>\s*<p', page, re.S)
    shares = [[int(share) for share in re.findall(r"flex-grow:(\d+)", inside)] for _, inside in bars]

    # Less than 1 in all would leave a part of the bar empty.
    assert [width for width, _ in bars] == ["100.0", "100.0"]
    assert shares == [[250, 100, 200, 150, 100]] * 2
