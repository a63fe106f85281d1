"""What a store keeps of callers: consent, PINs, lost carts, and how all of it goes again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from phone_agent.ordering.errors import CartOutdated, QuoteOutdated
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Quote
from phone_agent.ordering.wishes import NO_WISHES, Fulfilment, Wishes
from phone_agent.store import quote_rows
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord, Profile, TranscriptLine
from phone_agent.store.sqlite import SqliteStore
from phone_agent.store.supabase import SupabaseStore
from tests.builders import NOON, a_call, a_cart, a_quote, a_quote_of

PHONE, OTHER = "+14075550161", "+14075550162"
TODAY = "2026-11-20"


async def a_lost_cart(store: Store, menu: Menu) -> str:
    gone = await a_call(store, PHONE)
    cart = await store.save_cart(a_cart(menu), call_id=gone.id)
    await store.close_call(gone.id, outcome="abandoned", reason="hang-up", now=NOON)
    return cart.id


async def test_a_lost_cart_is_found_by_its_number_and_only_for_a_while(store: Store, menu: Menu) -> None:
    lost = await a_lost_cart(store, menu)
    found = await store.find_orphaned_cart(PHONE, NOON - timedelta(minutes=30))

    assert found is not None
    assert found.cart.id == lost
    assert await store.find_orphaned_cart(PHONE, NOON + timedelta(seconds=1)) is None
    assert await store.find_orphaned_cart(OTHER, NOON - timedelta(minutes=30)) is None


async def test_the_cart_of_a_call_that_still_runs_is_not_lost(store: Store, menu: Menu) -> None:
    running = await a_call(store, PHONE)
    await store.save_cart(a_cart(menu), call_id=running.id)

    assert await store.find_orphaned_cart(PHONE, NOON - timedelta(minutes=30)) is None


async def test_of_many_calls_that_take_a_cart_one_gets_it(store: Store, menu: Menu) -> None:
    lost = await a_lost_cart(store, menu)
    calls = [await a_call(store, PHONE) for _ in range(8)]
    results = await asyncio.gather(
        *(store.adopt_cart(lost, call.id, wishes=NO_WISHES, now=NOON) for call in calls), return_exceptions=True
    )
    refused = [result for result in results if isinstance(result, CartOutdated)]
    (winner,) = (call for call, result in zip(calls, results, strict=True) if not isinstance(result, BaseException))

    assert len(refused) == 7
    taken = await store.find_cart(winner.id)
    assert taken is not None
    assert taken.id == lost
    assert await store.save_cart(replace(taken, lines=taken.lines[:1]), call_id=winner.id)
    assert await store.find_orphaned_cart(PHONE, NOON - timedelta(minutes=30)) is None


async def test_a_name_is_added_to_who_was_remembered_without_one(store: Store) -> None:
    guest = Profile(str(uuid4()), dietary_tags=("vegan",))
    await store.save_profile(guest)
    nameless = await store.remember(guest, PHONE)
    named = await store.remember(replace(nameless, household_name="Maria"), PHONE)

    assert (nameless.id, nameless.household_name, nameless.phone) == (guest.id, None, PHONE)
    assert await store.find_profile(PHONE) == named
    assert (named.id, named.household_name, named.dietary_tags) == (guest.id, "Maria", ("vegan",))


async def test_a_number_is_remembered_once_whichever_call_is_quicker(store: Store) -> None:
    first, second = await a_call(store, PHONE), await a_call(store, PHONE)
    one, two = (Profile(call.profile_id, household_name="Maria", dietary_tags=("vegan",)) for call in (first, second))
    kept = await asyncio.gather(store.remember(one, PHONE), store.remember(two, PHONE))

    assert kept[0] == kept[1]
    assert kept[0] == replace(one, id=kept[0].id, phone=PHONE)
    assert await store.find_profile(PHONE) == kept[0]


async def test_tries_of_a_pin_are_counted_before_anything_is_compared(store: Store) -> None:
    await store.save_pin(PHONE, "hash")
    tries = await asyncio.gather(*(store.take_pin_try(PHONE, TODAY, 3, try_id=str(uuid4())) for _ in range(10)))

    assert sum(one.is_allowed for one in tries) == 3
    assert {one.pin_hash for one in tries} == {"hash"}
    assert (await store.take_pin_try(PHONE, "2026-11-21", 3, try_id="1")).is_allowed


async def test_a_right_pin_gives_its_own_try_back_once_and_no_other(store: Store) -> None:
    await store.save_pin(PHONE, "hash")
    for try_id in ("1", "2", "3"):
        await store.take_pin_try(PHONE, TODAY, 3, try_id=try_id)
    for _ in range(2):
        await store.give_back_pin_try(PHONE, TODAY, try_id="3")

    assert (await store.take_pin_try(PHONE, TODAY, 3, try_id="4")).is_allowed
    assert not (await store.take_pin_try(PHONE, TODAY, 3, try_id="5")).is_allowed


async def test_a_try_that_is_sent_again_counts_once(store: Store) -> None:
    await store.save_pin(PHONE, "hash")
    sent = [await store.take_pin_try(PHONE, TODAY, 2, try_id=try_id) for try_id in ("1", "1", "1", "2", "3", "1")]

    assert [one.is_allowed for one in sent] == [True, True, True, True, False, True]


async def test_a_new_pin_has_new_tries(store: Store) -> None:
    await store.save_pin(PHONE, "hash")
    await store.take_pin_try(PHONE, TODAY, 1, try_id="1")
    await store.save_pin(PHONE, "another")

    assert (await store.take_pin_try(PHONE, TODAY, 1, try_id="2")).is_allowed


async def test_a_number_without_a_pin_has_no_tries(store: Store) -> None:
    await store.save_pin(PHONE, "hash")
    await store.save_pin(PHONE, None)

    assert not await store.has_pin(PHONE)
    assert (await store.take_pin_try(PHONE, TODAY, 3, try_id=str(uuid4()))).pin_hash is None


async def test_after_forgetting_only_the_order_remains_for_the_books(store: Store, menu: Menu) -> None:
    guest = Profile(str(uuid4()), household_name="Maria Lopez", phone=PHONE, city="Orlando", dietary_tags=("vegan",))
    await store.save_profile(guest)
    call = CallRecord(str(uuid4()), "room", "phone", guest.id, PHONE, None, NOON)
    await store.open_call(call)
    await store.add_transcript(call.id, [TranscriptLine(NOON, "caller", "this is Maria")])
    wishes = Wishes(Fulfilment("delivery", None, "1 Lake Street", "32801"), order_note="ring", allergy_note="nuts")
    mine = await a_quote_of(store, menu, a_cart(menu), call.id, wishes=wishes)
    placed = await store.place_order(mine, confirmed_by="voice", now=NOON)
    await store.save_pin(PHONE, "hash")

    assert placed.customer_name == "Maria Lopez"
    assert await store.forget(PHONE, now=NOON + timedelta(days=1))
    (order,) = await store.find_orders(profile_id=guest.id)
    (record, *_) = [one for one in await store.find_calls() if one.id == call.id]
    assert (order.number, order.totals) == (placed.number, placed.totals)
    assert [(line.name, line.quantity, line.note) for line in order.lines] == [
        ("Caesar Salad", 2, ""), ("Grilled Salmon", 1, ""),
    ]  # fmt: skip
    assert (order.customer_name, order.order_note, order.allergy_note) == ("", "", "")
    assert (order.fulfilment.street, order.fulfilment.zip_code) == ("", "")
    assert await store.load_profile(guest.id) == Profile(guest.id)
    assert record.caller_number is None
    assert not await store.load_transcript(call.id)
    assert not await store.has_pin(PHONE)
    assert await store.find_orphaned_cart(PHONE, NOON - timedelta(days=1)) is None


@pytest.mark.parametrize("is_forgotten_first", [True, False])
async def test_what_the_kitchen_needs_of_a_forgotten_callers_order_goes_when_it_is_handed_over(
    store: Store, menu: Menu, is_forgotten_first: bool
) -> None:
    call = await a_call(store, PHONE)
    wishes = Wishes(Fulfilment("pickup", None, "1 Lake Street", "32801"), order_note="ring", allergy_note="nuts")
    quote = await a_quote_of(store, menu, a_cart(menu), call.id, wishes=wishes)
    if is_forgotten_first:
        await store.forget(PHONE, now=NOON)
    order = await store.place_order(quote, confirmed_by="voice", now=NOON)
    await store.forget(PHONE, now=NOON)
    await store.name_order(order.id, "Maria")
    (under_way,) = await store.find_orders()

    for status in ("preparing", "ready", "picked_up"):
        await store.change_order_status(order.id, status, who="staff", now=NOON)

    (done,) = await store.find_orders()
    assert (under_way.allergy_note, under_way.fulfilment.street, under_way.customer_name) == (
        "nuts", "1 Lake Street", "Maria",
    )  # fmt: skip
    assert [line.note for line in under_way.lines] == ["dressing on the side", ""]
    assert (done.order_note, done.allergy_note, done.customer_name) == ("", "", "")
    assert (done.fulfilment.street, done.fulfilment.zip_code) == ("", "")
    assert [line.note for line in done.lines] == ["", ""]
    assert await store.load_wishes(quote.cart_id) == Wishes()


async def test_purging_forgets_what_no_kitchen_has_said_to_be_handed_over(store: Store, menu: Menu) -> None:
    call = await a_call(store, PHONE)
    quote = await a_quote_of(store, menu, a_cart(menu), call.id, wishes=Wishes(allergy_note="nuts"))
    await store.place_order(quote, confirmed_by="voice", now=NOON)
    await store.forget(PHONE, now=NOON)

    await store.purge(NOON, now=NOON + timedelta(hours=2))
    (soon_after,) = await store.find_orders()
    await store.purge(NOON, now=NOON + timedelta(days=1))

    (later,) = await store.find_orders()
    assert (soon_after.allergy_note, later.allergy_note) == ("nuts", "")


async def quotes_kept(store: Store) -> set[str]:
    if isinstance(store, SupabaseStore):
        return {row["id"] for row in await store._api.rows("fc_quotes")}
    assert isinstance(store, SqliteStore)
    return await store._database.read(lambda rows: {row["id"] for row in rows.execute("SELECT id FROM fc_quotes")})


async def keep_quote(store: Store, quote: Quote) -> None:
    """As an earlier version kept it, before it was placed."""
    if isinstance(store, SupabaseStore):
        await store._api.insert("fc_quotes", [quote_rows.quote_row(quote)])
        return
    assert isinstance(store, SqliteStore)
    await store._database.write(lambda connection: quote_rows.keep(connection, quote))


async def test_who_is_forgotten_leaves_no_quote_that_became_no_order(store: Store, menu: Menu) -> None:
    mine, placed, withdrawn = [await a_quote(store, menu, number=PHONE) for _ in range(3)]
    others = await a_quote(store, menu, number=OTHER)
    for quote in (mine, others):
        await keep_quote(store, quote)
    await store.place_order(placed, confirmed_by="voice", now=NOON)
    await store.withdraw_quote(withdrawn)
    before = await quotes_kept(store)
    await store.forget(PHONE, now=NOON)

    assert before == {mine.id, placed.id, withdrawn.id, others.id}
    assert await quotes_kept(store) == before - {mine.id}
    with pytest.raises(QuoteOutdated):
        await store.place_order(withdrawn, confirmed_by="voice", now=NOON)


async def test_forgetting_one_number_leaves_the_others_alone(store: Store) -> None:
    other = Profile(str(uuid4()), household_name="Chen Household", phone=OTHER)
    await store.save_profile(other)
    record = CallRecord(str(uuid4()), "room", "phone", other.id, OTHER, None, NOON)
    await store.open_call(record)
    await store.add_transcript(record.id, [TranscriptLine(NOON, "caller", "hello")])

    assert not await store.forget(PHONE, now=NOON + timedelta(days=1))
    assert await store.find_profile(OTHER) == other
    assert await store.load_transcript(record.id)


async def test_purging_deletes_the_words_of_older_calls_only(store: Store) -> None:
    old, new = await a_call(store), await a_call(store)
    late = replace(new, id=str(uuid4()), started_at=NOON + timedelta(days=2))
    await store.open_call(late)
    for call in (old, late):
        await store.add_transcript(call.id, [TranscriptLine(call.started_at, "caller", "hello")])

    assert await store.purge(NOON + timedelta(days=1), now=NOON) == 1
    assert not await store.load_transcript(old.id)
    assert await store.load_transcript(late.id)


@pytest.mark.parametrize("name", ["Maria", "O'Neill"])
async def test_a_name_is_put_on_an_order_that_is_placed(store: Store, menu: Menu, name: str) -> None:
    order = await store.place_order(await a_quote(store, menu), confirmed_by="keypad", now=NOON)
    await store.name_order(order.id, name)

    assert (await store.find_orders())[0].customer_name == name
