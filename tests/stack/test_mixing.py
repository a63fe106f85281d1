"""The judge of calls at once finds what is mixed up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phone_agent.ordering.order import Order, OrderLine
from phone_agent.ordering.pricing import Totals
from phone_agent.ordering.wording import words_for_lines
from phone_agent.store.records import CallRecord, TranscriptLine
from tests.builders import NOON
from tests.stack.mixing import Kept, miscounted, mixed_up


def a_kept_call(number: str, dish: str, quantity: int = 1) -> Kept:
    line = OrderLine(f"item-{dish}", dish, quantity, 500, 500 * quantity)
    order = Order(
        f"order-{number}", 1, f"profile-{number}", "grill", "The Grill", "UTC", (line,), Totals(500 * quantity, 0),
        "confirmed", "phone", NOON, NOON, "keypad",
    )  # fmt: skip
    call = CallRecord(f"call-{number}", "room", "phone", order.profile_id, number, None, NOON, NOON, "ordered")
    said = (
        TranscriptLine(NOON, "agent", "You have 9 Fish Tacos from The Grill. With $0.00 tax that is $45.00."),
        TranscriptLine(NOON, "caller", "no"),
        TranscriptLine(NOON, "agent", f"You have {words_for_lines(order.lines)} from The Grill. That is $5.00."),
    )
    return Kept(number, quantity, dish, call, (order,), said)


SALAD = a_kept_call("+14075550121", "Caesar Salad")
ROLLS = a_kept_call("+14075550124", "Spring Rolls", 3)


def test_calls_that_were_kept_apart_are_not_mixed_up() -> None:
    assert mixed_up((SALAD, ROLLS)) == []
    assert miscounted((SALAD, ROLLS)) == []


@pytest.mark.parametrize(
    "salad",
    [
        replace(SALAD, orders=()),
        replace(SALAD, orders=(*SALAD.orders, *ROLLS.orders)),
        replace(SALAD, orders=ROLLS.orders),
        replace(SALAD, orders=(replace(SALAD.orders[0], profile_id=ROLLS.call.profile_id),)),
        replace(SALAD, orders=(replace(SALAD.orders[0], lines=SALAD.orders[0].lines + ROLLS.orders[0].lines),)),
        replace(SALAD, call=ROLLS.call),
        replace(SALAD, call=replace(SALAD.call, caller_number=None)),
        replace(SALAD, transcript=ROLLS.transcript),
        replace(SALAD, transcript=()),
        replace(SALAD, dish="Veggie Burger"),
    ],
)
def test_what_is_anothers_is_found(salad: Kept) -> None:
    assert mixed_up((salad, ROLLS))


def test_one_order_in_two_calls_is_found() -> None:
    shared = replace(ROLLS.orders[0], id=SALAD.orders[0].id)

    assert mixed_up((SALAD, replace(ROLLS, orders=(shared,)))) == ["2 calls did not make as many orders"]


def test_a_misheard_count_is_miscounted_but_not_mixed_up() -> None:
    heard_two = replace(a_kept_call(SALAD.number, SALAD.dish, 2), quantity=1)

    assert mixed_up((heard_two, ROLLS)) == []
    assert miscounted((heard_two, ROLLS)) == [SALAD.number]
