"""Money, order numbers and counts out of heard words."""

import re
from itertools import takewhile

from phone_agent.rehearsal.ears_grammar import FIGURES, TEENS, TENS

VALUES = (
    {word: n for n, word in enumerate(FIGURES)}
    | {word: 10 + n for n, word in enumerate(TEENS)}
    | {word: 10 * n for n, word in enumerate(TENS, 2)}
)
SCALES = {"hundred": 100, "thousand": 1000}
NUMBER = rf"(?:(?:{'|'.join([*VALUES, *SCALES])}|and)\s+)+"
MONEY = re.compile(rf"(?:({NUMBER})dollars?)(?:\s+((?:and\s+)?{NUMBER})cents?)?|({NUMBER})cents?")


def value_of(words: str) -> int:
    total = group = 0
    for word in words.split():
        if word == "thousand":
            total, group = total + max(group, 1) * 1000, 0
        elif word == "hundred":
            group = max(group, 1) * 100
        else:
            group += VALUES.get(word, 0)
    return total + group


def cents_heard(text: str) -> tuple[int, ...]:
    """Every amount in the sentence, in the order in which it was said."""
    return tuple(
        value_of(dollars or "") * 100 + value_of(cents or only_cents or "")
        for dollars, cents, only_cents in MONEY.findall(text)
    )


def order_number_heard(text: str) -> str | None:
    """The figures after "order number"."""
    _, said, after = text.partition("order number")
    words = after.split()
    figures = takewhile(FIGURES.__contains__, words[words[:1] == ["is"] :])
    return "".join(str(FIGURES.index(word)) for word in figures) or None if said else None
