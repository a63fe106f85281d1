"""What is said to a caller who is rung because the order is ready."""

from __future__ import annotations

from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences_ready import ReadySentence


def words_for_ready_order(order: Order) -> str:
    """Nothing of the dishes or of the caller: anybody may have come to the phone."""
    is_delivered = order.fulfilment.kind == "delivery"
    sentence = ReadySentence.READY_FOR_DELIVERY if is_delivered else ReadySentence.READY_FOR_PICKUP
    return sentence.words(restaurant=order.restaurant_name, order_number=f"{order.number:03d}")


def words_for_machine(order: Order) -> str:
    return ReadySentence.READY_MESSAGE.words(restaurant=order.restaurant_name, order_number=f"{order.number:03d}")


def words_for_way(order: Order, place: Restaurant | None) -> str:
    if place is None or not place.address:
        return ReadySentence.READY_NO_STREET.words(restaurant=order.restaurant_name)
    return ReadySentence.READY_AT_STREET.words(restaurant=place.name, street=place.address)
