"""What was offered outlives noise, silence and a hello: on a telephone the answer may come a little later."""

from __future__ import annotations

from phone_agent.call import Call
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.cart_changes import sold_out_lines, words_for_sold_out
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.usual import usual_of
from phone_agent.ordering.wording_callers import words_for_dish_names


def offer_again(call: Call) -> str | None:
    """None once anything else was said since."""
    words = words_for_offer(call)
    return words if words is not None and words in call.last_said else None


def words_for_offer(call: Call) -> str | None:
    """The question about a lost cart, the usual or sold-out dishes."""
    known = call.known
    words = None
    if known.asking is Asked.LOST_CART and known.lost_cart is not None:
        names = words_for_dish_names(known.lost_cart.cart.lines)
        words = CallerSentence.LOST_CART_OFFER.words(dish_names=names)
    elif known.asking is Asked.USUAL and (usual := usual_of(known.orders)) is not None:
        words = CallerSentence.USUAL_OFFER.words(dish_names=words_for_dish_names(usual.lines))
    elif known.asking is Asked.LEAVE_OUT and (gone := sold_out_lines(call.cart)):
        words = words_for_sold_out(gone, call.menu, call.wanted_at)
    return words
