"""Which state of an order may follow which: the whole table."""

from __future__ import annotations

from itertools import product

import pytest

from phone_agent.ordering.errors import IllegalChange
from phone_agent.ordering.states import STATUSES, Status, next_status, refuse_unless_legal, status_of
from phone_agent.ordering.wishes import FulfilmentKind

LEGAL: dict[FulfilmentKind, str] = {
    "pickup": "pending>confirmed confirmed>preparing preparing>ready ready>picked_up",
    "delivery": "pending>confirmed confirmed>preparing preparing>ready ready>out_for_delivery "
    "out_for_delivery>delivered",
}
CANCELLED: dict[FulfilmentKind, str] = {
    "pickup": "pending confirmed preparing ready",
    "delivery": "pending confirmed preparing ready out_for_delivery",
}


@pytest.mark.parametrize("kind", LEGAL)
def test_one_step_on_or_cancelled_and_nothing_else(kind: FulfilmentKind) -> None:
    steps = [
        (status, following) for status, following in product(STATUSES, STATUSES) if is_legal(status, following, kind)
    ]
    expected = {tuple(step.split(">")) for step in LEGAL[kind].split()}

    assert set(steps) == expected | {(status, "cancelled") for status in CANCELLED[kind].split()}


def is_legal(status: Status, following: Status, kind: FulfilmentKind) -> bool:
    try:
        refuse_unless_legal(status, following, kind)
    except IllegalChange:
        return False
    return True


def test_a_refusal_names_both_states() -> None:
    with pytest.raises(IllegalChange, match=r"An order that is picked up cannot become out for delivery\."):
        refuse_unless_legal("picked_up", "out_for_delivery", "pickup")


@pytest.mark.parametrize("last", ["picked_up", "delivered", "cancelled"])
def test_after_the_last_state_comes_none(last: Status) -> None:
    with pytest.raises(IllegalChange):
        next_status(last, "delivery")


def test_what_another_channel_placed_is_confirmed() -> None:
    assert status_of("placed") == "confirmed"
    assert status_of("ready") == "ready"
