"""Measure what is heard with no keys: python -m bench.recognition [--set tuning held-out] [--voices rms] [--show]."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.sayings import SETS, Saying, off_the_menu, sayings, strangers
from bench.voices import LINES, VOICES, heard_over, spoken
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.understanding.answer import answer_in
from phone_agent.understanding.context import Context
from phone_agent.understanding.grammar import grammar_for
from phone_agent.understanding.parser import understand
from phone_agent.voice.offline.grammar import Grammar
from phone_agent.voice.offline.listener import Listener
from phone_agent.voice.offline.recognizer import SAMPLE_RATE, Recognizer

MENU = Path(__file__).parent.parent / "menus" / "food_court.json"
FRAME = SAMPLE_RATE // 1000 * 30 * 2
EVERY = 4
"""So many sentences are said for one that is said again while a quote is open."""
KINDS = ("a dish", "counted", "about", "command", "answer", "terms")


@dataclass
class Result:
    right: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    off_the_menu: int = 0
    wrong_yes: list[str] = field(default_factory=list)
    asked_for_a_yes: int = 0
    processor_s: float = 0.0
    audio_s: float = 0.0


class Bench:
    def __init__(self, menu: Menu, screen: Console, *, show: bool = False) -> None:
        self._context = Context(menu)
        self._recognizer = Recognizer(Grammar.spoken(grammar_for(menu), grammar_for(menu, is_read_back=True)))
        self._screen = screen
        self._show = show
        self._menu = menu

    def run(self, name: str, voice: str, line: str) -> Result:
        result = Result()
        for number, saying in enumerate(sayings(self._menu, name)):
            sound = heard_over(line, spoken(saying.text, voice), number)
            heard = self._hear(sound, result, quote_is_open=saying.quote_is_open)
            self._judge(saying, heard, result, f"{voice} {line}")
            if not saying.quote_is_open and number % EVERY == 0:
                self._tempt(saying.text, sound, result)
        for number, text in enumerate(off_the_menu(name)):
            sound = heard_over(line, spoken(text, voice), number)
            result.off_the_menu += 1
            result.refused += self._hear(sound, result) is None
            self._tempt(text, sound, result)
        for number, text in enumerate(strangers(name)):
            self._tempt(text, heard_over(line, spoken(text, voice), number), result)
        return result

    def _judge(self, saying: Saying, heard: str | None, result: Result, where: str) -> None:
        is_right = heard is not None and self._means(heard, saying) == self._means(saying.text, saying)
        result.said[saying.kind] += 1
        result.right[saying.kind] += is_right
        if self._show and not is_right:
            self._screen.print(f"{where}: {saying.text!r} -> {heard!r}", highlight=False)

    def _means(self, text: str, saying: Saying) -> object:
        if saying.quote_is_open and (answer := answer_in(text)):
            return answer
        return understand(text, self._context)

    def _tempt(self, text: str, sound: bytes, result: Result) -> None:
        """The same sound while a quote is open must not become a yes."""
        heard = self._hear(sound, result, quote_is_open=True)
        result.asked_for_a_yes += 1
        if answer_in(heard or "") == "yes" and answer_in(text) != "yes":
            result.wrong_yes.append(f"{text} -> {heard}")

    def _hear(self, sound: bytes, result: Result, *, quote_is_open: bool = False) -> str | None:
        """As the first utterance of a call: nothing is known of the line."""
        began = time.process_time()
        heard = list(self._utterance(sound, quote_is_open))
        result.processor_s += time.process_time() - began
        result.audio_s += len(sound) / 2 / SAMPLE_RATE
        return " ".join(heard) or None

    def _utterance(self, sound: bytes, quote_is_open: bool) -> Iterator[str]:
        self._recognizer.forget_line()
        listener = Listener(self._recognizer)
        listener.expect_answer(quote_is_open)
        for start in range(0, len(sound), FRAME):
            listener.hear(sound[start : start + FRAME])
            yield from _settled(listener)
        listener.end_turn()
        yield from _settled(listener)
        listener.stop()


def _settled(listener: Listener) -> Iterator[str]:
    while listener.work():
        pass
    yield from (heard.text for heard in listener.finals() if heard)


def table_of(results: dict[tuple[str, str, str], Result]) -> Table:
    table = Table("Sentences", "Voice", "Line", *KINDS, "all", "off the menu refused", "wrong yes", "RTF")
    for (name, voice, line), one in results.items():
        shares = (_share(one.right[kind], one.said[kind]) for kind in KINDS)
        table.add_row(
            name, voice, line, *shares, _share(one.right.total(), one.said.total()),
            _share(one.refused, one.off_the_menu), f"{len(one.wrong_yes)} of {one.asked_for_a_yes}",
            f"{one.processor_s / one.audio_s:.3f}",
        )  # fmt: skip
    return table


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "-"


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _arguments(arguments)
    screen = Console(width=160)
    bench = Bench(parse_menu(MENU.read_text()), screen, show=asked.show)
    results: dict[tuple[str, str, str], Result] = {}
    for cell in product(asked.set, asked.voices, asked.lines):
        results[cell] = bench.run(*cell)
        print(f"{' '.join(cell)}: {results[cell].right.total()} of {results[cell].said.total()} right", flush=True)
    screen.print(table_of(results))
    for cell, result in results.items():
        for wrong in result.wrong_yes:
            screen.print(f"a wrong yes, {' '.join(cell)}: {wrong}", highlight=False)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.recognition", description=__doc__)
    parser.add_argument(
        "--set", nargs="+", choices=SETS, default=list(SETS), help="held-out: never looked at in tuning"
    )
    parser.add_argument("--voices", nargs="+", choices=VOICES, default=list(VOICES))
    parser.add_argument("--lines", nargs="+", choices=LINES, default=list(LINES))
    parser.add_argument("--show", action="store_true", help="every sentence that was heard wrong")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
