"""What options cost: by size, by count, on a half, in a combo; and what cannot be had."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.cart import Amount, Cart, Half, LineItem
from phone_agent.ordering.errors import NotUnderstood, OptionMissing, OptionUnknown, OrderingError, SoldOut, TooMany
from phone_agent.ordering.selection import ItemRequest, OptionRequest, changed_line, line_for
from phone_agent.ordering.taking import sort_out
from phone_agent.ordering.wording import words_for_line
from tests.ordering.menus import SIZE, TOPPINGS, the_corner

MENU = the_corner()


def option(name: str, amount: Amount = "regular", count: int | None = None, half: Half | None = None) -> OptionRequest:
    return OptionRequest(name, amount, count, half)


def line(dish: str, *options: OptionRequest | str, quantity: int = 1, other_half: str = "") -> LineItem:
    requests = tuple(OptionRequest(o) if isinstance(o, str) else o for o in options)
    return line_for(ItemRequest(dish, quantity, requests, other_half=other_half), MENU, line_id="1")


@pytest.mark.parametrize(
    ("dish", "options", "words", "cents"),
    [
        ("garden", ["small", "olives"], "1 small Garden Pizza with olives", 1100 + 125),
        ("garden", ["large", "olives"], "1 large Garden Pizza with olives", 1500 + 175),
        ("garden", ["large", "bacon"], "1 large Garden Pizza with bacon", 1500 + 150),
        ("garden", ["small", option("olives", half="left")], "1 small Garden Pizza, half olives", 1100 + 63),
        ("garden", ["large", option("olives", half="left")], "1 large Garden Pizza, half olives", 1500 + 88),
        (
            "garden",
            ["large", option("olives", half="left"), option("bacon", half="right")],
            "1 large Garden Pizza, half olives, half bacon",
            1500 + 88 + 75,
        ),
        (
            "garden",
            ["small", option("olives", "extra", half="left"), option("bacon", half="left"), option("cheese", "no")],
            "1 small Garden Pizza with no cheese, half extra olives and bacon",
            1100 + 63 + 75,
        ),
        ("garden", ["small", option("cheese", "no", half="right")], "1 small Garden Pizza, half without cheese", 1100),
        (
            "garden",
            ["small", option("bacon", half="left"), option("bacon", half="right")],
            "1 small Garden Pizza with bacon",
            1250,
        ),
        ("coffee", [option("shot", count=3)], "1 Coffee with 3 shots", 300 + 285),
        ("coffee", [option("shots", "extra", count=2)], "1 Coffee with 2 extra shots", 300 + 190),
        ("coffee", [option("syrup", count=2)], "1 Coffee with double syrup", 300 + 120),
        ("coffee", [option("syrup", count=0)], "1 Coffee with no syrup", 300),
        ("garden", [option("large", "double")], "1 large Garden Pizza", 1500),
        ("garden", [option("large", "extra", count=2)], "1 large Garden Pizza", 1500),
    ],
)
def test_options_are_priced_and_said(dish: str, options: list[OptionRequest | str], words: str, cents: int) -> None:
    chosen = line(dish, *options)

    assert (words_for_line(chosen), chosen.unit_price_cents) == (words, cents)


@pytest.mark.parametrize("no", [option("large", "no"), option("large", count=0)])
def test_a_size_cannot_be_left_out(no: OptionRequest) -> None:
    with pytest.raises(OptionUnknown, match="What size"):
        line("garden", "small", no)


def test_another_size_reprices_what_depends_on_it() -> None:
    small = line("garden", "small", "olives", quantity=2)

    large = changed_line(small, MENU, options=[OptionRequest("large")])

    assert (small.total_cents, large.total_cents) == (2 * 1225, 2 * 1675)
    assert words_for_line(large) == "2 large Garden Pizzas with olives"


@pytest.mark.parametrize(("rule", "large"), [("dearer", 1750), ("average", 1625)])
def test_two_halves_cost_what_their_rule_says(rule: str, large: int) -> None:
    menu = the_corner(garden={"half_price": rule}, farmer={"half_price": rule})
    request = ItemRequest("garden pizza", 1, (OptionRequest("large"),), other_half="farmer pizza")

    halved = line_for(request, menu, line_id="1")

    assert halved.unit_price_cents == large
    assert words_for_line(halved) == "1 large Pizza, half Garden, half Farmer"


def test_halves_are_the_same_dish_either_way_round() -> None:
    one = line("garden", "small", option("olives", half="left"), option("bacon"), other_half="farmer")
    other = line("farmer", "small", "bacon", option("olives", half="right"), other_half="garden")

    assert one.is_same_dish(other)
    assert one.unit_price_cents == other.unit_price_cents


def test_two_equal_halves_are_one_dish() -> None:
    assert line("garden", "small", other_half="garden").other_half is None


def test_a_dish_that_is_sold_whole_has_no_halves() -> None:
    with pytest.raises(OptionUnknown, match="can't make the Garden Pizza and the Calzone in one"):
        line("garden", "small", other_half="calzone")


def test_halves_need_a_size_that_both_have() -> None:
    menu = the_corner(farmer={"option_groups": []})
    request = ItemRequest("garden pizza", 1, (OptionRequest("large"),), other_half="farmer pizza")

    with pytest.raises(OptionUnknown, match="in one"):
        line_for(request, menu, line_id="1")


def test_another_dish_takes_the_place_of_both_halves() -> None:
    halved = line("garden", "large", other_half="farmer")

    assert words_for_line(changed_line(halved, MENU, item="farmer pizza")) == "1 large Farmer Pizza"


def test_most_of_a_group_counts_for_each_half() -> None:
    of_two = the_corner(garden={"option_groups": [SIZE, TOPPINGS | {"max": 2}]})
    both = [option("olives", half="left"), option("bacon", half="left"), option("bacon", half="right")]

    assert line("garden", "small", *both).unit_price_cents == 1100 + 63 + 150
    with pytest.raises(TooMany, match="at most 2"):
        line_for(ItemRequest("garden pizza", 1, (OptionRequest("small"), *both)), of_two, line_id="1")


def test_what_has_no_halves_is_not_put_on_one() -> None:
    with pytest.raises(OptionUnknown, match="I can only put shot on the whole Coffee"):
        line("coffee", option("shot", half="left"))


def test_more_pieces_than_a_dish_takes_are_refused() -> None:
    with pytest.raises(TooMany, match="I can add shot at most 3 times"):
        line("coffee", option("shot", count=4))


def test_an_option_that_is_out_names_the_others() -> None:
    with pytest.raises(SoldOut, match=r"out of truffle today\. You can have cheese, olives, or bacon"):
        line("garden", "small", "truffle")


def test_leaving_out_what_is_out_is_no_error() -> None:
    assert line("garden", "small", option("truffle", "no")).unit_price_cents == 1100


def test_a_combo_asks_for_what_is_open_and_is_said_whole() -> None:
    with pytest.raises(OptionMissing, match="What drink would you like for the Lunch Deal: Cola or Tea"):
        line("lunch deal")
    deal = line("lunch deal", "tea", quantity=2)

    assert (words_for_line(deal), deal.total_cents) == ("2 Lunch Deal with Tea", 2 * 1450)
    assert [chosen.modifier.label for chosen in deal.modifiers] == ["Calzone", "Tea"]


def test_a_dish_that_is_sold_out_is_not_in_the_combo_either() -> None:
    menu = the_corner(cola={"is_available": False})
    found = sort_out([ItemRequest("lunch deal")], menu, new_id=str, nearby=menu.restaurants, cart_restaurant_id=None)

    assert found.questions[0].candidates == ("Tea",)
    with pytest.raises(SoldOut, match=r"out of Cola today\. You can have Tea"):
        line_for(ItemRequest("lunch deal", options=(OptionRequest("cola"),)), menu, line_id="1")


def test_a_combo_has_the_allergens_of_its_dishes() -> None:
    (deal,) = (item for item in MENU.items if item.is_combo)

    assert deal.allergens == ("caffeine",)


def test_unknown_other_half_is_not_guessed() -> None:
    with pytest.raises(NotUnderstood):
        line("garden", "small", other_half="sushi")


NAMES = ["small", "large", "cheese", "olives", "bacon", "shot", "syrup", "cola", "tea"]
REQUESTS = st.builds(
    OptionRequest,
    st.sampled_from(NAMES),
    st.sampled_from(["no", "light", "regular", "extra", "double"]),
    st.none() | st.integers(0, 3),
    st.sampled_from([None, "left", "right"]),
)
ORDERS = st.builds(
    ItemRequest,
    st.sampled_from(["garden pizza", "farmer pizza", "calzone", "coffee", "lunch deal"]),
    st.integers(1, 3),
    st.lists(REQUESTS, max_size=4).map(tuple),
    other_half=st.sampled_from(["", "", "garden pizza", "farmer pizza"]),
)


def put_in(requests: list[ItemRequest]) -> Cart:
    """Those that can be had."""
    cart = Cart("cart")
    for number, request in enumerate(requests):
        try:
            cart = cart.add(line_for(request, MENU, line_id=str(number)))
        except OrderingError:
            continue
    return cart


@given(data=st.data(), requests=st.lists(ORDERS, max_size=6))
def test_subtotal_does_not_depend_on_the_order_of_the_dishes(data: st.DataObject, requests: list[ItemRequest]) -> None:
    shuffled = data.draw(st.permutations(requests))

    assert put_in(requests).subtotal_cents == put_in(shuffled).subtotal_cents >= 0


@given(
    data=st.data(),
    names=st.lists(st.sampled_from(["olives", "bacon", "cheese"]), unique=True),
    halves=st.lists(st.sampled_from([None, "left", "right"]), min_size=3, max_size=3),
)
def test_equal_lines_merge_in_whatever_order_options_are_named(
    data: st.DataObject, names: list[str], halves: list[Half | None]
) -> None:
    options = [option(name, half=half) for name, half in zip(names, halves, strict=False)]
    one = line("garden", "small", *options)
    other = replace(line("garden", *data.draw(st.permutations([*options, option("small")]))), id="2")

    cart = Cart("cart").add(one).add(other)

    assert [held.quantity for held in cart.lines] == [2]
    assert cart.subtotal_cents == 2 * one.unit_price_cents


@given(
    data=st.data(),
    edits=st.lists(st.tuples(st.integers(1, 9), st.lists(REQUESTS, max_size=3)), min_size=3, max_size=3),
)
def test_subtotal_does_not_depend_on_the_order_of_the_edits(
    data: st.DataObject, edits: list[tuple[int, list[OptionRequest]]]
) -> None:
    """One edit for each line, in any order."""
    dishes = ("garden pizza", "coffee", "lunch deal")
    owns = ("large", "shot", "tea")
    orders = [ItemRequest(dish, 1, (OptionRequest(own),), note=dish) for dish, own in zip(dishes, owns, strict=True)]

    def edited(places: list[int]) -> Cart:
        cart = put_in(orders)
        for place in places:
            quantity, options = edits[place]
            try:
                held = cart.line(str(place))
                cart = cart.change(held.id, changed_line(held, MENU, quantity=quantity, options=options))
            except OrderingError:
                continue
        return cart

    one, other = edited([0, 1, 2]), edited(data.draw(st.permutations([0, 1, 2])))

    assert one.subtotal_cents == other.subtotal_cents == sum(held.total_cents for held in one.lines)
    assert all(held.unit_price_cents >= 0 for held in one.lines)
