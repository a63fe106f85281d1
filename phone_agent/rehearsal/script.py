"""What a simulated caller does in a call, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    text: str
    listens: bool = True
    """Whether the caller waits for the answer before the next step."""


@dataclass(frozen=True)
class Press:
    digits: str


@dataclass(frozen=True)
class PressWhileSpeaking:
    """Waits until the agent has begun the next thing it says and presses `after` seconds into it."""

    digits: str
    after: float = 1.5


@dataclass(frozen=True)
class Listen:
    """Stays silent until the agent has said something more, at most so many seconds."""

    seconds: float


@dataclass(frozen=True)
class HangUp:
    pass


Step = Say | Press | PressWhileSpeaking | Listen | HangUp


class ScriptError(ValueError):
    """A command line that is no script."""


def script_from(arguments: Sequence[str]) -> tuple[Step, ...]:
    """--say WORDS and --press KEYS, in the order in which they stand."""
    steps: list[Step] = []
    rest = list(arguments)
    while rest:
        name = rest.pop(0)
        if name not in ("--say", "--press") or not rest:
            raise ScriptError(f"{name}: what the caller does is --say WORDS or --press KEYS")
        steps.append(Say(rest.pop(0)) if name == "--say" else Press(rest.pop(0)))
    return tuple(steps)


DEMO = (
    Say("Hi, I would like a caesar salad and two grilled salmon please"),
    Say("what is in my order"),
    Say("that is all, check out please"),
    Press("1"),
    Say("thank you, goodbye"),
)
