"""What may be said to whoever calls, and done for them: the one place that decides. A caller's number can be forged."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, IntEnum, auto

HOUSEHOLDS = frozenset({"household", "family"})
LONGEST_HOUSEHOLD = 5
"""Words: "the van der Berg family"."""


class Level(IntEnum):
    """How well the caller is known."""

    NOBODY = 0
    """The number is withheld or unknown."""
    CALLER_ID = 1
    """The number is known: a hint, not a proof."""
    PROVEN = 2
    """The PIN was keyed in during this call."""


class Matter(Enum):
    GREETING_BY_NAME = auto()
    """First name or household."""
    AREA = auto()
    """City and state, never a street."""
    DISHES = auto()
    """The usual and earlier orders, by the names of their dishes."""
    LOST_CART = auto()
    """What was in the cart when a call broke off, by the names of its dishes."""
    PREFERENCES = auto()
    ORDER_STATUS = auto()
    FORGETTING = auto()
    ADDRESS = auto()
    FULL_NAME = auto()
    PAST_TOTALS = auto()
    CHANGE_OF_AN_ORDER = auto()
    """Cancelling or changing what is placed."""


NEEDED: Mapping[Matter, Level] = {
    Matter.GREETING_BY_NAME: Level.CALLER_ID,
    Matter.AREA: Level.CALLER_ID,
    Matter.DISHES: Level.CALLER_ID,
    Matter.LOST_CART: Level.CALLER_ID,
    Matter.PREFERENCES: Level.CALLER_ID,
    Matter.ORDER_STATUS: Level.CALLER_ID,
    Matter.FORGETTING: Level.CALLER_ID,
    Matter.ADDRESS: Level.PROVEN,
    Matter.FULL_NAME: Level.PROVEN,
    Matter.PAST_TOTALS: Level.PROVEN,
    Matter.CHANGE_OF_AN_ORDER: Level.PROVEN,
}
OF_AN_ORDER_OF_THIS_CALL = frozenset(
    {Matter.DISHES, Matter.ORDER_STATUS, Matter.ADDRESS, Matter.PAST_TOTALS, Matter.CHANGE_OF_AN_ORDER}
)
"""Whoever placed an order in this call may do and hear all of it."""
GUARDED_BY_A_PIN = frozenset({Matter.FORGETTING})
"""Enough without proof, unless the number has a PIN: then its owner has asked for more."""


def may(level: Level, matter: Matter, *, is_of_this_call: bool = False, has_pin: bool = False) -> bool:
    """`is_of_this_call`: it is about an order that was placed in this call."""
    if is_of_this_call and matter in OF_AN_ORDER_OF_THIS_CALL:
        return True
    if has_pin and matter in GUARDED_BY_A_PIN:
        return level is Level.PROVEN
    return level >= NEEDED[matter]


def greeted_as(name: str) -> str:
    """The household, or the first name only; a household's name is no longer than names are."""
    words = name.split()
    is_household = 0 < len(words) <= LONGEST_HOUSEHOLD and words[-1].casefold() in HOUSEHOLDS
    return name if is_household else "".join(words[:1])
