"""What the offline model says by itself: sentences about the order and the call that change nothing."""

from __future__ import annotations

from phone_agent.call import Call
from phone_agent.counter.editing import dishes_in_cart
from phone_agent.line import restaurant_of
from phone_agent.ordering.cart import MOST_PER_LINE
from phone_agent.ordering.errors import OrderingError
from phone_agent.ordering.lists import either
from phone_agent.ordering.selection import ItemRequest
from phone_agent.ordering.wording import (
    Sentence,
    words_for_allergens,
    words_for_listed_allergens,
    words_for_order,
    words_for_total,
)
from phone_agent.ordering.wording_terms import words_for_ready, words_for_ready_from_now
from phone_agent.understanding.intents import Allergy, AskOptions


def words_for_confirming(call: Call) -> str:
    return (Sentence.PRESS_ONE if call.keypad_only else Sentence.PRESS_ONE_OR_SAY_YES).words()


def words_for_going_on(call: Call) -> str:
    """Nothing was asked for: what comes next, wherever the call stands."""
    if call.has_open_quote:
        return words_for_confirming(call)
    return (Sentence.OKAY_WHAT if call.cart.is_empty else Sentence.OKAY_CHECK_OUT).words()


def words_for_options(asked: AskOptions, call: Call) -> str:
    """The question that a required choice is asked with."""
    items = (item for item in call.menu.items if item.name == asked.dish)
    group = next(group for item in items for group in item.option_groups if group.title == asked.group)
    labels = either([modifier.label for modifier in group.offered])
    return Sentence.OPTION_QUESTION.words(dish=asked.dish, option_group=group.title.lower(), options=labels)


def words_for_time(call: Call) -> str:
    """From the quote, the order placed, or what the restaurant needs for what is in the cart."""
    if call.quote is not None and call.has_open_quote:
        return f"{words_for_ready(call.quote, call.now)} {words_for_confirming(call)}"
    if call.order is not None and call.is_order_placed:
        is_ready = (call.order.arrives_at or call.order.ready_at) <= call.now
        return words_for_order(call.order, call.now) if is_ready else words_for_ready(call.order, call.now)
    place = restaurant_of(call)
    if place is None:
        return Sentence.READY_SOONEST.words(minutes=str(min(place.eta_minutes for place in call.nearby)))
    try:
        return words_for_ready_from_now(call.cart, place, call.wishes.fulfilment, call.now)
    except OrderingError as error:
        return str(error)


def words_for_allergy(intent: Allergy, call: Call) -> str:
    """What the menu lists for the dish asked about, or for one of the order; no dish is ever said to be safe."""
    named = [item for item in call.menu.items if item.name == intent.dish]
    listing = [dish for dish in dishes_in_cart(call) if intent.allergen in dish.allergens]
    for item in named or listing:
        return words_for_listed_allergens(item) if intent.is_told else words_for_allergens(item)
    return "" if intent.is_told else Sentence.ALLERGY.words()


def words_for_open_total(call: Call) -> str | None:
    """With tax, as it was read back; None where nothing is read back."""
    if call.quote is None or not call.has_open_quote:
        return None
    return f"{words_for_total(call.quote)} {words_for_confirming(call)}"


def words_for_wrong_number(request: ItemRequest, call: Call) -> str:
    """Asks how many, where a number alone can be the whole answer."""
    item = next((item for item in call.menu.items if item.name == request.item_name), None)
    if item is None or request.options or request.note:
        return Sentence.TOO_MANY_OF_DISH.words(limit=str(MOST_PER_LINE))
    return Sentence.HOW_MANY_OF.words(limit=str(MOST_PER_LINE), dish=item.name)
