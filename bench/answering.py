"""Measure who is taken for a person and who for a machine: python -m bench.answering [--voices rms] [--show]."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from rich.console import Console
from rich.table import Table

from bench.voices import LINES, TELEPHONE_RATE, VOICES, Signal, companded, resampled, samples_of, spoken
from phone_agent.outbound.answering import Answering, Heard
from phone_agent.outbound.beep import PIECE
from phone_agent.voice.offline.recognizer import SAMPLE_RATE

AFTER_S = 6.0
LATEST_AFTER_BEEP_S = 0.8
LATEST_WITHOUT_BEEP_S = 4.0
BEEP_LEVEL = 0.25
GREETING_IS = 0.1
"""As loud as that at least, and no noise is."""
PERSONS: Sequence[tuple[str | float, ...]] = (
    ("Hello?",), (0.8, "Yes?"), ("Hi, this is Maria.",), ("Rivera residence, good evening.",), (),
    ("Hello?", 1.5, "Hello? Who is this?"), ("Hello, Smith and Sons, how can I help you?",), ("Yeah, hi.",),
    ("Hello?", 2.5, "Oh great, thank you very much."), ("Good morning, this is Bob Miller speaking.",),
)  # fmt: skip
"""What they say, and for how many seconds they say nothing."""
GREETINGS: Sequence[tuple[str | float, ...]] = (
    ("Hi, you have reached Maria. I can't come to the phone right now, so please leave a message after the tone.",),
    ("Your call has been forwarded to an automatic voice message system. At the tone, please record your message.",),
    ("Hi.", 0.9, "You have reached the Rivera family. We are not at home. Leave us a message and we will call back.",),
    (0.6, "Hey, it's Bob.", 1.0, "I can't talk now. Leave your name and number after the beep, and have a good day.",),
    ("The person you are trying to reach is not available. Please leave your message after the tone.", 1.2,
     "When you have finished recording, you may hang up, or press pound for more options.",),
    ("You have reached", 0.4, "4 0 7", 0.3, "5 5 5", 0.3, "0 1 4 2.", 0.5, "Please leave a message.",),
)  # fmt: skip
BEEPS: Sequence[tuple[float, float]] = ((1000, 0.5), (440, 0.3), (1400, 1.0), (850, 0.25), (2000, 0.4), (0, 0))
"""Pitch and seconds; none: a machine that takes the message down without a beep."""


@dataclass(frozen=True)
class Answer:
    sound: Signal
    ends_s: float
    """The greeting, and the beep after it."""
    beeps: bool
    is_machine: bool


def answers(voice: str, line: str) -> Iterator[Answer]:
    chance = np.random.default_rng(7)
    for parts in PERSONS:
        yield _answer(parts, (0, 0), voice, line, chance, is_machine=False)
    for parts, beep in product(GREETINGS, BEEPS):
        yield _answer(parts, beep, voice, line, chance, is_machine=True)


def _answer(
    parts: Sequence[str | float],
    beep: tuple[float, float],
    voice: str,
    line: str,
    chance: np.random.Generator,
    *,
    is_machine: bool,
) -> Answer:
    pitch, seconds = beep
    at = np.arange(round(seconds * TELEPHONE_RATE)) / TELEPHONE_RATE
    sounds = [_said(part, voice) if isinstance(part, str) else _quiet(part) for part in parts]
    if seconds:
        sounds += [_quiet(0.5), BEEP_LEVEL * np.sin(2 * np.pi * pitch * at)]
    played = np.concatenate([_quiet(0.3), *sounds])
    heard = companded(LINES[line](np.concatenate([played, _quiet(AFTER_S)]), chance))
    loud = np.flatnonzero(np.abs(heard) > GREETING_IS)
    return Answer(heard, float(loud[-1]) / TELEPHONE_RATE if len(loud) else 0.0, bool(seconds), is_machine)


def _said(text: str, voice: str) -> Signal:
    return samples_of(resampled(spoken(text, voice), SAMPLE_RATE, TELEPHONE_RATE))


def _quiet(seconds: float) -> Signal:
    return np.zeros(round(seconds * TELEPHONE_RATE))


def judged(answer: Answer) -> list[tuple[Heard, float]]:
    """What was heard, and when."""
    ears, found = Answering(), []
    sound = answer.sound * 32768
    for start in range(0, len(sound) - PIECE + 1, PIECE):
        heard = ears.hear(sound[start : start + PIECE])
        if heard is not None:
            found.append((heard, (start + PIECE) / TELEPHONE_RATE))
    return found


def verdict(answer: Answer) -> str:
    """How it went for whoever was rung; "right" and "late start" leave the whole message."""
    found = judged(answer)
    recording = next((at for heard, at in found if heard is Heard.RECORDING), None)
    if not answer.is_machine:
        return "right" if [heard for heard, _ in found] == [Heard.PERSON] else "taken for a machine"
    if recording is None:
        return "taken for a person"
    latest = answer.ends_s + (LATEST_AFTER_BEEP_S if answer.beeps else LATEST_WITHOUT_BEEP_S)
    if not answer.ends_s - 0.1 <= recording <= latest:
        return "at the wrong time"
    return "right" if found[0][0] is Heard.MACHINE else "right, after a word too early"


def measure(voices: Sequence[str], screen: Console, *, show: bool = False) -> Counter[tuple[str, str, str]]:
    """By line, kind of answer and verdict."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for voice, line in product(voices, LINES):
        for number, answer in enumerate(answers(voice, line)):
            how = verdict(answer)
            kind = "person" if not answer.is_machine else "machine" if answer.beeps else "machine without a beep"
            counted[line, kind, how] += 1
            if show and how != "right":
                times = [(heard.name, round(at, 1)) for heard, at in judged(answer)]
                screen.print(f"{voice} {line} {number}: {how}, ends {answer.ends_s:.1f}, {times}")
    return counted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voices", nargs="+", default=list(VOICES))
    parser.add_argument("--show", action="store_true", help="what was not right")
    given = parser.parse_args()
    screen = Console()
    counted = measure(given.voices, screen, show=given.show)
    verdicts = sorted({how for _, _, how in counted})
    table = Table("Line", "Answered by", "Answers", *verdicts)
    for line, kind in dict.fromkeys((line, kind) for line, kind, _ in counted):
        row = [counted[line, kind, how] for how in verdicts]
        table.add_row(line, kind, str(sum(row)), *map(str, row))
    screen.print(table)


if __name__ == "__main__":
    main()
