"""Pickup and delivery, coupons, tips and notes through the tools that a model calls, judged by the order stored."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from livekit.agents import RunContext, ToolError
from livekit.agents.llm import FunctionCall
from livekit.agents.voice import SpeechHandle

from phone_agent.call import Call
from phone_agent.ordering.hours import Hours, Opening
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Order
from phone_agent.ordering.terms import Capacity, Coupon, DeliveryTerms
from phone_agent.ordering.wishes import Fulfilment
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.store.sqlite import SqliteStore
from phone_agent.tools.cart import change_cart_item
from phone_agent.tools.terms import add_note, apply_coupon, choose_pickup_or_delivery, set_tip
from phone_agent.voice.offline.pipeline import in_writing
from tests.builders import NOON, a_line, a_menu, item_named

Use = Callable[..., Awaitable[str]]
EVENING = Hours(week=tuple(Opening(day, time(16), time(22)) for day in range(7)))


def the_menu() -> Menu:
    """The Grill delivers, has a coupon and room for one order in each quarter of an hour."""
    grill, thai = a_menu().restaurants
    terms = DeliveryTerms(("32801",), minimum_cents=2000, fee_cents=399, minutes=20)
    return Menu((replace(grill, delivery=terms, coupons=(Coupon("LUNCH", 10),), capacity=Capacity(1)), thai))


@pytest.fixture
async def store(tmp_path: Path, migrated: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(shutil.copy(migrated, tmp_path / "store.sqlite3"))
    await opened.save_menu(the_menu())
    yield opened
    await opened.close()


async def a_call(store: SqliteStore, menu: Menu | None = None, now: datetime = NOON) -> Call:
    arrival = Arrival(room="test", channel="phone")
    return await open_call(arrival, None, store, menu or the_menu(), clock=lambda: now)


async def an_order(call: Call, use: Use | None = None) -> Order:
    call.open_quote(await call.checkout())
    return await call.place_order("voice")


@pytest.fixture
async def call(store: SqliteStore) -> Call:
    """With a Caesar Salad and a Grilled Salmon in its cart."""
    call = await a_call(store)
    await call.add([a_line(item_named(call.menu, name)) for name in ("Caesar Salad", "Grilled Salmon")])
    return call


@pytest.fixture
def use(call: Call) -> Use:
    return user_of(call)


def user_of(call: Call) -> Use:
    """Calls a tool as the framework does."""
    session = open_session(call, in_writing(call))

    async def use(tool: Callable[..., Awaitable[str]], **arguments: object) -> str:
        asked = FunctionCall(call_id="1", name="tool", arguments="{}")
        context = RunContext(session=session, speech_handle=SpeechHandle.create(), function_call=asked)
        return str(await tool(context, **arguments))

    return use


HOME = {"kind": "delivery", "day": "", "time": "", "street": "1 Lake Street", "zip_code": "32801"}


async def test_an_order_is_delivered_to_the_address_that_was_said(call: Call, use: Use) -> None:
    said = await use(choose_pickup_or_delivery, **HOME)
    order = await an_order(call)

    assert said == "Okay, delivered to 1 Lake Street, zip code 32801. Anything else?"
    assert order.fulfilment == Fulfilment("delivery", None, "1 Lake Street", "32801")
    assert order.totals.fees_cents == 399
    assert order.payment_method == "on_delivery"


async def test_half_an_address_is_kept_and_the_rest_asked_for(call: Call, use: Use) -> None:
    with pytest.raises(ToolError, match="zip code"):
        await use(choose_pickup_or_delivery, **HOME | {"zip_code": ""})
    with pytest.raises(ToolError, match="zip code"):
        await use(choose_pickup_or_delivery, **HOME | {"street": "", "zip_code": ""})
    await use(choose_pickup_or_delivery, **HOME | {"street": ""})

    assert (await an_order(call)).fulfilment.address == "1 Lake Street, zip code 32801"


async def test_of_a_delivery_that_comes_too_soon_only_the_time_is_refused(call: Call, use: Use) -> None:
    with pytest.raises(ToolError, match="too soon"):
        await use(choose_pickup_or_delivery, **HOME | {"time": "in ten minutes"})

    assert call.wishes.fulfilment == Fulfilment("delivery", None, HOME["street"], HOME["zip_code"])


async def test_coupon_tip_and_notes_are_in_the_order(call: Call, use: Use) -> None:
    said = [
        await use(apply_coupon, code="lunch"),
        await use(set_tip, unit="percent", amount=10),
        await use(add_note, kind="order", text="no cutlery"),
        await use(add_note, kind="allergy", text="peanuts"),
    ]
    order = await an_order(call)

    assert said[1] == "Okay, that makes a tip of $3.20. Anything else?"
    assert "nobody can promise" in said[3]
    assert (order.coupon, order.order_note, order.allergy_note) == ("LUNCH", "no cutlery", "peanuts")
    assert (order.totals.discount_cents, order.totals.tip_cents) == (320, 320)


async def test_a_wish_after_the_read_back_voids_the_quote(call: Call, use: Use) -> None:
    call.open_quote(await call.checkout())
    await use(set_tip, unit="dollars", amount=2)

    assert not call.has_open_quote


async def test_a_card_number_in_a_note_is_not_stored(call: Call, use: Use) -> None:
    await use(add_note, kind="order", text="pay with 4111 1111 1111 1111 please")
    line = call.cart.lines[0]
    await call.change(line.id, replace(line, note="four one one one one one one one one one one one"))

    order = await an_order(call)
    assert order.order_note == "pay with [number] please"
    assert order.lines[0].note == "[number]"


async def test_wishes_said_before_the_first_dish_are_kept_with_the_cart(store: SqliteStore) -> None:
    call = await a_call(store)
    await user_of(call)(add_note, kind="allergy", text="sesame")
    await call.add([a_line(item_named(call.menu, "Caesar Salad"))])

    assert (await store.load_wishes(call.cart.id)).allergy_note == "sesame"


async def test_the_next_order_of_a_call_keeps_the_allergy_and_nothing_else(call: Call, use: Use) -> None:
    await use(add_note, kind="allergy", text="sesame")
    await use(set_tip, unit="dollars", amount=2)
    await an_order(call)
    await call.add([a_line(item_named(call.menu, "Caesar Salad"))])

    order = await an_order(call)
    assert (order.allergy_note, order.totals.tip_cents) == ("sesame", 0)


async def test_who_comes_second_to_a_slot_hears_the_next_time_and_gets_it(store: SqliteStore, call: Call) -> None:
    other = await a_call(store)
    await other.add([a_line(item_named(other.menu, "Caesar Salad"))])
    for one in (call, other):
        one.open_quote(await one.checkout())
    first = await call.place_order("voice")

    with pytest.raises(Exception, match=r"just filled up; the next is today at 12:30 PM"):
        await other.place_order("voice")
    second = await an_order(other)

    assert first.slot_start != second.slot_start
    assert second.ready_at == NOON + timedelta(minutes=30)


async def test_a_closed_restaurant_takes_an_order_for_later(store: SqliteStore) -> None:
    menu = the_menu()
    menu = Menu(tuple(replace(restaurant, hours=EVENING) for restaurant in menu.restaurants))
    call = await a_call(store, menu)
    use = user_of(call)
    await call.add([a_line(item_named(call.menu, "Caesar Salad"))])

    with pytest.raises(Exception, match=r"The Grill takes no orders now. It opens today at 4:00 PM"):
        await call.checkout()
    said = await use(choose_pickup_or_delivery, kind="pickup", day="", time="seven", street="", zip_code="")

    order = await an_order(call)
    assert said == "Okay, for pickup today at 7:00 PM. Anything else?"
    assert order.ready_at == NOON + timedelta(hours=7)


async def test_an_allergy_in_the_note_of_a_dish_is_flagged_too(call: Call, use: Use) -> None:
    noted = {"line": 1, "item_name": None, "quantity": None, "options": None, "note": "no fish, severe fish allergy"}
    await use(change_cart_item, **noted)
    await use(change_cart_item, **noted | {"note": "well done"})

    assert call.wishes.allergy_note == "no fish, severe fish allergy"
