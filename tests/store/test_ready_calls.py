"""Who is to be rung when an order is ready: asked for at any time, due once, claimed by one, tried twice at most."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Order
from phone_agent.ordering.states import Status
from phone_agent.ordering.wishes import Wishes
from phone_agent.store.protocol import Store
from phone_agent.store.ready_calls import SETTLED, Pace, Rung
from tests.builders import NOON, a_cart, a_quote

PHONE, OTHER = "+14075550181", "+14075550182"
READY = NOON + timedelta(minutes=20)
LEASE = timedelta(minutes=1)
RETRY = timedelta(minutes=3)


def at(moment: datetime) -> Pace:
    return Pace(moment, moment - RETRY, moment - timedelta(hours=1))


async def an_order(store: Store, menu: Menu, number: str | None = PHONE, language: str = "en") -> Order:
    """Placed by who asked for the call before."""
    quote = await a_quote(store, menu, number=number)
    await store.save_wishes(Wishes(ready_call=language), cart_id=quote.cart_id)
    return await store.place_order(quote, confirmed_by="keypad", now=NOON)


async def advance(store: Store, order: Order, *following: Status, now: datetime = READY) -> None:
    for status in following:
        await store.change_order_status(order.id, status, who="staff", now=now)


async def a_ready_order(store: Store, menu: Menu, number: str | None = PHONE) -> Order:
    order = await an_order(store, menu, number)
    await advance(store, order, "preparing", "ready")
    return order


async def due(store: Store, moment: datetime = READY) -> list[str]:
    return [call.order_id for call in await store.find_due_ready_calls(at(moment))]


async def tried(store: Store, order: Order, outcome: Rung, moment: datetime = READY) -> None:
    claimed = await store.claim_ready_call(order.id, at(moment), lease_until=moment + LEASE)
    assert claimed is not None
    assert await store.begin_ready_call(claimed, now=moment, lease_until=moment + LEASE) is not None
    await store.end_ready_call(claimed, outcome, now=moment)


async def test_who_asked_is_due_once_the_order_is_ready_and_not_before(store: Store, menu: Menu) -> None:
    order = await an_order(store, menu)
    before = await due(store)
    await advance(store, order, "preparing")
    cooking = await due(store)
    await advance(store, order, "ready")

    assert (before, cooking, await due(store)) == ([], [], [order.id])


async def test_who_asks_after_the_order_was_placed_is_due_too(store: Store, menu: Menu) -> None:
    order = await store.place_order(await a_quote(store, menu, number=PHONE), confirmed_by="keypad", now=NOON)
    await advance(store, order, "preparing", "ready")
    unasked = await due(store)
    await store.want_ready_call(order.id, "es")
    claimed = await store.claim_ready_call(order.id, at(READY), lease_until=READY + LEASE)
    begun = await store.begin_ready_call(claimed or "", now=READY, lease_until=READY + LEASE)

    assert unasked == []
    assert begun is not None
    assert (begun.number, begun.language, begun.order.id) == (PHONE, "es", order.id)
    assert begun.order.lines == order.lines


async def test_the_wish_stays_with_a_cart_that_another_call_takes_over(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu, a_cart(menu), number=PHONE)
    await store.save_wishes(Wishes(ready_call="en"), cart_id=quote.cart_id)
    await store.close_call(quote.call_id, outcome="abandoned", reason="hang-up", now=NOON)
    lost = await store.find_orphaned_cart(PHONE, NOON - timedelta(hours=1))

    assert lost is not None
    assert lost.wishes.ready_call == "en"


async def test_a_withheld_number_is_never_due(store: Store, menu: Menu) -> None:
    await a_ready_order(store, menu, number=None)

    assert await due(store) == []


@pytest.mark.parametrize("status", ["picked_up", "cancelled"])
async def test_an_order_that_was_handed_over_or_cancelled_is_neither_due_nor_dialled(
    store: Store, menu: Menu, status: Status
) -> None:
    order = await a_ready_order(store, menu)
    claimed = await store.claim_ready_call(order.id, at(READY), lease_until=READY + LEASE)
    await advance(store, order, status)

    assert claimed is not None
    assert await due(store) == []
    assert await store.begin_ready_call(claimed, now=READY, lease_until=READY + LEASE) is None


async def test_what_has_been_ready_for_long_is_not_due(store: Store, menu: Menu) -> None:
    order = await a_ready_order(store, menu)

    assert await due(store, READY + timedelta(minutes=59)) == [order.id]
    assert await due(store, READY + timedelta(minutes=61)) == []


async def test_of_ten_at_once_one_claims_it_and_it_begins_once(store: Store, menu: Menu) -> None:
    order = await a_ready_order(store, menu)
    claims = await asyncio.gather(
        *(store.claim_ready_call(order.id, at(READY), lease_until=READY + LEASE) for _ in range(10))
    )
    (claimed,) = [claim for claim in claims if claim is not None]
    begun = await asyncio.gather(
        *(store.begin_ready_call(claimed, now=READY, lease_until=READY + LEASE) for _ in range(3))
    )

    assert len([call for call in begun if call is not None]) == 1
    assert await due(store) == []


async def test_a_claim_that_nobody_dialled_is_no_try_and_never_dialled_later(store: Store, menu: Menu) -> None:
    order = await a_ready_order(store, menu)
    claimed = await store.claim_ready_call(order.id, at(READY), lease_until=READY + LEASE)
    later = READY + LEASE
    again = await store.claim_ready_call(order.id, at(later), lease_until=later + LEASE)

    assert claimed is not None
    assert again not in (None, claimed)
    assert await store.begin_ready_call(claimed, now=later, lease_until=later + LEASE) is None
    assert len(await store.find_ready_calls(order.id)) == 1


@pytest.mark.parametrize("outcome", [rung for rung in Rung if rung not in SETTLED])
async def test_what_reached_nobody_is_tried_once_more_after_a_while(store: Store, menu: Menu, outcome: Rung) -> None:
    order = await a_ready_order(store, menu)
    await tried(store, order, outcome)
    soon, later = await due(store, READY + timedelta(minutes=2)), READY + RETRY
    await tried(store, order, outcome, later)

    assert soon == []
    assert await due(store, later + RETRY) == []
    assert [(one.outcome, one.is_dialled) for one in await store.find_ready_calls(order.id)] == [(outcome, True)] * 2


@pytest.mark.parametrize("outcome", SETTLED)
async def test_what_is_settled_is_not_tried_again(store: Store, menu: Menu, outcome: Rung) -> None:
    order = await a_ready_order(store, menu)
    await tried(store, order, outcome)

    assert await due(store, READY + RETRY) == []


async def test_an_answer_settles_it_even_where_whoever_rang_is_gone(store: Store, menu: Menu) -> None:
    order = await a_ready_order(store, menu)
    claimed = await store.claim_ready_call(order.id, at(READY), lease_until=READY + LEASE)
    assert await store.begin_ready_call(claimed or "", now=READY, lease_until=READY + LEASE) is not None
    await store.answer_ready_call(claimed or "")

    assert await due(store, READY + timedelta(minutes=30)) == []


async def test_a_try_whose_worker_was_killed_counts_and_is_made_good_once(store: Store, menu: Menu) -> None:
    order = await a_ready_order(store, menu)
    claimed = await store.claim_ready_call(order.id, at(READY), lease_until=READY + LEASE)
    assert await store.begin_ready_call(claimed or "", now=READY, lease_until=READY + LEASE) is not None
    ringing, later = await due(store, READY + LEASE), READY + LEASE + RETRY
    await tried(store, order, Rung.BUSY, later)

    assert ringing == []
    assert await due(store, later + RETRY) == []


async def test_one_number_is_not_rung_about_two_orders_at_once(store: Store, menu: Menu) -> None:
    first, second = await a_ready_order(store, menu), await a_ready_order(store, menu)
    others = await a_ready_order(store, menu, OTHER)
    claimed = await store.claim_ready_call(first.id, at(READY), lease_until=READY + LEASE)
    meanwhile = await due(store)
    await store.end_ready_call(claimed or "", Rung.ANSWERED, now=READY)

    assert meanwhile == [others.id]
    assert sorted(await due(store)) == sorted([second.id, others.id])


async def test_who_is_forgotten_is_not_rung(store: Store, menu: Menu) -> None:
    await a_ready_order(store, menu)
    await store.forget(PHONE, now=READY)

    assert await due(store) == []
