"""What callers say in the hosted bench: whole conversations, with plain orders, sizes, questions and changes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice

CONVERSATIONS: Sequence[Sequence[str]] = (
    (
        "a grilled salmon please", "two caesar salads with no croutons please", "what goes well with fish",
        "a large iced coffee", "make that two", "how much is the apple pie", "what is in my order",
        "check out please", "no i want to change it", "remove the grilled salmon",
    ),
    (
        "a pepperoni pizza please", "large", "a garlic bread please", "what do you recommend", "show my cart",
        "remove the garlic bread", "how much is the vegetable lasagna", "one vegetable lasagna please",
        "check out please", "yes please",
    ),
    (
        "can i get a green curry", "medium", "tofu please", "brown rice", "do you have anything with shrimp",
        "two spring rolls please", "is that enough for two people", "a strawberry cheesecake", "show my cart",
        "i will pick it up myself",
    ),
)  # fmt: skip
VOICES = ("rms", "kal16")


def lines_of(call: int) -> list[str]:
    return list(CONVERSATIONS[call % len(CONVERSATIONS)])


def voice_of(call: int) -> str:
    """The same conversation is not always heard in the same voice."""
    return VOICES[call // len(CONVERSATIONS) % len(VOICES)]


def turns_of(call: int, turns: int) -> list[str]:
    """So many turns of this call's conversation, from the beginning again where it is too short."""
    return list(islice(cycle(lines_of(call)), turns))


def all_lines() -> list[str]:
    return sorted({line for lines in CONVERSATIONS for line in lines})
