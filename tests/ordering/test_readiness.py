"""When an order is ready, and until when that may be promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import OrderingError, RestaurantClosed, SlotFull, TimeNotPossible
from phone_agent.ordering.hours import Hours, Opening
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.readiness import (
    NO_LOAD,
    KitchenLoad,
    Ready,
    next_free,
    prep_minutes,
    ready_for,
    slot_of,
    words_if_closed,
)
from phone_agent.ordering.selection import ItemRequest, OptionRequest, line_for
from phone_agent.ordering.terms import Capacity, DeliveryTerms
from phone_agent.ordering.wishes import PICKUP, Fulfilment
from tests.builders import a_cart, a_line, a_menu, item_named
from tests.ordering.menus import the_corner

ZONE = ZoneInfo("America/New_York")
LIFE = timedelta(minutes=10)
EVENINGS = Hours(week=tuple(Opening(day, time(16), time(22)) for day in range(6)), last_order_minutes=30)
"""Not on Sundays."""
TERMS = DeliveryTerms(("32801",), minutes=20)


def friday(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-20T{text}").replace(tzinfo=ZONE)


def the_grill(capacity: Capacity | None = None) -> Restaurant:
    return replace(a_menu().restaurants[0], hours=EVENINGS, capacity=capacity, delivery=TERMS)


def ready(
    at: str,
    *,
    wanted: Fulfilment = PICKUP,
    load: KitchenLoad = NO_LOAD,
    cart: Cart | None = None,
    capacity: Capacity | None = None,
) -> Ready:
    return ready_for(cart or a_cart(a_menu()), the_grill(capacity), wanted, load, friday(at), LIFE)


def clock(at: datetime | None) -> str | None:
    return at.astimezone(ZONE).strftime("%H:%M") if at else None


def test_an_empty_kitchen_needs_what_the_slowest_dish_needs() -> None:
    salad, salmon = (item_named(a_menu(), name) for name in ("Caesar Salad", "Grilled Salmon"))
    quick, slow = replace(salad, prep_minutes=5), replace(salmon, prep_minutes=40)

    assert clock(ready("18:00").at) == "18:25"
    assert clock(ready("18:00", cart=Cart("c").add(a_line(quick))).at) == "18:05"
    assert clock(ready("18:00", cart=Cart("c").add(a_line(quick)).add(a_line(slow))).at) == "18:40"


@pytest.mark.parametrize(
    ("request_", "minutes"),
    [
        (ItemRequest("garden pizza", 1, (OptionRequest("large"),)), 20),
        (ItemRequest("garden pizza", 1, (OptionRequest("large"),), other_half="farmer pizza"), 45),
        (ItemRequest("farmer pizza", 1, (OptionRequest("large"),), other_half="garden pizza"), 45),
        (ItemRequest("lunch deal", 1, (OptionRequest("tea"),)), 40),
        (ItemRequest("tea"), 15),
    ],
)
def test_the_slower_half_and_the_slowest_part_of_a_combo_count(request_: ItemRequest, minutes: int) -> None:
    menu = the_corner(farmer={"prep_minutes": 45}, calzone={"prep_minutes": 40}, lunch={"prep_minutes": 10})
    cart = Cart("c").add(line_for(request_, menu, line_id="1"))

    assert prep_minutes(cart, menu.restaurants[0]) == minutes


@pytest.mark.parametrize(("open_orders", "at"), [(0, "18:25"), (7, "18:32"), (500, "19:25")])
def test_orders_before_it_make_an_order_later(open_orders: int, at: str) -> None:
    assert clock(ready("18:00", load=KitchenLoad(open_orders)).at) == at


def test_where_there_are_slots_only_full_ones_make_an_order_later() -> None:
    load = KitchenLoad(9, {friday("18:00"): 4, friday("18:15"): 3})

    assert clock(ready("18:00", load=load, capacity=Capacity(4)).at) == "18:25"


def test_a_full_slot_is_passed_over() -> None:
    full = {friday("18:15"): 4, friday("18:30"): 5, friday("18:45"): 3}
    found = ready("18:00", load=KitchenLoad(per_slot=full), capacity=Capacity(4))

    assert clock(found.at) == clock(found.slot_start) == "18:45"
    assert found.slot_start == slot_of(friday("18:45"), Capacity(4))


def test_without_room_before_closing_no_order_is_taken() -> None:
    full = {friday("18:15") + timedelta(minutes=15 * n): 4 for n in range(16)}

    with pytest.raises(SlotFull, match="can't take another order"):
        ready("18:00", load=KitchenLoad(per_slot=full), capacity=Capacity(4))


@pytest.mark.parametrize(
    ("at", "valid_until"), [("18:00", "18:10"), ("21:25", "21:30"), ("21:29", "21:30")]
)  # fmt: skip
def test_a_quote_is_valid_until_the_last_order_at_most(at: str, valid_until: str) -> None:
    assert clock(ready(at).valid_until) == valid_until


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("15:59", "The Grill takes no orders now. It opens today at 4:00 PM; would you like it for later?"),
        ("21:30", "The Grill takes no orders now. It opens tomorrow at 4:00 PM; would you like it for later?"),
        ("23:00", "The Grill takes no orders now. It opens tomorrow at 4:00 PM; would you like it for later?"),
    ],
)
def test_a_closed_kitchen_says_when_it_opens(at: str, said: str) -> None:
    with pytest.raises(RestaurantClosed) as error:
        ready(at)

    assert str(error.value) == said == words_if_closed(the_grill(), friday(at))
    assert words_if_closed(the_grill(), friday("18:00")) is None


def test_the_next_opening_after_a_day_off_is_said_by_its_weekday() -> None:
    saturday_night = friday("23:00") + timedelta(days=1)

    assert "It opens on Monday at 4:00 PM" in str(words_if_closed(the_grill(), saturday_night))


@pytest.mark.parametrize(
    ("at", "wanted", "valid_until"),
    [("18:00", "19:30", "18:10"), ("12:00", "16:25", "12:10"), ("21:28", "21:54", "21:31")],
)
def test_a_time_that_the_kitchen_can_keep_is_taken(at: str, wanted: str, valid_until: str) -> None:
    found = ready(at, wanted=Fulfilment("pickup", friday(wanted)))

    assert clock(found.at) == wanted
    assert clock(found.valid_until) == valid_until


@pytest.mark.parametrize(
    ("at", "wanted", "error", "said"),
    [
        ("18:00", "18:10", TimeNotPossible, "It could be ready today at 6:25 PM"),
        ("18:00", "17:00", TimeNotPossible, "has passed"),
        ("12:00", "16:10", RestaurantClosed, "The next time is today at 4:25 PM"),
        ("18:00", "22:30", RestaurantClosed, "The next time is tomorrow at 4:25 PM"),
        ("18:02", "18:03", TimeNotPossible, "It could be ready today at 6:30 PM"),
    ],
)
def test_a_time_that_it_cannot_keep_names_the_next(at: str, wanted: str, error: type[OrderingError], said: str) -> None:
    with pytest.raises(error, match=said):
        ready(at, wanted=Fulfilment("pickup", friday(wanted)))


def test_a_wanted_time_whose_slot_is_full_names_the_next() -> None:
    full = KitchenLoad(per_slot={friday("19:30"): 4, friday("19:45"): 4})

    with pytest.raises(SlotFull, match=r"That time is full. The next is today at 8:00 PM"):
        ready("18:00", wanted=Fulfilment("pickup", friday("19:40")), load=full, capacity=Capacity(4))


def test_the_next_time_with_room_is_one_that_can_be_said() -> None:
    full = KitchenLoad(per_slot={friday("18:15"): 4})

    assert clock(next_free(friday("18:27"), full, the_grill(capacity=Capacity(4)))) == "18:30"
    assert clock(next_free(friday("18:31"), full, the_grill(capacity=Capacity(4)))) == "18:35"


def test_a_delivery_arrives_after_the_road() -> None:
    soon = ready("18:00", wanted=Fulfilment("delivery", None, "1 Lake Street", "32801"))
    later = ready("18:00", wanted=Fulfilment("delivery", friday("20:00"), "1 Lake Street", "32801"))

    assert (clock(soon.at), clock(soon.arrives_at)) == ("18:25", "18:45")
    assert (clock(later.at), clock(later.arrives_at)) == ("19:40", "20:00")
