"""What a call knows of its caller from earlier, and what it has asked of them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Literal

from phone_agent.ordering.order import Order
from phone_agent.store.records import LostCart

UseOfCode = Callable[[str | None], Coroutine[Any, Any, None]]
KeyIn = Callable[[int, UseOfCode], None]


class Asked(Enum):
    """A question of the agent's that yes and no answer; NAME is answered by a name."""

    LOST_CART = auto()
    USUAL = auto()
    LAST_ORDER = auto()
    NAME = auto()
    REMEMBER = auto()
    TASTES = auto()
    FORGET = auto()
    LEAVE_OUT = auto()
    """What is in the cart and sold out."""
    PERSON = auto()
    """Offered once, to whoever is upset."""
    CALL_BACK = auto()
    """By the restaurant, where nobody could come to the phone."""


WordsFor = Literal["problem", "feedback"]


@dataclass
class Known:
    is_recorded: bool = False
    hears_own_words: bool = True
    """False: the recogniser has only the words that it was given, and names, streets and codes would be others."""
    was_known: bool = False
    """Before this call."""
    orders: tuple[Order, ...] = ()
    """Of earlier calls, newest first; empty where nobody may hear of them."""
    placed: tuple[Order, ...] = ()
    """By this number or profile before this call, newest first, as they stood then."""
    lost_cart: LostCart | None = None
    unheard_order: Order | None = None
    """Of a call that broke off before its caller could be told that it is placed."""
    order_of_today: Order | None = None
    """Of whoever keyed in the PIN."""
    has_pin: bool = False
    is_proven: bool = False
    """The PIN was keyed in during this call."""
    pin_try: str = ""
    """The id of a try that is not answered, or to be given back: what is keyed in next is the same try."""
    asking: Asked | None = None
    asked: set[Asked] = field(default_factory=set)
    name: str = ""
    """For the order; kept only with consent."""
    dietary_tags: tuple[str, ...] = ()
    favorite_cuisines: tuple[str, ...] = ()
    tags_to_keep: tuple[str, ...] = ()
    """Asked for, and not yet answered; what was refused counts in this call only."""
    cuisines_to_keep: tuple[str, ...] = ()
    turn: int = 0
    """How often the caller has spoken."""
    asked_in_turn: int = 0
    """When `asking` was asked: only a later turn answers it."""
    words_wanted_for: WordsFor | None = None
    """The caller was asked to say something that is written down."""
    is_upset: bool = False
    """As of the last turn; shorter sentences then."""
    code_tries: int = 0
    """How many codes of lost carts were keyed in."""
    key_in: KeyIn | None = None
    """Collects digits from the keypad."""

    def ask(self, question: Asked) -> None:
        self.asking, self.asked_in_turn = question, self.turn
        self.asked.add(question)

    @property
    def may_be_answered(self) -> bool:
        """The caller has spoken since it was asked."""
        return self.asking is not None and self.turn > self.asked_in_turn
