"""What is on the menu and yet not to be had: at this time, by phone, today."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import NotServed, SoldOut
from phone_agent.ordering.order import make_quote
from phone_agent.ordering.selection import ItemRequest, OptionRequest, changed_line, line_for
from phone_agent.ordering.serving import is_served_at, refuse_unserved_then
from phone_agent.ordering.wishes import Fulfilment, Wishes
from tests.ordering.menus import the_corner

MENU = the_corner()
NINE_IN_ORLANDO = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
NOON_IN_ORLANDO = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def test_breakfast_is_had_in_the_morning_of_the_restaurant() -> None:
    assert line_for(ItemRequest("omelet"), MENU, line_id="1", at=NINE_IN_ORLANDO).item.name == "Omelet"


def test_breakfast_at_noon_is_refused_with_other_dishes() -> None:
    with pytest.raises(NotServed, match=r"Omelet is only served for breakfast\. I do have Coffee or Cola"):
        line_for(ItemRequest("omelet"), MENU, line_id="1", at=NOON_IN_ORLANDO)


@pytest.mark.parametrize(
    ("hour", "minute", "is_served"),
    [(10, 59, False), (11, 0, True), (15, 59, True), (16, 0, False)],
)
def test_a_day_part_begins_on_time_and_ends_before_it(hour: int, minute: int, is_served: bool) -> None:
    (omelet,) = (item for item in MENU.items if item.name == "Omelet")

    assert is_served_at(omelet, MENU.restaurants[0], datetime(2026, 11, 20, hour, minute, tzinfo=UTC)) is is_served


@pytest.mark.parametrize(("hour", "is_served"), [(2, False), (3, True), (6, True), (7, False)])
def test_a_day_part_goes_past_midnight(hour: int, is_served: bool) -> None:
    menu = the_corner(tea={"day_parts": ["late"]})
    (tea,) = (item for item in menu.items if item.name == "Tea")

    assert is_served_at(tea, menu.restaurants[0], datetime(2026, 11, 21, hour, tzinfo=UTC)) is is_served


def test_wine_is_refused_by_phone() -> None:
    with pytest.raises(NotServed, match="can't sell Red Wine by phone, because your age must be checked"):
        line_for(ItemRequest("red wine"), MENU, line_id="1")


def test_a_line_cannot_be_changed_into_wine() -> None:
    tea = line_for(ItemRequest("tea"), MENU, line_id="1")

    with pytest.raises(NotServed):
        changed_line(tea, MENU, item="red wine")


def test_what_is_offered_instead_can_be_had() -> None:
    menu = the_corner(coffee={"is_available": False}, cola={"is_available": False})

    with pytest.raises(SoldOut, match=r"Coffee is sold out today\. I do have Tea or Lunch Deal"):
        line_for(ItemRequest("coffee"), menu, line_id="1", at=NOON_IN_ORLANDO)


def test_a_quote_refuses_what_is_not_served_when_it_is_wanted() -> None:
    cart = Cart("cart").add(line_for(ItemRequest("omelet"), MENU, line_id="1", at=NINE_IN_ORLANDO))
    place = replace(MENU.restaurants[0], hours=replace(MENU.restaurants[0].hours, week=()))
    at_six = Wishes(Fulfilment("pickup", NOON_IN_ORLANDO + timedelta(hours=6)))
    tomorrow = Wishes(Fulfilment("pickup", NINE_IN_ORLANDO + timedelta(days=1)))

    assert make_quote(cart, place, quote_id="q", call_id="c", now=NINE_IN_ORLANDO).lines
    assert make_quote(cart, place, quote_id="q", call_id="c", now=NOON_IN_ORLANDO, wishes=tomorrow).lines
    with pytest.raises(NotServed, match="Omelet is only served for breakfast, and your order is for today at 6:00 PM"):
        make_quote(cart, place, quote_id="q", call_id="c", now=NINE_IN_ORLANDO, wishes=at_six)
    with pytest.raises(NotServed, match="today at 12:00 PM"):
        make_quote(cart, place, quote_id="q", call_id="c", now=NOON_IN_ORLANDO)


def test_a_combo_is_refused_when_one_of_its_parts_is_not_served() -> None:
    menu = the_corner(lunch={"combo": [{"id": "main", "title": "main dish", "choices": [{"item": "omelet"}]}]})
    cart = Cart("cart").add(line_for(ItemRequest("lunch deal"), menu, line_id="1"))

    with pytest.raises(NotServed, match="Omelet is only served for breakfast"):
        refuse_unserved_then(cart, menu.restaurants[0], NOON_IN_ORLANDO, NOON_IN_ORLANDO)


LUNCH = {"combo": [{"id": "main", "title": "main dish", "choices": [{"item": "omelet"}, {"item": "calzone"}]}]}


def test_a_combo_with_a_part_of_another_day_part_is_refused_as_it_is_added() -> None:
    menu = the_corner(lunch=LUNCH)
    omelet, calzone = (ItemRequest("lunch deal", 1, (OptionRequest(name),)) for name in ("omelet", "calzone"))

    with pytest.raises(NotServed, match="Omelet is only served for breakfast"):
        line_for(omelet, menu, line_id="1", at=NOON_IN_ORLANDO)
    line = line_for(calzone, menu, line_id="1", at=NOON_IN_ORLANDO)
    with pytest.raises(NotServed, match="Omelet is only served for breakfast"):
        changed_line(line, menu, options=omelet.options, at=NOON_IN_ORLANDO)
    assert changed_line(line, menu, quantity=2, at=NOON_IN_ORLANDO).quantity == 2
    assert line_for(omelet, menu, line_id="1", at=NINE_IN_ORLANDO)
