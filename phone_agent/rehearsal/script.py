"""What a simulated caller does in a call, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phone_agent.ordering.menu import Menu, MenuItem
from phone_agent.ordering.plurals import plural


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


DEMO_DISHES = ("Caesar Salad", "Grilled Salmon")
"""Of the demo menu."""


def demo_of(menu: Menu) -> tuple[Step, ...]:
    """One of a dish and two of another, checked out by key. Raises ScriptError where no two dishes are plain."""
    first, second = _two_plain_dishes(menu)
    return (
        Say(f"Hi, I would like a {first.name} and two {plural(second.name)} please"),
        Say("what is in my order"),
        Say("that is all, check out please"),
        Press("1"),
        Say("thank you, goodbye"),
    )


def _two_plain_dishes(menu: Menu) -> Sequence[MenuItem]:
    for restaurant in menu.restaurants:
        plain = [item for item in restaurant.items if _is_plain(item)]
        demo = [item for item in plain if item.name in DEMO_DISHES]
        if len(demo) == len(DEMO_DISHES):
            return demo
    for restaurant in menu.restaurants:
        plain = [item for item in restaurant.items if _is_plain(item)]
        if len(plain) > 1:
            return plain[:2]
    raise ScriptError("no restaurant has two dishes that need no choice; say what to order: --say … --press 1")


def _is_plain(item: MenuItem) -> bool:
    asks = any(len(group.defaults) < group.least for group in item.option_groups)
    return item.is_available and not (asks or item.day_parts or item.minimum_age)
