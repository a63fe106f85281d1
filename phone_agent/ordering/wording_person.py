"""What staff are told of a caller before they talk with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.disclosure import greeted_as
from phone_agent.ordering.lists import both
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.ordering.wording import words_for_line

LAST_DIGITS = 4
Why = Literal["voice", "keypad"]


def words_for_briefing(name: str | None, number: str | None, cart: Cart, order: Order | None, why: Why) -> str:
    """First name or household, the end of the number, and what is in the cart: as much as staff need."""
    return " ".join(
        [*_who(name, number), *_what(cart, order), _WHY[why].words(), PersonSentence.STAFF_CONNECTED.words()]
    )


_WHY = {"voice": PersonSentence.STAFF_WHY_SAID, "keypad": PersonSentence.STAFF_WHY_KEY}


def _who(name: str | None, number: str | None) -> Sequence[str]:
    named = [PersonSentence.STAFF_NAMED.words(name=greeted_as(name))] if name else []
    if number is None:
        return [*named, PersonSentence.STAFF_NO_NUMBER.words()]
    return [*named, PersonSentence.STAFF_NUMBER.words(digits=" ".join(number[-LAST_DIGITS:]))]


def _what(cart: Cart, order: Order | None) -> Sequence[str]:
    placed = [PersonSentence.STAFF_ORDER.words(order_number=f"{order.number:03}")] if order else []
    if cart.is_empty:
        return placed or [PersonSentence.STAFF_CART_EMPTY.words()]
    lines = both([words_for_line(line) for line in cart.lines])
    return [*placed, PersonSentence.STAFF_CART.words(lines=lines)]
