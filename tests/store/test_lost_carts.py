"""Calls that are taken for lost, and whose cart it is then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import CartOutdated, QuoteOutdated
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.wishes import NO_WISHES, Fulfilment, Wishes
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord, LostCart, RunningCall
from tests.builders import NOON, a_call, a_cart, a_quote, a_quote_of, a_thai_cart

PHONE, OTHER = "+14075550161", "+14075550162"
LATER = NOON + timedelta(minutes=2)
TONIGHT = NOON + timedelta(hours=8)
LONG_AGO = NOON - timedelta(days=1)
AT_HOME = Wishes(Fulfilment("delivery", None, "1 Lake Street", "32801"), order_note="ring", allergy_note="nuts")


async def a_call_with_a_cart(store: Store, menu: Menu, number: str | None = PHONE) -> tuple[CallRecord, Cart]:
    record = await a_call(store, number)
    return record, await store.save_cart(a_cart(menu), call_id=record.id)


async def is_offered(store: Store, number: str = PHONE) -> bool:
    return await store.find_orphaned_cart(number, LONG_AGO) is not None


async def test_a_lost_call_has_ended_with_its_last_sign_of_life_whenever_that_was_noticed(
    store: Store, menu: Menu
) -> None:
    record, cart = await a_call_with_a_cart(store, menu)
    await store.note_alive(record.id, now=LATER)

    await store.close_lost_calls(silent_since=TONIGHT)

    (closed,) = await store.find_calls()
    assert closed.ended_at == LATER
    assert await store.find_orphaned_cart(PHONE, LATER) == LostCart(cart, NO_WISHES)
    assert await store.find_orphaned_cart(PHONE, LATER + timedelta(seconds=1)) is None


async def test_running_calls_are_found_by_their_number_with_their_last_sign_of_life(store: Store) -> None:
    silent, seen, ended = [await a_call(store, PHONE) for _ in range(3)]
    await a_call(store, OTHER)
    await store.note_alive(seen.id, now=LATER)
    await store.close_call(ended.id, outcome="abandoned", reason="hang-up", now=NOON)

    running = await store.find_running_calls(PHONE)

    assert set(running) == {RunningCall(silent.id, silent.room, NOON), RunningCall(seen.id, seen.room, LATER)}


async def test_one_call_is_closed_as_lost_and_its_cart_is_offered(store: Store, menu: Menu) -> None:
    record, cart = await a_call_with_a_cart(store, menu)
    other, _ = await a_call_with_a_cart(store, menu)

    await store.close_lost_call(record.id)

    ended = {call.id: (call.ended_at, call.reason) for call in await store.find_calls()}
    assert ended == {record.id: (NOON, "lost"), other.id: (None, None)}
    assert await store.find_orphaned_cart(PHONE, NOON) == LostCart(cart, NO_WISHES)


async def test_a_call_that_has_closed_itself_is_not_lost_any_more(store: Store) -> None:
    record = await a_call(store, PHONE)
    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=LATER)

    await store.close_lost_call(record.id)

    assert [(call.ended_at, call.reason) for call in await store.find_calls()] == [(LATER, "hang-up")]


async def test_a_new_sign_of_life_opens_a_call_again_that_was_taken_for_lost(store: Store, menu: Menu) -> None:
    record, cart = await a_call_with_a_cart(store, menu)
    await store.close_lost_calls(silent_since=LATER)
    was_offered = await is_offered(store)

    await store.note_alive(record.id, now=LATER)

    assert was_offered
    assert not await is_offered(store)
    assert list(await store.find_calls()) == [record]
    assert await store.save_cart(replace(cart, lines=cart.lines[:1]), call_id=record.id)


async def test_a_late_sign_of_life_opens_no_call_that_has_closed_itself(store: Store, menu: Menu) -> None:
    record, _ = await a_call_with_a_cart(store, menu)
    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=LATER)

    await store.note_alive(record.id, now=LATER)

    assert [(call.ended_at, call.reason) for call in await store.find_calls()] == [(LATER, "hang-up")]
    assert await is_offered(store)


async def test_a_call_that_lives_after_all_does_not_change_the_cart_that_another_has_taken(
    store: Store, menu: Menu
) -> None:
    first, cart = await a_call_with_a_cart(store, menu)
    second = await a_call(store, PHONE)
    quote = await a_quote_of(store, menu, cart, first.id)
    await store.close_lost_calls(silent_since=LATER)
    await store.note_alive(second.id, now=LATER)

    taken = (await store.adopt_cart(cart.id, second.id, wishes=NO_WISHES, now=LATER)).cart
    await store.note_alive(first.id, now=LATER)

    assert taken.version > cart.version
    for version in (cart.version, taken.version):
        with pytest.raises(CartOutdated):
            await store.save_cart(replace(cart, lines=(), version=version), call_id=first.id)
    with pytest.raises(QuoteOutdated):
        await store.place_order(quote, confirmed_by="keypad", now=NOON)
    assert await store.find_cart(first.id) is None
    assert await store.find_cart(second.id) == taken
    assert await store.save_cart(a_thai_cart(menu), call_id=first.id)


async def test_a_cart_is_taken_over_with_the_wishes_that_are_given(store: Store, menu: Menu) -> None:
    record, cart = await a_call_with_a_cart(store, menu)
    await store.save_wishes(AT_HOME, cart_id=cart.id)
    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=NOON)
    lost = await store.find_orphaned_cart(PHONE, NOON)
    adopter = await a_call(store, PHONE)
    kept = Wishes(allergy_note="nuts")

    adopted = await store.adopt_cart(cart.id, adopter.id, wishes=kept, now=NOON)

    assert lost == LostCart(cart, AT_HOME)
    assert adopted.cart.lines == cart.lines
    assert await store.load_wishes(cart.id) == kept


async def test_a_cart_that_the_call_has_emptied_gives_way_to_the_one_it_takes_over(store: Store, menu: Menu) -> None:
    record, cart = await a_call_with_a_cart(store, menu)
    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=NOON)
    adopter, own = await a_call_with_a_cart(store, menu)

    with pytest.raises(CartOutdated):
        await store.adopt_cart(cart.id, adopter.id, wishes=NO_WISHES, now=LATER)
    await store.save_cart(replace(own, lines=()), call_id=adopter.id)
    adopted = await store.adopt_cart(cart.id, adopter.id, wishes=NO_WISHES, now=LATER)

    assert await store.find_cart(adopter.id) == adopted.cart
    assert adopted.cart.id == cart.id


async def test_a_call_never_has_two_active_carts(store: Store, menu: Menu) -> None:
    record = await a_call(store)
    first = await store.save_cart(a_cart(menu), call_id=record.id)

    with pytest.raises(CartOutdated):
        await store.save_cart(a_thai_cart(menu), call_id=record.id)

    assert await store.find_cart(record.id) == first


async def test_a_cart_that_was_refused_is_not_offered_again(store: Store, menu: Menu) -> None:
    record, cart = await a_call_with_a_cart(store, menu)
    await store.abandon_cart(cart.id)
    while_it_runs = await store.find_cart(record.id)
    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=NOON)

    await store.abandon_cart(cart.id)

    assert while_it_runs == cart
    assert not await is_offered(store)
    assert await store.find_cart(record.id) is None


async def test_who_has_ordered_since_is_not_offered_what_was_lost_before(store: Store, menu: Menu) -> None:
    record, _ = await a_call_with_a_cart(store, menu)
    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=NOON)
    quote = await a_quote(store, menu)
    mine, cart = await a_call_with_a_cart(store, menu)
    own = await a_quote_of(store, menu, cart, mine.id)

    await store.place_order(quote, confirmed_by="keypad", now=LATER)
    after_a_strangers_order = await is_offered(store)
    await store.place_order(own, confirmed_by="keypad", now=LATER)

    assert after_a_strangers_order
    assert not await is_offered(store)


async def test_what_is_lost_after_an_order_is_offered(store: Store, menu: Menu) -> None:
    record, cart = await a_call_with_a_cart(store, menu)
    quote = await a_quote_of(store, menu, cart, record.id)
    await store.place_order(quote, confirmed_by="keypad", now=NOON)
    another = await store.save_cart(a_thai_cart(menu), call_id=record.id)
    await store.close_call(record.id, outcome="ordered", reason="hang-up", now=LATER)

    assert await store.find_orphaned_cart(PHONE, NOON) == LostCart(another, NO_WISHES)


async def test_carts_that_are_not_offered_any_more_are_abandoned(store: Store, menu: Menu) -> None:
    old, _ = await a_call_with_a_cart(store, menu)
    young, _ = await a_call_with_a_cart(store, menu, OTHER)
    running, cart = await a_call_with_a_cart(store, menu, OTHER)
    await store.close_call(old.id, outcome="abandoned", reason="hang-up", now=NOON)
    await store.close_call(young.id, outcome="abandoned", reason="hang-up", now=LATER)

    await store.abandon_carts(orphaned_before=LATER)

    assert not await is_offered(store)
    assert await is_offered(store, OTHER)
    assert await store.find_cart(running.id) == cart


async def test_the_cart_of_a_call_without_a_number_ends_with_it(store: Store, menu: Menu) -> None:
    record, cart = await a_call_with_a_cart(store, menu, None)
    await store.save_wishes(AT_HOME, cart_id=cart.id)

    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=NOON)

    assert await store.find_cart(record.id) is None
    assert await store.load_wishes(cart.id) == Wishes(Fulfilment("delivery"))


async def test_of_a_caller_who_was_forgotten_and_whose_job_was_killed_no_address_is_left(
    store: Store, menu: Menu
) -> None:
    record, cart = await a_call_with_a_cart(store, menu)
    await store.save_wishes(AT_HOME, cart_id=cart.id)
    await store.forget(PHONE, now=LATER)
    await store.close_lost_calls(silent_since=LATER)

    await store.abandon_carts(orphaned_before=LATER)

    assert await store.find_cart(record.id) is None
    assert await store.load_wishes(cart.id) == Wishes(Fulfilment("delivery"))


async def test_purging_leaves_nothing_personal_in_carts_that_came_to_nothing(store: Store, menu: Menu) -> None:
    record, cart = await a_call_with_a_cart(store, menu)
    running, own = await a_call_with_a_cart(store, menu, OTHER)
    for saved in (cart, own):
        await store.save_wishes(AT_HOME, cart_id=saved.id)
    quote = await a_quote_of(store, menu, cart, record.id, wishes=AT_HOME)
    await store.close_call(record.id, outcome="abandoned", reason="hang-up", now=NOON)

    await store.purge(LATER, now=LATER)

    assert not await is_offered(store)
    assert await store.load_wishes(cart.id) == Wishes(Fulfilment("delivery"))
    assert await store.load_wishes(own.id) == AT_HOME
    assert await store.find_cart(running.id) == own
    with pytest.raises(QuoteOutdated):
        await store.place_order(quote, confirmed_by="keypad", now=NOON)


async def test_purging_everything_leaves_the_tries_of_this_day(store: Store) -> None:
    await store.save_pin(PHONE, "hash")
    for try_id in ("1", "2", "3"):
        await store.take_pin_try(PHONE, "2026-11-20", 3, try_id=try_id)
    evening_in_orlando = NOON + timedelta(hours=9)

    await store.purge(evening_in_orlando, now=evening_in_orlando)

    assert not (await store.take_pin_try(PHONE, "2026-11-20", 3, try_id="4")).is_allowed
