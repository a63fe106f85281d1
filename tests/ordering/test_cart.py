"""The cart under any edits: its total, its limits, its lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.cart import MOST_PER_LINE, MOST_PER_ORDER, Amount, Cart, ChosenModifier, LineItem
from phone_agent.ordering.errors import NotUnderstood, OrderingError, OtherRestaurant, TooMany
from phone_agent.ordering.menu import MenuItem, Modifier
from tests.builders import a_menu

GRILL, THAI = a_menu().restaurants
SALAD, SALMON = GRILL.items[:2]
EGG, PEANUTS = Modifier("egg", "egg", "egg", 150), Modifier("peanuts", "peanuts", "peanuts", 75)


def a_line(
    item: MenuItem = SALAD, quantity: int = 1, line_id: str = "1", *modifiers: Modifier, note: str = ""
) -> LineItem:
    return LineItem(line_id, item, quantity, tuple(ChosenModifier("extras", m) for m in modifiers), note)


LINES = st.builds(
    lambda item, quantity, modifiers, note: a_line(item, quantity, "", *modifiers, note=note),
    st.sampled_from([SALAD, SALMON]),
    st.integers(1, 4),
    st.lists(st.sampled_from([EGG, PEANUTS]), unique=True, max_size=2),
    st.sampled_from(["", "no onions"]),
)
EDITS = st.lists(
    st.tuples(st.sampled_from(["add", "change", "remove"]), st.integers(0, 9), st.integers(-3, 30), LINES), max_size=25
)


def filled(lines: list[LineItem]) -> Cart:
    cart = Cart("cart")
    for number, line in enumerate(lines):
        cart = cart.add(replace(line, id=str(number)))
    return cart


def edited(cart: Cart, edit: tuple[str, int, int, LineItem], number: int) -> Cart:
    kind, place, quantity, line = edit
    if kind == "add":
        return cart.add(replace(line, id=f"line {number}", quantity=quantity))
    line_id = cart.lines[place % len(cart.lines)].id if cart.lines else "none"
    return cart.remove(line_id) if kind == "remove" else cart.change(line_id, replace(line, quantity=quantity))


def dishes_of(cart: Cart) -> set[tuple[str, frozenset[ChosenModifier], str, int]]:
    return {(line.item.id, frozenset(line.modifiers), line.note, line.quantity) for line in cart.lines}


@given(data=st.data(), lines=st.lists(LINES, max_size=5))
def test_total_does_not_depend_on_the_order_of_adding(data: st.DataObject, lines: list[LineItem]) -> None:
    one, other = filled(lines), filled(data.draw(st.permutations(lines)))

    assert one.subtotal_cents == other.subtotal_cents == sum(line.total_cents for line in lines)
    assert dishes_of(one) == dishes_of(other)


@given(edits=EDITS)
def test_no_edits_lead_out_of_the_limits(edits: list[tuple[str, int, int, LineItem]]) -> None:
    cart = Cart("cart")
    for number, edit in enumerate(edits):
        before = cart
        try:
            cart = edited(cart, edit, number)
        except OrderingError:
            cart = before

        assert cart.subtotal_cents >= 0
        assert cart.quantity <= MOST_PER_ORDER
        assert all(1 <= line.quantity <= MOST_PER_LINE for line in cart.lines)
        assert len({line.id for line in cart.lines}) == len(cart.lines)
        assert not any(a.is_same_dish(b) for a in cart.lines for b in cart.lines if a is not b)


@given(lines=st.lists(LINES, max_size=5))
def test_adding_and_removing_again_changes_nothing(lines: list[LineItem]) -> None:
    cart = filled(lines)

    assert cart.add(a_line(SALMON, 1, "new", note="the only one")).remove("new") == cart


@pytest.mark.parametrize(
    ("amount", "cents"), [("no", 0), ("light", 150), ("regular", 150), ("extra", 150), ("double", 300)]
)
def test_every_amount_has_its_price(amount: Amount, cents: int) -> None:
    line = LineItem("1", SALAD, 2, (ChosenModifier("extras", EGG, amount),))

    assert line.total_cents == 2 * (899 + cents)


def test_equal_lines_merge() -> None:
    cart = Cart("cart").add(a_line(SALAD, 1, "1", EGG, PEANUTS)).add(a_line(SALAD, 2, "2", PEANUTS, EGG))

    assert [(line.id, line.quantity) for line in cart.lines] == [("1", 3)]


def test_lines_with_other_options_or_notes_stay_apart() -> None:
    cart = (
        Cart("cart").add(a_line(line_id="1")).add(a_line(SALAD, 1, "2", EGG)).add(a_line(line_id="3", note="no onions"))
    )

    assert [line.id for line in cart.lines] == ["1", "2", "3"]


def test_line_changed_into_another_merges_with_it() -> None:
    cart = Cart("cart").add(a_line(line_id="1")).add(a_line(SALAD, 2, "2", EGG))

    merged = cart.change("2", a_line(SALAD, 2, "2"))

    assert [(line.id, line.quantity) for line in merged.lines] == [("1", 3)]


def test_quantity_of_nothing_removes_the_line() -> None:
    cart = Cart("cart").add(a_line(line_id="1"))

    assert cart.change("1", a_line(SALAD, 0)).is_empty


def test_21_of_one_dish_are_too_many() -> None:
    cart = Cart("cart").add(a_line(SALAD, 20))

    with pytest.raises(TooMany, match="at most 20 of one dish"):
        cart.add(a_line(SALAD, 1, "2"))


def test_51_dishes_are_too_many() -> None:
    cart = filled([a_line(SALAD, 20), a_line(SALMON, 20), a_line(SALAD, 10, "", EGG)])

    with pytest.raises(TooMany, match="at most 50 dishes"):
        cart.add(a_line(SALMON, 1, "new", EGG))


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_or_less_cannot_be_added(quantity: int) -> None:
    cart = Cart("cart").add(a_line(SALAD, 3))

    with pytest.raises(NotUnderstood, match="How many"):
        cart.add(a_line(SALAD, quantity, "2"))


def test_dish_of_another_restaurant_is_refused() -> None:
    with pytest.raises(OtherRestaurant, match="One order comes from one restaurant"):
        Cart("cart").add(a_line()).add(a_line(THAI.items[0], 1, "2"))


@pytest.mark.parametrize("edit", ["remove", "change"])
def test_line_that_is_not_there_cannot_be_edited(edit: str) -> None:
    cart = Cart("cart").add(a_line())

    with pytest.raises(NotUnderstood, match="not in your order"):
        cart.remove("7") if edit == "remove" else cart.change("7", a_line(SALMON))
