"""The table of what may be said and done at which level."""

from __future__ import annotations

import pytest

from phone_agent.ordering.disclosure import NEEDED, Level, Matter, greeted_as, may

N, C, P = Level.NOBODY, Level.CALLER_ID, Level.PROVEN
TABLE = {
    Matter.GREETING_BY_NAME: {C, P},
    Matter.AREA: {C, P},
    Matter.DISHES: {C, P},
    Matter.LOST_CART: {C, P},
    Matter.PREFERENCES: {C, P},
    Matter.ORDER_STATUS: {C, P},
    Matter.FORGETTING: {C, P},
    Matter.ADDRESS: {P},
    Matter.FULL_NAME: {P},
    Matter.PAST_TOTALS: {P},
    Matter.CHANGE_OF_AN_ORDER: {P},
}
OF_THIS_CALL = {
    Matter.DISHES, Matter.ORDER_STATUS, Matter.ADDRESS, Matter.PAST_TOTALS, Matter.CHANGE_OF_AN_ORDER,
}  # fmt: skip


def test_every_matter_is_decided() -> None:
    assert set(TABLE) == set(NEEDED) == set(Matter)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("matter", Matter)
def test_a_level_may_what_the_table_says(level: Level, matter: Matter) -> None:
    assert may(level, matter) == (level in TABLE[matter])


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("matter", Matter)
def test_an_order_of_this_call_is_its_callers_own(level: Level, matter: Matter) -> None:
    assert may(level, matter, is_of_this_call=True) == (matter in OF_THIS_CALL or level in TABLE[matter])


@pytest.mark.parametrize("level", Level)
def test_a_pin_guards_forgetting_only(level: Level) -> None:
    assert may(level, Matter.FORGETTING, has_pin=True) == (level is P)
    assert may(level, Matter.DISHES, has_pin=True) == (level in TABLE[Matter.DISHES])


@pytest.mark.parametrize(
    ("name", "said"),
    [("Rivera Household", "Rivera Household"), ("Maria Lopez", "Maria"), ("Chen family", "Chen family"), ("Bo", "Bo")],
)
def test_a_full_name_is_never_said(name: str, said: str) -> None:
    assert greeted_as(name) == said
