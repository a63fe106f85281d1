"""`phone-agent calls`: how calls went, and the story of one of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from phone_agent.report import wording
from phone_agent.report.find import CallNotFound, newest_stories, story_of
from phone_agent.report.page import page_of, words_for_answers
from phone_agent.report.raw import as_json
from phone_agent.report.story import STAGES, Moment, Story, clock
from phone_agent.store.open import run_with_store

SHOWN_ID = 8
COLOURS = {"caller": "cyan", "agent": "green", "keypad": "yellow", "tool": "magenta", "event": "dim"}
Limit = Annotated[int, typer.Option(help="How many.")]
CallId = Annotated[str, typer.Argument(help="The call's id, or as much of its beginning as no other call has.")]
AsJson = Annotated[bool, typer.Option("--json", help="The report as it is kept, for programs.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write one page with the call's timeline into this file.")]

app = typer.Typer(help="Calls: list them, show one.", no_args_is_help=True)


class PageError(ValueError):
    """The page cannot be written, as a sentence."""


@app.command("list")
def list_(limit: Limit = 20) -> None:
    """The newest calls: when, how they ended, their order, turns and cost."""
    table = Table("Id", "Began (UTC)", "Caller", "Length", "Ended", "Order", "Turns", "Cost")
    for story in run_with_store(lambda store: newest_stories(store, limit)):
        report, record = story.report, story.record
        table.add_row(
            record.id[:SHOWN_ID],
            f"{record.started_at:%Y-%m-%d %H:%M}",
            story.number if record.channel == "phone" else record.channel,
            clock(story.seconds),
            escape(story.how_it_ended),
            escape(wording.words_for_orders(report)),
            str(report.turns) if report else "",
            escape(wording.words_for_cost(report.cost)) if report else "",
        )
    Console().print(table)


@app.command()
def show(call: CallId, json_: AsJson = False, html: Html = None) -> None:
    """One call: what was said and done, how long each answer took, what it cost."""
    story = run_with_store(lambda store: story_of(store, call))
    if html is not None:
        _write(html, page_of(story))
        Console().print(f"The page: {escape(str(html))}", soft_wrap=True)
    elif json_:
        sys.stdout.write(as_json(story) + "\n")
    else:
        _print(Console(), story)


def _write(path: Path, page: str) -> None:
    """For nobody else on this machine: it has personal data."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(page)
    except OSError as error:
        raise PageError(f"{path} cannot be written: {error.strerror}.") from error


def _print(screen: Console, story: Story) -> None:
    record, report = story.record, story.report
    orders = wording.words_for_orders(report)
    screen.print(f"[bold]{record.started_at:%Y-%m-%d %H:%M} UTC[/bold]  {record.id}", soft_wrap=True)
    screen.print(f"{record.channel}, {story.number}; {escape(story.how_it_ended)} after {clock(story.seconds)} min")
    screen.print(f"Order {escape(orders)}" if orders else "No order", soft_wrap=True)
    for moment in story.moments():
        screen.print(_line_of(moment), soft_wrap=True)
    if report is None:
        screen.print("This call has no report: it still runs, its program was killed, or a newer program wrote it.")
        return
    _print_answers(screen, story)
    for used in report.usage:
        screen.print(f"{used.kind}  {escape(f'{used.provider} {used.model}')}: {wording.words_for_usage(used)}")
    for line in report.cost.lines:
        screen.print(
            f"{escape(line.what)}: {wording.words_for_cost_line(line)} = {wording.words_for_dollars(line.amount)}"
        )
    screen.print(
        f"[bold]Cost {escape(wording.words_for_cost(report.cost))}[/bold]; check your contract", soft_wrap=True
    )


def _line_of(moment: Moment) -> str:
    detail = f" [dim]→ {escape(moment.detail)}[/dim]" if moment.detail else ""
    refused = " [red]refused[/red]" if moment.is_bad else ""
    colour = COLOURS[moment.who]
    return f"{clock(moment.at):>6}  [{colour}]{moment.who:<6}[/{colour}]  {escape(moment.words)}{refused}{detail}"


def _print_answers(screen: Console, story: Story) -> None:
    answers = story.answers()
    if not answers:
        return
    table = Table("At", "Caller", *STAGES, "Together", title="Seconds until each answer")
    for answer in answers:
        parts = [f"{stage.seconds:.2f}" for stage in answer.stages]
        table.add_row(clock(answer.asked_until), escape(answer.words), *parts, f"{answer.seconds:.2f}")
    screen.print(table)
    screen.print(words_for_answers(answers))


KNOWN_ERRORS = (CallNotFound, PageError)
