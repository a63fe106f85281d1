"""A Supabase that is slow, gone or half there: a sentence to the caller, soon, and never a second order."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from phone_agent.ordering.errors import CartOutdated, StoreUnavailable
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import QUOTE_LIFE
from phone_agent.ordering.wishes import NO_WISHES, Wishes
from phone_agent.store.records import TranscriptLine
from phone_agent.store.supabase import SupabaseStore
from tests.builders import NOON, a_call, a_cart, a_quote, a_thai_cart, item_named
from tests.postgrest.gateway import SECRET_KEY, Mishap
from tests.postgrest.project import Project
from tests.store.test_unavailable import SAID

pytestmark = pytest.mark.postgrest
BREAKS = [Mishap.LOST_REQUEST, Mishap.LOST_ANSWER, Mishap.TIRED]


@pytest.fixture
async def hurried(project: Project, supabase: SupabaseStore) -> AsyncIterator[SupabaseStore]:
    """Its patience ends soon."""
    opened = await SupabaseStore.open(project.url, SECRET_KEY, longest_wait_s=2.5, answer_s=1.0)
    yield opened
    await opened.close()


@pytest.mark.parametrize("mishap", [*BREAKS, Mishap.NO_ANSWER, Mishap.NEVER_ARRIVES])
async def test_an_order_is_placed_once_whatever_is_lost_on_the_way(
    hurried: SupabaseStore, project: Project, menu: Menu, mishap: Mishap
) -> None:
    quote = await a_quote(hurried, menu)
    project.gateway.next("fc_place_order", mishap)

    order = await hurried.place_order(quote, confirmed_by="keypad", now=NOON)

    assert project.gateway.asked.count("rpc/fc_place_order") == 2
    assert list(await hurried.find_orders()) == [order]
    assert project.sql("select count(*) from fc_order_items") == [(2,)]
    assert project.sql("select count(*) from fc_order_events") == [(1,)]


async def test_an_order_whose_answer_never_came_is_found_when_it_is_placed_again(
    hurried: SupabaseStore, project: Project, menu: Menu
) -> None:
    quote = await a_quote(hurried, menu)
    project.gateway.next("fc_place_order", *[Mishap.NO_ANSWER] * 3)
    with pytest.raises(StoreUnavailable, match=SAID):
        await hurried.place_order(quote, confirmed_by="keypad", now=NOON)
    stored = await hurried.find_orders()
    project.gateway.forget()

    again = await hurried.place_order(quote, confirmed_by="voice", now=NOON + QUOTE_LIFE * 2)

    assert list(stored) == [again] == list(await hurried.find_orders())


@pytest.mark.parametrize("mishap", BREAKS)
async def test_a_cart_change_whose_answer_was_lost_is_no_change_by_another(
    supabase: SupabaseStore, project: Project, menu: Menu, mishap: Mishap
) -> None:
    record = await a_call(supabase)
    project.gateway.next("fc_save_cart", mishap, mishap)
    cart = await supabase.save_cart(a_thai_cart(menu), call_id=record.id)
    line = cart.lines[0]

    project.gateway.next("fc_save_cart", mishap)
    changed = await supabase.save_cart(cart.change(line.id, replace(line, quantity=7)), call_id=record.id)
    project.gateway.next("fc_save_cart", mishap)
    emptied = await supabase.save_cart(changed.remove(line.id), call_id=record.id)

    assert await supabase.find_cart(record.id) == emptied
    assert cart.version < changed.version < emptied.version


@pytest.mark.parametrize("mishap", BREAKS)
async def test_a_call_is_taken_down_once_whatever_is_lost_on_the_way(
    supabase: SupabaseStore, project: Project, menu: Menu, mishap: Mishap
) -> None:
    for path in ("fc_calls", "fc_call_transcripts", "fc_save_profile", "fc_freeze_cart", "fc_close_call"):
        project.gateway.next(path, mishap)
    said = [TranscriptLine(NOON, "agent", "Hi"), TranscriptLine(NOON, "caller", "Hello")]

    quote = await a_quote(supabase, menu)
    await supabase.add_transcript(quote.call_id, said)
    (cart,) = project.sql("select version from fc_carts")
    await supabase.close_call(quote.call_id, outcome="abandoned", reason="hang-up", now=NOON)

    (record,) = await supabase.find_calls()
    assert not project.gateway.mishaps
    assert (record.ended_at, record.outcome, record.reason) == (NOON, "abandoned", "hang-up")
    assert list(await supabase.load_transcript(record.id)) == said
    assert cart == (quote.cart_version,)


@pytest.mark.parametrize("mishap", BREAKS)
async def test_a_try_of_the_pin_whose_answer_is_lost_counts_once_and_is_given_back_once(
    supabase: SupabaseStore, project: Project, mishap: Mishap
) -> None:
    await supabase.save_pin("+14075550161", "hash")
    for try_id in ("1", "2"):
        project.gateway.next("fc_take_pin_try", mishap)
        assert (await supabase.take_pin_try("+14075550161", "2026-11-20", 2, try_id=try_id)).is_allowed
    project.gateway.next("fc_give_back_pin_try", mishap)
    await supabase.give_back_pin_try("+14075550161", "2026-11-20", try_id="2")

    assert not project.gateway.mishaps
    assert project.sql("select tries, tried from fc_caller_pin_tries") == [(1, ["1"])]


@pytest.mark.parametrize("mishap", BREAKS)
async def test_staff_who_are_asked_to_wait_have_changed_an_order_once(
    supabase: SupabaseStore, project: Project, menu: Menu, mishap: Mishap
) -> None:
    order = await supabase.place_order(await a_quote(supabase, menu), confirmed_by="keypad", now=NOON)
    project.gateway.next("fc_change_order_status", mishap)

    changed = await supabase.change_order_status(order.id, "preparing", who="Ana", now=NOON)

    assert changed.status == "preparing"
    assert [event.status for event in await supabase.find_order_events(order.id)] == ["confirmed", "preparing"]


async def test_a_supabase_that_never_answers_is_said_in_bounded_time(
    hurried: SupabaseStore, project: Project, menu: Menu
) -> None:
    project.gateway.next("fc_load_menu", *[Mishap.NEVER_ARRIVES] * 5)

    began = time.monotonic()
    with pytest.raises(StoreUnavailable, match=SAID):
        await hurried.load_menu()

    assert time.monotonic() - began < 4


async def test_a_supabase_that_is_not_there_is_said_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    store = await SupabaseStore.open(f"http://127.0.0.1:{port}", SECRET_KEY)

    began = time.monotonic()
    with pytest.raises(StoreUnavailable, match=SAID):
        await store.find_calls()
    await store.close()

    assert time.monotonic() - began < 3


async def test_a_page_for_people_is_no_answer(supabase: SupabaseStore, project: Project) -> None:
    project.gateway.next("fc_load_menu", *[Mishap.ERROR_PAGE] * 3)
    project.gateway.next("fc_calls", *[Mishap.ERROR_PAGE] * 3)

    with pytest.raises(StoreUnavailable, match=SAID):
        await supabase.load_menu()
    with pytest.raises(StoreUnavailable, match=SAID):
        await supabase.find_calls()


@pytest.mark.parametrize("mishap", BREAKS)
async def test_a_lost_cart_is_taken_over_also_where_the_answer_was_lost(
    supabase: SupabaseStore, project: Project, menu: Menu, mishap: Mishap
) -> None:
    gone, adopter, late = [await a_call(supabase, "+14075550161") for _ in range(3)]
    cart = await supabase.save_cart(a_cart(menu), call_id=gone.id)
    await supabase.close_call(gone.id, outcome="abandoned", reason="hang-up", now=NOON)
    project.gateway.next("fc_adopt_cart", mishap)

    adopted = await supabase.adopt_cart(cart.id, adopter.id, wishes=Wishes(allergy_note="nuts"), now=NOON)

    assert project.gateway.asked.count("rpc/fc_adopt_cart") == 2
    assert adopted.cart == await supabase.find_cart(adopter.id)
    assert adopted.cart.lines == cart.lines
    assert await supabase.load_wishes(cart.id) == Wishes(allergy_note="nuts")
    with pytest.raises(CartOutdated):
        await supabase.adopt_cart(cart.id, late.id, wishes=NO_WISHES, now=NOON)


async def test_a_long_transcript_is_read_to_its_end(supabase: SupabaseStore) -> None:
    """A project gives 1,000 rows at a time."""
    record = await a_call(supabase)
    said = [TranscriptLine(NOON + timedelta(seconds=n), "caller", f"sentence {n}") for n in range(2100)]
    await supabase.add_transcript(record.id, said)

    assert list(await supabase.load_transcript(record.id)) == said


async def test_a_closed_store_says_so_and_closes_twice(project: Project) -> None:
    store = await SupabaseStore.open(project.url, SECRET_KEY)
    await store.close()
    await store.close()

    with pytest.raises(StoreUnavailable, match=SAID):
        await store.find_calls()


async def test_a_caller_cancelled_in_the_middle_leaves_no_half_order(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    quote = await a_quote(supabase, menu)
    project.gateway.next("fc_place_order", Mishap.NO_ANSWER)

    placing = asyncio.ensure_future(supabase.place_order(quote, confirmed_by="keypad", now=NOON))
    while not await supabase.find_orders():
        await asyncio.sleep(0.01)
    placing.cancel()
    order = await supabase.place_order(quote, confirmed_by="keypad", now=NOON)

    assert list(await supabase.find_orders()) == [order]


async def test_what_a_tool_asks_is_one_round_trip(supabase: SupabaseStore, project: Project, menu: Menu) -> None:
    await supabase.load_menu()
    record = await a_call(supabase)
    project.gateway.forget()

    cart = await supabase.save_cart(a_cart(menu), call_id=record.id)
    assert len(project.gateway.asked) == 1
    assert await supabase.find_cart(record.id) == cart
    assert len(project.gateway.asked) == 2
    await supabase.load_menu()
    await supabase.find_orders(profile_id=record.profile_id)
    await supabase.find_profile("+14075550177")
    assert len(project.gateway.asked) == 5

    await supabase.save_wishes(Wishes(order_note="ring twice"), cart_id=cart.id)
    await supabase.freeze_cart(cart, call_id=record.id, wishes=NO_WISHES, now=NOON)
    assert len(project.gateway.asked) == 7

    order = await supabase.place_order(await a_quote(supabase, menu), confirmed_by="keypad", now=NOON)
    project.gateway.forget()
    await supabase.change_order_status(order.id, "cancelled", who="caller", now=NOON)
    await supabase.sell_out(item_named(menu, "Pad Thai").id, None)
    await supabase.menu_version()

    assert len(project.gateway.asked) == 3
