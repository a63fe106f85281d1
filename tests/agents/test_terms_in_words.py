"""Delivery, times, coupons, tips, notes and restaurants in a caller's own words, judged by the order stored."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Order
from phone_agent.ordering.wishes import Fulfilment
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.test_terms import EVENING
from tests.agents.test_what_users_say import cart_of, orders_of
from tests.builders import NOON


@asynccontextmanager
async def talking(store: Store, dialled: str | None = None, menu: Menu | None = None) -> AsyncIterator[TextCall]:
    """At noon in Orlando."""
    arrival = Arrival(room="test", channel="phone", dialled_number=dialled)
    call = await open_call(arrival, None, store, menu or await store.load_menu(), clock=lambda: NOON)
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        yield talk


async def the_order(store: Store, *said: str) -> Order:
    async with talking(store) as talk:
        for words in said:
            await talk.say(words)
        await talk.say("checkout")
        # The read-back's end is measured by the wall clock, not by the call's.
        await talk.press("1")
        (order,) = await orders_of(talk.call)
        return order


async def test_an_order_is_delivered_to_the_address_in_one_sentence(store: Store) -> None:
    order = await the_order(
        store, "two pad thai mild for delivery to twelve main street three two eight zero one", "no"
    )

    assert order.fulfilment == Fulfilment("delivery", None, "12 Main Street", "32801")
    assert (order.totals.fees_cents, order.payment_method) == (399, "on_delivery")


async def test_street_and_zip_code_are_asked_one_after_the_other(store: Store) -> None:
    order = await the_order(
        store, "two pad thai mild", "deliver it please", "twelve main street", "three two eight oh one"
    )

    assert order.fulfilment.address == "12 Main Street, zip code 32801"


async def test_half_a_zip_code_is_asked_again_and_changes_no_number(store: Store) -> None:
    order = await the_order(
        store, "two pad thai mild", "deliver it", "twelve main street", "three two eight", "three two eight zero one"
    )

    assert order.fulfilment.zip_code == "32801"
    assert [line.quantity for line in order.lines] == [2]


async def test_a_zip_code_out_of_the_zone_can_be_corrected(store: Store) -> None:
    order = await the_order(
        store,
        "two pad thai mild",
        "deliver it to twelve main street nine nine nine nine nine",
        "three two eight oh one",
    )

    assert order.fulfilment.address == "12 Main Street, zip code 32801"
    assert [line.quantity for line in order.lines] == [2]


async def test_a_dish_question_is_asked_after_delivery_was_taken(store: Store) -> None:
    async with talking(store) as talk:
        answer = await talk.say("two pad thai for delivery to 12 Main Street 32801")
        await talk.say("mild")

        assert answer.endswith("mild, medium, or hot?")
        assert cart_of(talk.call) == [(2, "Pad Thai")]
        assert talk.call.wishes.fulfilment.street == "12 Main Street"


@pytest.mark.parametrize("when", ["for pickup at six thirty", "i'll pick it up at 6:30 pm", "half past six please"])
async def test_an_order_is_ready_at_the_time_that_was_said(store: Store, when: str) -> None:
    order = await the_order(store, "a caesar salad", when)

    assert order.ready_at.astimezone(ZoneInfo("America/New_York")).strftime("%H:%M") == "18:30"


async def test_a_yes_takes_the_time_that_was_offered(store: Store) -> None:
    order = await the_order(store, "a caesar salad", "in ten minutes", "yes")

    assert order.ready_at == NOON + timedelta(minutes=25)
    assert order.fulfilment.requested_at == order.ready_at


async def test_coupon_and_tip_are_in_the_order(store: Store) -> None:
    order = await the_order(
        store, "three strawberry cheesecakes", "i have a coupon", "sweet ten", "add a five dollar tip"
    )

    assert (order.coupon, order.totals.tip_cents) == ("SWEET TEN", 500)
    assert order.totals.discount_cents == round(order.totals.subtotal_cents / 10)


async def test_a_tip_in_percent_can_be_taken_off_again(store: Store) -> None:
    order = await the_order(store, "a caesar salad", "fifteen percent tip", "no tip")

    assert order.totals.tip_cents == 0


async def test_a_tip_before_the_first_dish_is_said_in_percent(store: Store) -> None:
    async with talking(store) as talk:
        before = await talk.say("add a fifteen percent tip")
        await talk.say("a caesar salad")
        after = await talk.say("add a fifteen percent tip")
        none = await talk.say("no tip")

    assert before == "Okay, a tip of 15 percent. Anything else?"
    assert after == "Okay, that makes a tip of $1.35. Anything else?"
    assert none == "Okay, no tip. Anything else?"


async def test_a_broken_percentage_is_asked_again(store: Store) -> None:
    async with talking(store) as talk:
        await talk.say("a caesar salad")
        asked = await talk.say("add a twelve point five percent tip")
        await talk.say("thirteen percent")

        assert asked.startswith("I take tips in whole percent, or in dollars.")
        assert talk.call.wishes.tip.percent == 13


async def test_an_allergy_and_a_note_reach_the_kitchen(store: Store) -> None:
    order = await the_order(
        store, "a caesar salad", "my son is allergic to peanuts", "please tell the kitchen to pack it well"
    )

    assert (order.allergy_note, order.order_note) == ("peanuts", "pack it well")


async def test_a_note_without_words_is_refused_politely(store: Store) -> None:
    async with talking(store) as talk:
        assert "no words for the kitchen" in await talk.say("note for the kitchen")


async def test_closed_hours_are_said_at_the_first_dish_only(store: Store) -> None:
    menu = await store.load_menu()
    closed = Menu(tuple(replace(place, hours=EVENING) for place in menu.restaurants))
    async with talking(store, menu=closed) as talk:
        first = await talk.say("a caesar salad")
        second = await talk.say("a grilled salmon")
        asked = await talk.say("are you open")

    assert first == (
        "Added 1 Caesar Salad. Harbor House takes no orders now. "
        "It opens today at 4:00 PM; would you like it for later?"
    )
    assert "takes no orders" not in second
    assert "It opens today at 4:00 PM" in asked


async def test_a_yes_to_later_asks_for_the_time(store: Store) -> None:
    menu = await store.load_menu()
    closed = Menu(tuple(replace(place, hours=EVENING) for place in menu.restaurants))
    async with talking(store, menu=closed) as talk:
        await talk.say("a caesar salad")
        asked = await talk.say("yes")
        taken = await talk.say("seven")

    assert asked == "What time would you like it?"
    assert taken == "Okay, for pickup today at 7:00 PM. Anything else?"


async def test_who_dials_one_restaurant_is_in_that_one_only(store: Store) -> None:
    async with talking(store, dialled="+14075550133") as talk:
        other = await talk.say("two pad thai mild")

        assert talk.said[0].startswith("Hi, this is Harbor House's automated assistant.")
        assert "pad thai" not in other.lower()
        assert [place.name for place in talk.call.nearby] == ["Harbor House"]


async def test_the_number_of_a_restaurant_that_is_switched_off_is_the_food_courts(store: Store) -> None:
    menu = await store.load_menu()
    places = [replace(place, is_active=place.name != "Harbor House") for place in menu.restaurants]
    async with talking(store, dialled="+14075550133", menu=Menu(tuple(places))) as talk:
        assert "Harbor House" not in talk.said[0]
        assert len(talk.call.nearby) == 6


async def test_the_food_courts_number_sees_all_restaurants(store: Store) -> None:
    async with talking(store, dialled="+14075550100") as talk:
        assert len(talk.call.nearby) == 7


async def test_starting_over_with_another_restaurant_takes_a_yes(store: Store) -> None:
    async with talking(store) as talk:
        await talk.say("a caesar salad")
        asked = await talk.say("a vanilla cheesecake")
        answer = await talk.say("yes")

        assert asked.endswith("Shall I start over with Vanilla Cheesecake from Cheesecake Corner?")
        assert answer == "Added 1 Vanilla Cheesecake. Anything else?"
        assert cart_of(talk.call) == [(1, "Vanilla Cheesecake")]


async def test_after_a_no_to_starting_over_nothing_has_changed(store: Store) -> None:
    async with talking(store) as talk:
        await talk.say("a caesar salad")
        await talk.say("a vanilla cheesecake")
        await talk.say("no")

        assert cart_of(talk.call) == [(1, "Caesar Salad")]


async def test_a_delivery_stays_one_where_the_kitchen_is_closed(store: Store) -> None:
    menu = await store.load_menu()
    closed = Menu(tuple(replace(place, hours=EVENING) for place in menu.restaurants))
    async with talking(store, menu=closed) as talk:
        asked = await talk.say("two pad thai mild for delivery to twelve main street three two eight zero one")
        await talk.say("yes")
        taken = await talk.say("seven")

        assert asked == (
            "Added 2 Pad Thai, mild. Lotus Garden takes no orders now. "
            "It opens today at 4:00 PM; would you like it for later?"
        )
        assert taken == "Okay, delivered to 12 Main Street, zip code 32801 today at 7:00 PM. Anything else?"
        assert talk.call.wishes.fulfilment.kind == "delivery"


@pytest.mark.parametrize("when", ["in twenty minutes", "in ten minutes"])
async def test_a_delivery_that_comes_too_soon_stays_one(store: Store, when: str) -> None:
    order = await the_order(
        store, "two pad thai mild", f"deliver it to twelve main street three two eight zero one {when}", "yes", "no"
    )

    assert order.fulfilment.kind == "delivery"
    assert order.fulfilment.address == "12 Main Street, zip code 32801"


async def test_how_long_it_takes_counts_dishes_road_and_wish(store: Store) -> None:
    async with talking(store) as talk:
        await talk.say("two pad thai mild for delivery to twelve main street three two eight zero one")
        before = await talk.say("how long will it take")
        read_back = await talk.say("checkout")
        open_quote = await talk.say("how long will it take")
        await talk.press("1")
        after = await talk.say("how long will it take")

    minutes = re.search(r"in about (\d+ minutes)", read_back)
    assert minutes is not None
    assert before == f"It will be with you about {minutes[1]} after you confirm the order."
    assert open_quote.startswith(f"It will be with you in about {minutes[1]}. To place it")
    assert after == f"It will be with you in about {minutes[1]}."


async def test_how_long_it_takes_is_a_day_and_a_time_where_one_was_said(store: Store) -> None:
    async with talking(store) as talk:
        await talk.say("a caesar salad for pickup tomorrow at noon")
        before = await talk.say("how long will it take")
        await talk.say("checkout")
        open_quote = await talk.say("how long will it take")

    assert before == "It is ready tomorrow at 12:00 PM."
    assert open_quote.startswith("It is ready tomorrow at 12:00 PM. To place it")


async def test_a_coupon_that_no_longer_fits_is_dropped_in_the_read_back(store: Store) -> None:
    async with talking(store) as talk:
        await talk.say("three strawberry cheesecakes")
        await talk.say("i have a coupon sweet ten")
        await talk.say("remove the cheesecakes")
        await talk.say("a caesar salad")
        read_back = await talk.say("checkout")
        again = await talk.say("checkout")
        await talk.press("1")
        (order,) = await orders_of(talk.call)

    assert read_back.startswith("Your coupon does not count for this order. You have 1 Caesar Salad from Harbor House.")
    assert again.startswith("You have 1 Caesar Salad")
    assert order.coupon == ""
