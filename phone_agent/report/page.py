"""One page that shows a call: no script, nothing loaded from elsewhere, everything that was said escaped."""

from __future__ import annotations

from functools import cache
from statistics import median

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from phone_agent.report import wording
from phone_agent.report.story import STAGES, Answer, Story, clock
from phone_agent.report.timeline import HEIGHT, LANES, WIDTH, rows_of

WHO = {"caller": "Caller", "agent": "Agent", "keypad": "Keypad", "tool": "Tool", "event": "Event"}


def page_of(story: Story) -> str:
    answers = story.answers()
    return _template().render(
        story=story,
        report=story.report,
        facts=_facts(story),
        rows=rows_of(story),
        lanes=LANES,
        size={"width": WIDTH, "height": HEIGHT},
        answers=answers,
        slowest=max((answer.seconds for answer in answers), default=0.0),
        summary=words_for_answers(answers),
        stages=STAGES,
        who=WHO,
    )


def words_for_answers(answers: list[Answer]) -> str:
    if not answers:
        return ""
    times = [answer.seconds for answer in answers]
    return f"{len(times)} answers; half of them within {median(times):.2f} s, the slowest after {max(times):.2f} s."


def _facts(story: Story) -> list[tuple[str, str]]:
    report = story.report
    known = [
        ("Caller", story.number if story.record.channel == "phone" else story.record.channel),
        ("Ended", story.how_it_ended),
        ("Order", wording.words_for_orders(report) or "none"),
        ("Length", f"{clock(story.seconds)} min" if story.seconds else ""),
        ("Caller's turns", str(report.turns) if report else ""),
        ("Cost", wording.words_for_cost(report.cost) if report else ""),
        ("Id", story.record.id),
    ]
    return [(name, value) for name, value in known if value]


@cache
def _template() -> Template:
    pages = Environment(
        loader=PackageLoader("phone_agent", "report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    pages.filters.update(
        clock=clock,
        css=lambda name: name.replace(" ", "-"),
        dollars=wording.words_for_dollars,
        cost_line=wording.words_for_cost_line,
        usage=wording.words_for_usage,
    )
    return pages.get_template("page.html.j2")
