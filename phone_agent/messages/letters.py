"""The words of a text: made when it is sent, and the same each time as long as the order stays the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from phone_agent.callers.lost_carts import code_of
from phone_agent.messages.phrases import Phrases, phrases_in
from phone_agent.messages.quiet import zone_of
from phone_agent.messages.segments import MOST_SEGMENTS, in_gsm, segments_of
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.order import Order
from phone_agent.store.outbox import Matter, Outgoing

LONGEST_NAME = 40


def words_for(message: Outgoing, matter: Matter, *, phone: str, kept_until: datetime) -> str:
    """`phone`: the number that callers dial. `kept_until`: as long a lost cart is offered."""
    phrases = phrases_in(matter.language)
    name = in_gsm(matter.restaurant_name)[:LONGEST_NAME].rstrip()
    if message.kind == "call_back":
        local = kept_until.astimezone(zone_of(matter.timezone))
        time = local.strftime(phrases.time)
        code = code_of(message.cart_id or "")
        return in_gsm(phrases.call_back.format(restaurant=name, time=time, phone=phone, code=code))
    if matter.order is None:
        return ""
    number = phrases.number.format(number=f"{matter.order.number:03}")
    if message.kind == "order_placed":
        return _receipt(matter.order, phrases, name, number)
    phrase = {"ready": phrases.ready, "out_for_delivery": phrases.on_the_way}.get(message.status, phrases.cancelled)
    return in_gsm(phrase.format(restaurant=name, number=number, phone=phone))


def _receipt(order: Order, phrases: Phrases, name: str, number: str) -> str:
    """With as many dishes as fit."""
    phrase = phrases.receipt if order.arrives_at is None else phrases.receipt_delivery
    time = _time_of(order.arrives_at or order.ready_at, order, phrases)

    def with_dishes(shown: int) -> str:
        dishes = _dishes_of(order, shown, phrases.more)
        total = format_usd(order.totals.total_cents)
        return in_gsm(phrase.format(restaurant=name, number=number, dishes=dishes, total=total, time=time))

    return _longest_that_fits(with_dishes, len(order.lines))


def _longest_that_fits(with_dishes: Callable[[int], str], most: int) -> str:
    for shown in range(most, 0, -1):
        words = with_dishes(shown)
        if segments_of(words) <= MOST_SEGMENTS:
            return words
    return with_dishes(0)


def _dishes_of(order: Order, shown: int, more: str) -> str:
    named = [f"{line.quantity} {line.name}" for line in order.lines[:shown]]
    others = sum(line.quantity for line in order.lines[shown:])
    return ", ".join([*named, more.format(count=others)] if others else named)


def _time_of(at: datetime, order: Order, phrases: Phrases) -> str:
    zone = zone_of(order.timezone)
    local, placed = at.astimezone(zone), order.placed_at.astimezone(zone)
    return local.strftime(phrases.time if local.date() == placed.date() else phrases.day_and_time)
