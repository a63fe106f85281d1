"""What the agent says, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.errors import EmptyCart
from phone_agent.ordering.matching import match_item
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Order, Quote, make_quote
from phone_agent.ordering.search import find_items, find_restaurants
from phone_agent.ordering.selection import ItemRequest, OptionRequest, line_for
from phone_agent.ordering.wording import (
    both,
    either,
    format_usd,
    words_for_added,
    words_for_allergens,
    words_for_cart,
    words_for_diet,
    words_for_found,
    words_for_menu,
    words_for_no_restaurant_there,
    words_for_order,
    words_for_person,
    words_for_price,
    words_for_profile,
    words_for_removed,
    words_for_restaurants,
    words_for_section,
)
from phone_agent.ordering.wording_callers import words_for_diet_warnings, words_for_hello
from tests.builders import read_back_of

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


@pytest.fixture
def cart(food_court: Menu) -> Cart:
    requests = (
        ItemRequest("caesar salad", options=(OptionRequest("croutons", "no"), OptionRequest("chicken"))),
        ItemRequest("grilled salmon", 2),
    )
    cart = Cart("cart")
    for number, request in enumerate(requests):
        cart = cart.add(line_for(request, food_court, line_id=str(number)))
    return cart


@pytest.fixture
def quote(food_court: Menu, cart: Cart) -> Quote:
    restaurant = food_court.restaurant(str(cart.restaurant_id))
    return make_quote(cart, restaurant, quote_id="quote", call_id="call", now=NOON)


def order_from(quote: Quote, number: int) -> Order:
    return Order(
        id="order", number=number, profile_id="p", restaurant_id=quote.restaurant_id,
        restaurant_name=quote.restaurant_name, timezone=quote.timezone, lines=quote.lines, totals=quote.totals,
        status="confirmed", channel="phone", placed_at=NOON, ready_at=quote.ready_at, confirmed_by="keypad",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "$0.00"), (5, "$0.05"), (899, "$8.99"), (3198, "$31.98"), (123456, "$1234.56")]
)
def test_money_is_written_as_on_a_screen(cents: int, text: str) -> None:
    assert format_usd(cents) == text


@given(cents=st.integers(0, 10**9))
def test_written_money_reads_back_as_the_same_cents(cents: int) -> None:
    assert int(format_usd(cents).removeprefix("$").replace(".", "")) == cents


@pytest.mark.parametrize(
    ("parts", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b, and c")]
)
def test_lists_are_said_as_a_person_says_them(parts: list[str], words: str) -> None:
    assert both(parts) == words
    assert either(parts) == words.replace(" and ", " or ")


def test_greeting_says_that_it_is_automated() -> None:
    assert words_for_hello("Rivera Household", is_recorded=False) == (
        "Hi Rivera Household, I'm the automated assistant. What would you like?"
    )
    assert "automated" in words_for_hello(None, is_recorded=False)


def test_profile_is_told_as_far_as_it_is_known() -> None:
    assert words_for_profile("Rivera Household", "Orlando, FL", ("cheesecake", "seafood")) == (
        "You are the Rivera Household in Orlando, FL, and you like cheesecake and seafood. What would you like today?"
    )
    assert "Orlando" not in words_for_profile("Rivera Household", "Orlando, FL", ())
    assert "nothing saved" in words_for_profile(None, "", ())


def test_added_lines_are_said_with_their_options(cart: Cart) -> None:
    assert words_for_added(cart.lines) == (
        "Added 1 Caesar Salad with no croutons and grilled chicken and 2 Grilled Salmon. Anything else?"
    )


def test_cart_is_said_with_its_subtotal(cart: Cart) -> None:
    assert words_for_cart(cart).endswith("2 Grilled Salmon. That is $58.97 before tax.")
    assert words_for_cart(Cart("empty")) == "Your cart is empty. What would you like?"


def test_removing_the_last_line_says_that_the_cart_is_empty(cart: Cart) -> None:
    assert words_for_removed(cart.lines[0], cart) == "Removed Caesar Salad. Anything else?"
    assert words_for_removed(cart.lines[0], Cart("empty")) == "Removed Caesar Salad. Your cart is empty now."


def test_read_back_says_lines_tax_total_and_time(quote: Quote) -> None:
    assert read_back_of(quote, NOON) == (
        "You have 1 Caesar Salad with no croutons and grilled chicken and 2 Grilled Salmon from Harbor House. "
        "With $3.83 tax that is $62.80, for pickup, ready in about 25 minutes."
    )


def test_read_back_counts_the_minutes_from_when_it_is_said(quote: Quote) -> None:
    assert read_back_of(quote, NOON + timedelta(minutes=5)).endswith("ready in about 20 minutes.")
    assert read_back_of(quote, NOON + timedelta(hours=2)).endswith("ready in about 1 minute.")


def test_empty_cart_gives_no_quote(food_court: Menu) -> None:
    with pytest.raises(EmptyCart, match="Your cart is empty"):
        make_quote(Cart("empty"), food_court.restaurants[0], quote_id="q", call_id="c", now=NOON)


def test_kitchen_reads_what_is_left_out_in_the_option_itself(quote: Quote) -> None:
    assert [option.label for option in quote.lines[0].options] == ["no croutons", "grilled chicken"]


def test_unit_price_is_the_dish_and_its_options(food_court: Menu, quote: Quote) -> None:
    for copy in quote.lines:
        options = sum(option.price_cents for option in copy.options)

        assert copy.unit_price_cents == food_court.item(copy.menu_item_id).price_cents + options


@pytest.mark.parametrize(("number", "digits"), [(7, "007"), (107, "107"), (1000, "1000")])
def test_order_number_has_three_digits(quote: Quote, number: int, digits: str) -> None:
    words = words_for_order(order_from(quote, number), NOON)

    assert words == f"Thank you! Your order number is #{digits}; it is ready in about 25 minutes."


def test_order_that_is_ready_says_so(quote: Quote) -> None:
    words = words_for_order(order_from(quote, 12), NOON + timedelta(minutes=26))

    assert words == "Your order number is #012; it is ready now."


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("vanilla cheesecake", "I have Vanilla Cheesecake for $7.95. Shall I add it?"),
        ("curry", "I have Green Curry for $14.25 and Red Curry for $14.25. Which would you like?"),
        ("sushi", "I couldn't find that. What else would you like?"),
        (
            "pumpkin cheesecake",
            "Pumpkin Cheesecake is sold out today. I do have Strawberry Cheesecake for $8.50, "
            "Vanilla Cheesecake for $7.95, and Chocolate Cheesecake for $8.95.",
        ),
    ],
)
def test_found_dishes_are_said_with_their_price(food_court: Menu, query: str, words: str) -> None:
    assert words_for_found(query, find_items(food_court, query), food_court) == words


@pytest.mark.parametrize("place", ["Cheesecake Factory", "the cheesecake factory", "Joe's Diner"])
def test_dish_from_an_unknown_restaurant_is_offered_from_a_known_one(food_court: Menu, place: str) -> None:
    query = f"strawberry cheesecake from {place}"
    words = words_for_found(query, find_items(food_court, "strawberry cheesecake"), food_court)

    assert words == (
        "I don't know that restaurant, but Cheesecake Corner has Strawberry Cheesecake for $8.50. Would you like that?"
    )


@pytest.mark.parametrize("query", ["strawberry cheesecake from Cheesecake Corner", "strawberry cheesecake from you"])
def test_dish_from_a_known_restaurant_is_simply_offered(food_court: Menu, query: str) -> None:
    assert words_for_found(query, find_items(food_court, query), food_court).startswith("I have Strawberry Cheesecake")


def test_dishes_of_a_diet_are_said_to_be_marked_so(food_court: Menu) -> None:
    words = words_for_found("anything vegan", find_items(food_court, "anything vegan"), food_court)

    assert words.startswith("These are marked as vegan: Apple Pie for $6.50, ")


def test_at_most_three_dishes_are_said(food_court: Menu) -> None:
    words = words_for_found("vegan", find_items(food_court, "vegan", limit=5), food_court)

    assert words.count("$") == 3


def test_nothing_found_offers_the_nearest(food_court: Menu) -> None:
    words = words_for_found("veal curry", (), food_court)

    assert words == "I couldn't find that. The nearest I have is Green Curry for $14.25 and Red Curry for $14.25."


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("thai", "There is Lotus Garden. Would you like to hear the menu?"),
        ("Cheesecake Factory", "I don't know that restaurant; the nearest is Cheesecake Corner. Would you"),
        ("sushi", "I couldn't find a restaurant like that. I order from 7 restaurants, for example Cheesecake Corner,"),
    ],
)
def test_restaurants_are_said_by_name(food_court: Menu, asked: str, words: str) -> None:
    assert words_for_restaurants(asked, find_restaurants(food_court, asked), food_court).startswith(words)


def test_menu_is_said_by_section_and_then_by_dish(food_court: Menu) -> None:
    lotus = food_court.restaurants[1]
    curries = lotus.sections[2]

    assert words_for_menu(lotus, food_court.restaurants) == (
        "Lotus Garden has Appetizers, Noodles, and Curries. Which would you like to hear?"
    )
    assert words_for_section(curries, curries.items, has_more=False) == (
        "In Curries: Green Curry for $14.25 and Red Curry for $14.25. Which would you like?"
    )


def test_price_starts_somewhere_where_a_choice_costs_more(food_court: Menu) -> None:
    pizza, curry = match_item(food_court.items, "mushroom pizza"), match_item(food_court.items, "green curry")

    assert words_for_price(pizza) == "Mushroom Pizza starts at $13.00. Shall I add it?"
    assert words_for_price(curry) == "Green Curry is $14.25. Shall I add it?"


def test_restaurants_by_the_dozen_are_counted_and_three_of_them_named(food_court: Menu) -> None:
    two = food_court.restaurants[:2]

    assert words_for_menu(None, food_court.restaurants) == (
        "I order from 7 restaurants, for example Cheesecake Corner, Lotus Garden, and Harbor House. "
        "Which one would you like?"
    )
    assert words_for_menu(None, two) == "I order from Cheesecake Corner and Lotus Garden. Which one would you like?"
    assert words_for_no_restaurant_there(food_court) == (
        "I have no restaurant there, only in Orlando. What would you like?"
    )


def test_what_is_nearest_stays_within_the_given_restaurants(food_court: Menu) -> None:
    words = words_for_found("veal curry", (), food_court, nearby=food_court.restaurants[2:])

    assert words == "I couldn't find that. What else would you like?"


def test_who_asks_for_a_person_hears_the_number_of_the_restaurant(food_court: Menu) -> None:
    assert words_for_person(food_court.restaurants[2]).endswith("You can call Harbor House at 407-555-0133.")
    assert words_for_person(replace(food_court.restaurants[2], phone="")) == words_for_person(None)
    assert words_for_person(replace(food_court.restaurants[2], phone="+442079460958")).endswith("+442079460958.")


def test_diet_is_answered_by_the_mark_only(food_court: Menu) -> None:
    chowder = match_item(food_court.items, "clam chowder")

    assert words_for_diet(chowder, "vegan").startswith("The Clam Chowder is not marked as vegan.")
    assert words_for_diet(chowder, "nut-free").startswith("The Clam Chowder is marked as nut-free on the menu.")


def test_allergens_are_listed_with_a_warning(food_court: Menu) -> None:
    chowder = match_item(food_court.items, "clam chowder")

    assert words_for_allergens(chowder) == (
        "The Clam Chowder contains shellfish, milk, and wheat. For a serious allergy, please call the restaurant."
    )
    assert "No allergens are listed" in words_for_allergens(replace(chowder, allergens=()))


def test_dishes_that_do_not_suit_a_diet_are_named_in_one_sentence(food_court: Menu) -> None:
    lines = [LineItem("1", match_item(food_court.items, name)) for name in ("grilled salmon", "clam chowder")]

    assert words_for_diet_warnings([line.item for line in (*lines, lines[0])], ("vegetarian",)) == [
        "Grilled Salmon and Clam Chowder are not marked as vegetarian."
    ]
