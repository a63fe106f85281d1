"""What is said to a caller about the caller; whether it may be said is asked in disclosure.py before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.diet import lists_any
from phone_agent.ordering.disclosure import greeted_as
from phone_agent.ordering.dish_words import name_of
from phone_agent.ordering.lists import both
from phone_agent.ordering.menu import MenuItem, Restaurant
from phone_agent.ordering.order import Order, OrderLine
from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.states import Status
from phone_agent.ordering.usual import Reordered
from phone_agent.ordering.wording import (
    format_phone,
    minutes_until,
    words_for_added,
    words_for_lines,
    words_for_listed_allergens,
)
from phone_agent.ordering.wording_times import words_for_day, words_for_time

NAMED_BY_EAR = 3
AFTER_THE_KITCHEN: dict[Status, Said] = {
    "ready": CallerSentence.ORDER_IS_READY,
    "out_for_delivery": CallerSentence.ORDER_IS_UNDERWAY,
    "picked_up": CallerSentence.ORDER_IS_HANDED_OVER,
    "delivered": CallerSentence.ORDER_IS_HANDED_OVER,
    "cancelled": CallerSentence.ORDER_IS_CANCELLED,
}


def words_for_dish_names(lines: Sequence[OrderLine] | Sequence[LineItem]) -> str:
    """Names only: no options, no prices, no numbers."""
    names = [name_of(line) if isinstance(line, LineItem) else line.name for line in lines]
    return both(list(dict.fromkeys(names))[:NAMED_BY_EAR])


def words_for_hello(
    name: str | None,
    restaurant_name: str | None = None,
    *,
    is_recorded: bool,
    lost: Cart | None = None,
    usual: Order | None = None,
    unheard: str = "",
) -> str:
    """`name`: as the profile has it; who speaks, that it is recorded, what was not heard of, and one question."""
    hello = _hello(greeted_as(name) if name else None, restaurant_name)
    question = CallerSentence.WHAT_WOULD_YOU_LIKE.words()
    if lost is not None:
        question = CallerSentence.LOST_CART_OFFER.words(dish_names=words_for_dish_names(lost.lines))
    elif usual is not None:
        question = CallerSentence.USUAL_OFFER.words(dish_names=words_for_dish_names(usual.lines))
    said = [hello, CallerSentence.RECORDED.words() if is_recorded else "", unheard, question]
    return " ".join(part for part in said if part)


def _hello(name: str | None, restaurant_name: str | None) -> str:
    if restaurant_name is not None:
        if name is None:
            return CallerSentence.HELLO_GUEST_AT.words(restaurant=restaurant_name)
        return CallerSentence.HELLO_HOUSEHOLD_AT.words(household=name, restaurant=restaurant_name)
    return CallerSentence.HELLO_GUEST.words() if name is None else CallerSentence.HELLO_HOUSEHOLD.words(household=name)


def words_for_history(orders: Sequence[Order]) -> str:
    """`orders`: newest first, at least one."""
    last, earlier = (words_for_dish_names(order.lines) for order in (orders[0], orders[-1]))
    if len(orders) == 1 or last == earlier:
        return CallerSentence.HISTORY.words(dish_names=last)
    return CallerSentence.HISTORY_TWO.words(dish_names=last, earlier_dish_names=earlier)


def words_for_reordered(again: Reordered) -> str:
    """What has changed first, then what was put in."""
    added = words_for_added(again.lines) if again.lines else CallerSentence.REORDER_NOTHING.words()
    return " ".join([*again.changes, added])


def words_for_taken_up(cart: Cart) -> str:
    return CallerSentence.LOST_CART_TAKEN.words(lines=words_for_lines(cart.lines))


def words_for_progress(order: Order, now: datetime) -> str:
    """Where an order is; neither its number nor its total."""
    if order.status in AFTER_THE_KITCHEN:
        return AFTER_THE_KITCHEN[order.status].words(restaurant=order.restaurant_name)
    if order.ready_at <= now:
        return CallerSentence.ORDER_IS_DUE.words(restaurant=order.restaurant_name)
    if order.fulfilment.requested_at is not None:
        day, time = words_for_day(order.ready_at, now, order.timezone), words_for_time(order.ready_at, order.timezone)
        return CallerSentence.ORDER_IS_COOKING_FOR.words(restaurant=order.restaurant_name, day=day, time=time)
    minutes = str(max(1, minutes_until(order.ready_at, now)))
    return CallerSentence.ORDER_IS_COOKING.words(restaurant=order.restaurant_name, minutes=minutes)


def words_for_cancelling_elsewhere(restaurant: Restaurant | None, order: Order) -> str:
    """Where the number has no PIN, only the restaurant can."""
    if restaurant is None or not restaurant.phone:
        return CallerSentence.CANCEL_BY_RESTAURANT.words(restaurant=order.restaurant_name)
    phone = format_phone(restaurant.phone)
    return CallerSentence.CANCEL_BY_RESTAURANT_AT.words(restaurant=order.restaurant_name, phone=phone)


def words_for_diet_warnings(dishes: Sequence[MenuItem], tags: Sequence[str]) -> list[str]:
    """Of the first tag that a dish is not marked with; no mark is no yes."""
    unmarked: dict[str, list[str]] = {}
    for item in (dish for dish in dishes if not set(tags) <= set(dish.dietary_tags)):
        names = unmarked.setdefault(next(tag for tag in tags if tag not in item.dietary_tags), [])
        names += [item.name] if item.name not in names else []
    return [
        Sentence.DIET_NO.words(dish=names[0], tag=tag)
        if len(names) == 1
        else Sentence.DIET_NO_SEVERAL.words(dish_names=both(names), tag=tag)
        for tag, names in unmarked.items()
    ]


def words_for_allergy_warnings(dishes: Sequence[MenuItem], allergy: str) -> list[str]:
    """Of the dishes that list what the caller is allergic to."""
    return list(dict.fromkeys(words_for_listed_allergens(dish) for dish in dishes if lists_any(dish, allergy)))
