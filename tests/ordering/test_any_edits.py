"""Whatever is done to an order: it keeps to one restaurant, within its limits, at the price of its lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import get_args

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from phone_agent.ordering.cart import MOST_PER_LINE, MOST_PER_ORDER, Amount, Cart, Half, LineItem
from phone_agent.ordering.errors import OrderingError
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.ordering.order import make_quote
from phone_agent.ordering.selection import ItemRequest, OptionRequest, changed_line, line_for
from phone_agent.ordering.wishes import NO_WISHES, Fulfilment, Tip
from tests.builders import NOON
from tests.ordering.menus import PLACE, the_corner_text

OPEN = {"hours": {"day_parts": PLACE["hours"]["day_parts"]}, "capacity": None}
"""At every hour, so that each order can be quoted."""


def two_restaurants() -> str:
    """The same dishes in both, for the dearer half's price here and for the average there."""
    here = json.loads(the_corner_text(place=OPEN))
    average = {"half_price": "average"}
    place = OPEN | {"id": "there", "name": "Over There"}
    there = json.loads(the_corner_text(place=place, garden=average, farmer=average))
    for place in (here["restaurants"][0], there["restaurants"][0]):
        place.pop("capacity")
    there["restaurants"][0]["numbers"] = []
    return json.dumps({"format": 1, "restaurants": here["restaurants"] + there["restaurants"]})


MENU = parse_menu(two_restaurants())
PLACES = st.sampled_from([place.name for place in MENU.restaurants])
PLAIN = st.sampled_from(["Calzone", "Coffee", "Cola"])
"""With nothing to choose."""
DISHES = st.sampled_from(["Garden Pizza", "Farmer Pizza", "Calzone", "Coffee", "Cola", "Lunch Deal", "Red Wine"])
CHOICES = st.sampled_from(["small", "large", "cheese", "olives", "bacon", "truffle", "shot", "syrup", "tea"])
OPTIONS = st.lists(
    st.builds(
        OptionRequest,
        CHOICES,
        st.sampled_from(get_args(Amount)),
        st.none() | st.integers(0, 4),
        st.none() | st.sampled_from(get_args(Half)),
    ),
    max_size=3,
).map(tuple)
HALVES = st.sampled_from(["", "", "Garden Pizza", "Farmer Pizza", "Calzone"])
COUNTS = st.sampled_from([1, 1, 2, 3, 9, 20, 21, 0, -1])
NUMBERS = st.integers(0, 9)


class AnyEdits(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.cart = Cart("cart")
        self.wishes = NO_WISHES
        self.made = 0

    def _edit(self, change: Callable[[Cart], Cart]) -> None:
        """What is refused changes nothing."""
        try:
            self.cart = change(self.cart)
        except OrderingError:
            return

    def _line(self, place: int) -> LineItem:
        return self.cart.numbered(place % max(1, len(self.cart.lines)) + 1)

    @rule(dish=DISHES, place=PLACES, quantity=COUNTS, options=OPTIONS, other_half=HALVES)
    def add(self, dish: str, place: str, quantity: int, options: tuple[OptionRequest, ...], other_half: str) -> None:
        request = ItemRequest(dish, quantity, options, "", place, other_half)
        self.made += 1
        self._edit(lambda cart: cart.add(line_for(request, MENU, line_id=str(self.made))))

    @rule(at=NUMBERS, quantity=st.none() | COUNTS, options=OPTIONS, other_half=HALVES)
    def change(self, at: int, quantity: int | None, options: tuple[OptionRequest, ...], other_half: str) -> None:
        def changed(cart: Cart) -> Cart:
            line = self._line(at)
            new = changed_line(line, MENU, quantity=quantity, options=options, other_half=other_half or None)
            return cart.change(line.id, new)

        self._edit(changed)

    @rule(dish=PLAIN, place=PLACES, note=st.sampled_from(["", "hot", "cold"]))
    def add_as_it_comes(self, dish: str, place: str, note: str) -> None:
        self.made += 1
        self._edit(lambda cart: cart.add(line_for(ItemRequest(dish, 1, (), note, place), MENU, line_id=str(self.made))))

    @rule(at=NUMBERS, dish=PLAIN, place=PLACES)
    def swap(self, at: int, dish: str, place: str) -> None:
        """Another restaurant's dish is refused, by whatever way it comes."""

        def swapped(cart: Cart) -> Cart:
            line = self._line(at)
            return cart.change(line.id, line_for(ItemRequest(dish, 1, (), "", place), MENU, line_id=line.id))

        self._edit(swapped)

    @rule(at=NUMBERS)
    def remove(self, at: int) -> None:
        self._edit(lambda cart: cart.remove(self._line(at).id))

    @rule(percent=st.integers(0, 100), dollars=st.integers(0, 500))
    def tip(self, percent: int, dollars: int) -> None:
        self.wishes = replace(self.wishes, tip=Tip(percent, 100 * dollars))

    @rule(code=st.sampled_from(["", "WELCOME"]), is_delivered=st.booleans())
    def wish(self, code: str, is_delivered: bool) -> None:
        fulfilment = Fulfilment("delivery", None, "12 Main Street", "32801") if is_delivered else Fulfilment()
        self.wishes = replace(self.wishes, coupon=code, fulfilment=fulfilment)

    @invariant()
    def it_keeps_to_one_restaurant_and_within_its_limits(self) -> None:
        dishes = [dish for line in self.cart.lines for dish in (line.item, line.other_half or line.item)]
        assert len({dish.restaurant_id for dish in dishes}) <= 1
        assert self.cart.quantity <= MOST_PER_ORDER
        assert all(1 <= line.quantity <= MOST_PER_LINE for line in self.cart.lines)
        assert not any(one.is_same_dish(two) for one in self.cart.lines for two in self.cart.lines if one is not two)

    @invariant()
    def every_line_is_within_its_groups(self) -> None:
        for line in self.cart.lines:
            assert line.unit_price_cents >= min(line.item.price_cents, (line.other_half or line.item).price_cents) > 0
            for group in line.item.option_groups:
                mine = [chosen for chosen in line.modifiers if chosen.group_id == group.id and chosen.amount != "no"]
                for half in get_args(Half):
                    assert group.least <= sum(chosen.half in (None, half) for chosen in mine) <= group.max
                assert group.role != "size" or all((c.amount, c.count) == ("regular", 1) for c in mine)

    @invariant()
    def its_price_is_that_of_its_lines_in_any_order(self) -> None:
        backwards = reduce(Cart.add, reversed(self.cart.lines), Cart("other"))

        assert backwards.subtotal_cents == self.cart.subtotal_cents == sum(line.total_cents for line in self.cart.lines)

    @invariant()
    def a_quote_is_never_below_nothing(self) -> None:
        try:
            place = MENU.restaurant(self.cart.restaurant_id or MENU.restaurants[0].id)
            totals = make_quote(self.cart, place, quote_id="q", call_id="c", now=NOON, wishes=self.wishes).totals
        except OrderingError:
            return

        assert totals.subtotal_cents == self.cart.subtotal_cents
        assert 0 <= totals.discount_cents <= totals.subtotal_cents
        assert min(totals.tax_cents, totals.fees_cents, totals.tip_cents) >= 0
        assert totals.total_cents >= totals.subtotal_cents - totals.discount_cents


TestAnyEdits = AnyEdits.TestCase
