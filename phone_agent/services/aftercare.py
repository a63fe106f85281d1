"""What callers ask beside ordering: what a total is made of, what is in a dish; and what they tell the restaurant."""

from __future__ import annotations

from phone_agent import line
from phone_agent.call import Call
from phone_agent.counter.order_of_today import order_meant, order_of_today
from phone_agent.counter.returning import may_hear
from phone_agent.order_pad.browsing import Found
from phone_agent.ordering.disclosure import Matter
from phone_agent.ordering.errors import NotUnderstood
from phone_agent.ordering.matching import find_items
from phone_agent.ordering.menu import MenuItem
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.ordering.wording_support import words_for_contents, words_for_total_parts
from phone_agent.store.records import Sentiment

MOST_WRITTEN_DOWN = 500
"""Characters of what a caller tells the restaurant at once."""


async def words_for_total(call: Call) -> str:
    """Of what was read back, else of the cart, else of the order of today, where the caller may hear that."""
    if call.quote is not None and call.has_open_quote:
        return f"{words_for_total_parts(call.quote.totals)} {line.how_to_confirm(call).words()}"
    if not call.cart.is_empty:
        return SupportSentence.TOTAL_LATER.words(subtotal=format_usd(call.cart.subtotal_cents))
    order = await order_of_today(call)
    if may_hear(call, Matter.PAST_TOTALS, order):
        return words_for_total_parts(order.totals)
    if call.known.has_pin:
        return CallerSentence.PIN_NEEDED.words()
    return SupportSentence.TOTAL_NEEDS_RESTAURANT.words(restaurant=order.restaurant_name)


def words_for_dish(call: Call, name: str) -> str:
    """By its name, or the nearest to it in the caller's area. Raises NotUnderstood."""
    item = _dish_called(call, name)
    if item is None:
        raise NotUnderstood(Sentence.NOT_ON_MENU.words())
    call.shown, call.found = (item,), Found(item.name, (item,))
    return words_for_contents(item)


def _dish_called(call: Call, name: str) -> MenuItem | None:
    same = [item for item in call.menu.items if item.name.casefold() == name.strip().casefold()]
    near = [item for item in same if item in call.shown or item.restaurant_id == call.cart.restaurant_id]
    return next(iter([*near, *same, *find_items(call.menu, name, restaurants=call.nearby, limit=1)]), None)


async def take_problem(call: Call, said: str) -> str:
    """Written down for the restaurant, with the order of today; asked for once where nothing was said of it."""
    words = _written_down(said)
    if not words and _is_to_be_asked(call):
        call.known.words_wanted_for = "problem"
        return SupportSentence.PROBLEM_WHAT.words()
    order = order_meant(call)
    await _write_down(call, "negative", words, order)
    if order is None:
        return SupportSentence.PROBLEM_TAKEN_WITHOUT_ORDER.words()
    return SupportSentence.PROBLEM_TAKEN.words(restaurant=order.restaurant_name)


async def take_feedback(call: Call, sentiment: Sentiment, said: str) -> str:
    words = _written_down(said)
    if not words and _is_to_be_asked(call):
        call.known.words_wanted_for = "feedback"
        return SupportSentence.FEEDBACK_WHAT.words()
    await _write_down(call, sentiment, words, order_meant(call))
    return SupportSentence.FEEDBACK_TAKEN.words()


async def _write_down(call: Call, sentiment: Sentiment, words: str, order: Order | None) -> None:
    call.known.words_wanted_for = None
    await call.tell_restaurant(sentiment, words, order)


def _is_to_be_asked(call: Call) -> bool:
    """Where free words can be heard at all."""
    return call.known.hears_own_words and call.known.words_wanted_for is None


def _written_down(said: str) -> str:
    return " ".join(said.split())[:MOST_WRITTEN_DOWN]
