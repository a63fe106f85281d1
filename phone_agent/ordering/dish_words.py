"""A line of the cart in words, as caller and kitchen get them: its name, and each of its options."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from phone_agent.ordering.cart import ChosenModifier, Half, LineItem
from phone_agent.ordering.menu import OptionGroup

OptionRole = Literal["size", "choice", "extra", "left", "right"]
"""A size stands before the dish, one choice of several after it, the rest after "with", what is on one half last."""
HALF = "half "


def name_of(line: LineItem) -> str:
    """ "Pizza, half Margherita, half Pepperoni": what both halves are called stands first."""
    if line.other_half is None:
        return line.item.name
    family = family_of(line.item.name, line.other_half.name)
    halves = (f"{HALF}{name}" for name in _names_of_halves(line.item.name, line.other_half.name).values())
    return ", ".join([*((family,) if family else ()), *halves])


def _names_of_halves(left: str, right: str) -> dict[Half, str]:
    family = family_of(left, right)
    return {"left": left.removesuffix(family).strip(), "right": right.removesuffix(family).strip()}


def is_halved(name: str) -> bool:
    """Whether it is the name of a line with two dishes."""
    return f", {HALF}" in name


def family_of(name: str, other: str) -> str:
    """The words that both end with."""
    words, others = name.split(), other.split()
    shared = 0
    while shared < min(len(words), len(others)) - 1 and words[-1 - shared] == others[-1 - shared]:
        shared += 1
    return " ".join(words[len(words) - shared :])


def label_on(line: LineItem, choice: ChosenModifier) -> str:
    """As label_of; "olives on the Margherita half" where the halves are two dishes, and it matters which."""
    if line.other_half is None or choice.half is None:
        return label_of(choice)
    name = _names_of_halves(line.item.name, line.other_half.name)[choice.half]
    return f"{label_of(replace(choice, half=None))} on the {name} half"


def label_of(choice: ChosenModifier) -> str:
    """ "no onions", "2 extra shots", "half olives"."""
    half = HALF if choice.half else ""
    if choice.amount == "no":
        return f"{half}without {choice.modifier.label}" if half else f"no {choice.modifier.label}"
    name = choice.modifier.label if choice.count == 1 else plural_of_label(choice.modifier.label)
    amount = "" if choice.amount == "regular" else f"{choice.amount} "
    return f"{half}{choice.count if choice.count > 1 else ''} {amount}{name}".replace("  ", " ").strip()


def role_of(choice: ChosenModifier, group: OptionGroup) -> OptionRole:
    if choice.half is not None:
        return choice.half
    if (choice.amount, choice.count) != ("regular", 1) or group.role == "part":
        return "extra"
    return "size" if group.role == "size" else "choice" if group.max == 1 and group.least else "extra"


def plural_of_label(label: str) -> str:
    if label.endswith(("s", "x", "ch", "sh")):
        return label if label.endswith("s") and not label.endswith("ss") else f"{label}es"
    if label.endswith("y") and label[-2:-1] not in "aeiou":
        return f"{label[:-1]}ies"
    return f"{label}s"
