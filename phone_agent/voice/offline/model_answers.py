"""What the offline model says by itself: sentences about the order and the call that change nothing."""

from __future__ import annotations

from phone_agent.call import Call
from phone_agent.line import restaurant_of
from phone_agent.ordering.cart import MOST_PER_LINE
from phone_agent.ordering.lists import either
from phone_agent.ordering.selection import ItemRequest
from phone_agent.ordering.wording import Sentence, minutes_until, words_for_allergens, words_for_order, words_for_total
from phone_agent.understanding.intents import AskOptions


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
    """From the quote, the order placed, or what the restaurant needs."""
    if call.quote is not None and call.has_open_quote:
        minutes = max(1, minutes_until(call.quote.ready_at, call.now))
        return f"{Sentence.READY_IN.words(minutes=str(minutes))} {words_for_confirming(call)}"
    if call.order is not None and call.is_order_placed:
        minutes = minutes_until(call.order.ready_at, call.now)
        return words_for_order(call.order, call.now) if minutes < 1 else Sentence.READY_IN.words(minutes=str(minutes))
    place = restaurant_of(call)
    if place is not None:
        return Sentence.READY_AFTER.words(minutes=str(place.eta_minutes))
    return Sentence.READY_SOONEST.words(minutes=str(min(place.eta_minutes for place in call.nearby)))


def words_for_allergy(allergen: str | None, call: Call) -> str:
    """A dish of the order that lists it is named; no dish is ever said to be safe."""
    for line in call.cart.lines:
        if allergen in line.item.allergens:
            return words_for_allergens(line.item)
    return Sentence.ALLERGY.words()


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
