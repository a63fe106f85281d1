"""A lost cart that is taken up from another phone, with the code that its caller was texted."""

from __future__ import annotations

from phone_agent.call import Call
from phone_agent.callers.lost_carts import DIGITS, LOST_FOR
from phone_agent.counter import returning
from phone_agent.counter.editing import with_warnings
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.wording_callers import words_for_taken_up

MOST_TRIES = 3
"""Of a million codes, of which a handful are good for half an hour."""


async def take_up_by_code(call: Call, digits: str | None) -> str:
    """What the caller hears. Raises CartOutdated, StoreUnavailable."""
    known = call.known
    if digits is None or len(digits) != DIGITS:
        return CallerSentence.CART_CODE_NOT_KEYED.words()
    if not call.cart.is_empty:
        return CallerSentence.CART_CODE_IN_THE_WAY.words()
    if known.code_tries >= MOST_TRIES:
        return CallerSentence.CART_CODE_NO_TRIES.words()
    known.code_tries += 1
    lost = await call.store.find_cart_by_code(digits, call.now - LOST_FOR)
    if lost is None or call.menu.known_restaurant(lost.cart.restaurant_id) is None:
        return CallerSentence.CART_CODE_WRONG.words()
    known.lost_cart, known.asking = lost, None
    await returning.take_up_lost_cart(call)
    return with_warnings(call, call.cart.lines, words_for_taken_up(call.cart))
