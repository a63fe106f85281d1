"""What is ordered again, from the menu as it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.options import OptionRequest
from phone_agent.ordering.order import Order, make_quote
from phone_agent.ordering.selection import ItemRequest, line_for
from phone_agent.ordering.usual import last_of, order_again, request_like, usual_of
from phone_agent.ordering.wording import words_for_lines
from phone_agent.ordering.wording_callers import (
    words_for_hello,
    words_for_history,
    words_for_progress,
    words_for_reordered,
)
from tests.builders import NOON, a_cart, a_menu, a_thai_cart, item_named, with_item
from tests.ordering.menus import the_corner

MENU = a_menu()


def an_order(cart: Cart, days_ago: int = 0, menu: Menu = MENU) -> Order:
    restaurant = menu.restaurant(str(cart.restaurant_id))
    at = NOON - timedelta(days=days_ago)
    quote = make_quote(cart, restaurant, quote_id="q", call_id="c", now=at)
    return Order(
        id=f"o{days_ago}", number=1, profile_id="p", restaurant_id=restaurant.id, restaurant_name=restaurant.name,
        timezone=restaurant.timezone, lines=quote.lines, totals=quote.totals, status="confirmed", channel="phone",
        placed_at=at, ready_at=quote.ready_at, confirmed_by="voice",
    )  # fmt: skip


def test_what_is_ordered_most_is_the_usual() -> None:
    orders = [an_order(a_cart(MENU), 1), an_order(a_thai_cart(MENU), 2), an_order(a_thai_cart(MENU), 3)]
    usual = usual_of(orders)

    assert usual is orders[1]
    assert last_of(orders) is orders[0]


def test_one_order_makes_no_usual_and_a_cancelled_one_does_not_count() -> None:
    once = [an_order(a_cart(MENU), 1)]

    assert usual_of(once) is None
    assert usual_of([*once, replace(once[0], status="cancelled")]) is None
    assert last_of([replace(once[0], status="cancelled")]) is None


def test_every_option_amount_and_note_comes_back() -> None:
    cart = a_thai_cart(MENU)
    again = order_again(an_order(cart), MENU, NOON)

    assert again.changes == ()
    assert words_for_lines(again.lines) == words_for_lines(cart.lines)
    assert again.lines[0].total_cents == cart.lines[0].total_cents


def test_a_new_price_is_said_and_taken() -> None:
    dearer = with_item(MENU, replace(item_named(MENU, "Grilled Salmon"), price_cents=2500))
    again = order_again(an_order(a_cart(MENU)), dearer, NOON)

    assert again.changes == ("The Grilled Salmon is $25.00 now.",)
    assert [line.unit_price_cents for line in again.lines] == [899, 2500]


def test_a_dish_that_is_gone_or_sold_out_is_said_and_left_out() -> None:
    order = an_order(a_cart(MENU))
    sold_out = with_item(MENU, replace(item_named(MENU, "Grilled Salmon"), is_available=False))

    assert words_for_reordered(order_again(order, sold_out, NOON)).startswith(
        "Grilled Salmon is not available now. Added"
    )
    assert order_again(order, Menu(MENU.restaurants[1:]), NOON).lines == ()
    gone = words_for_reordered(order_again(order, Menu(MENU.restaurants[1:]), NOON))
    assert gone.startswith("Caesar Salad is no longer on the menu. Grilled Salmon is no longer on the menu.")
    assert gone.endswith("What would you like instead?")


def test_an_option_that_is_gone_is_said() -> None:
    pad_thai = item_named(MENU, "Pad Thai")
    spice, extras = pad_thai.option_groups
    fewer = replace(extras, modifiers=tuple(m for m in extras.modifiers if m.label != "Peanuts"))
    again = order_again(
        an_order(a_thai_cart(MENU)), with_item(MENU, replace(pad_thai, option_groups=(spice, fewer))), NOON
    )

    assert "The Pad Thai no longer comes with double Peanuts." in again.changes
    assert [line.item.name for line in again.lines] == ["Pad Thai"]


def test_history_names_dishes_and_nothing_else() -> None:
    words = words_for_history([an_order(a_thai_cart(MENU)), an_order(a_cart(MENU), 1)])

    assert words == ("Last time you had Pad Thai, and before that Caesar Salad and Grilled Salmon. The last one again?")


def test_progress_says_where_an_order_is() -> None:
    order = an_order(a_cart(MENU))

    assert words_for_progress(order, NOON) == "Your order from The Grill is in the kitchen, ready in about 25 minutes."
    assert "any moment" in words_for_progress(order, NOON + timedelta(hours=1))
    assert words_for_progress(replace(order, status="ready"), NOON) == "Your order from The Grill is ready."
    assert "on its way" in words_for_progress(replace(order, status="out_for_delivery"), NOON)


ROUND_THE_CLOCK = {"hours": {"day_parts": {"breakfast": "06:00-11:00"}}}
HALVES = ItemRequest(
    "Garden Pizza", 2,
    (OptionRequest("large"), OptionRequest("bacon", half="right"), OptionRequest("olives", "double", half="left")),
    other_half="Farmer Pizza",
)  # fmt: skip


def a_corner_cart(menu: Menu, *requests: ItemRequest) -> Cart:
    return Cart("cart", tuple(line_for(one, menu, line_id=str(n)) for n, one in enumerate(requests)))


@pytest.mark.parametrize(
    "asked",
    [HALVES, replace(HALVES, other_half=""), replace(HALVES, item_name="Farmer Pizza", other_half="Garden Pizza")],
)
def test_a_pizza_in_halves_comes_back_as_it_was(asked: ItemRequest) -> None:
    menu = the_corner(place=ROUND_THE_CLOCK)
    cart = a_corner_cart(menu, asked)
    again = order_again(an_order(cart, menu=menu), menu, NOON)

    assert again.changes == ()
    assert [replace(line, id="0") for line in again.lines] == list(cart.lines)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"is_available": False}, "Pizza, half Garden, half Farmer is not available now."),
        ({"half_price": None}, "Pizza, half Garden, half Farmer is no longer on the menu."),
        ({"name": "Meat Pizza"}, "Pizza, half Garden, half Farmer is no longer on the menu."),
    ],
)
def test_of_a_pizza_in_halves_both_must_still_be_there(changed: dict[str, Any], said: str) -> None:
    before, now = (
        the_corner(place=ROUND_THE_CLOCK),
        the_corner(place=ROUND_THE_CLOCK, farmer=changed, calzone={"half_price": "dearer"}),
    )
    again = order_again(an_order(a_corner_cart(before, HALVES), menu=before), now, NOON)

    assert (again.lines, again.changes) == ((), (said,))


def test_what_would_have_been_said_for_halves_makes_them_again() -> None:
    menu = the_corner()
    (line,) = a_corner_cart(menu, HALVES).lines

    assert line_for(request_like(line, menu), menu, line_id="0") == line


def test_a_lost_pizza_in_halves_is_named_by_both() -> None:
    words = words_for_hello(None, is_recorded=False, lost=a_corner_cart(the_corner(), HALVES))

    assert "You were ordering Pizza, half Garden, half Farmer. Shall I go on with that?" in words
