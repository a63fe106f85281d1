"""A cart that a cut call left behind: told of after a minute, unless somebody has come back, and found by its code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from phone_agent.callers.lost_carts import code_of
from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from tests.builders import NOON, a_call, a_cart
from tests.store.telling import MINUTE, OTHER, PHONE, a_cut_call, claimed, told


async def test_a_cut_call_is_told_of_after_a_minute_and_once(store: Store, menu: Menu) -> None:
    call = await a_call(store, PHONE)
    cart = await store.save_cart(a_cart(menu), call_id=call.id)
    await store.close_lost_call(call.id)
    await store.note_alive(call.id, now=NOON)
    await store.close_call(call.id, outcome="abandoned", reason="hung_up", now=NOON)

    assert await claimed(store, now=NOON + timedelta(seconds=59)) == []
    assert [message.cart_id for message in await claimed(store)] == [cart.id]
    assert await told(store) == [("text", "call_back", "")]


async def test_nothing_is_to_be_told_of_an_empty_cart(store: Store, menu: Menu) -> None:
    call = await a_call(store, PHONE)
    cart = await store.save_cart(a_cart(menu), call_id=call.id)
    for line in cart.lines:
        cart = await store.save_cart(cart.remove(line.id), call_id=call.id)
    await store.close_call(call.id, outcome="abandoned", reason="hung_up", now=NOON)

    assert await told(store) == []


@pytest.mark.parametrize("since", ["nothing", "rang again", "was taken up", "was given up", "had a person"])
async def test_a_cart_waits_until_its_caller_rings_again(store: Store, menu: Menu, since: str) -> None:
    cart_id = await a_cut_call(store, menu, reason="transferred" if since == "had a person" else "hung_up")
    if since == "rang again":
        await a_call(store, PHONE)
    elif since == "was taken up":
        other = await a_call(store, OTHER)
        lost = await store.find_orphaned_cart(PHONE, NOON)
        assert lost is not None
        await store.adopt_cart(cart_id, other.id, wishes=lost.wishes, now=NOON)
    elif since == "was given up":
        await store.abandon_cart(cart_id)
    (message,) = await claimed(store)

    matter = await store.load_matter(message)
    assert matter.is_waiting == (since == "nothing")
    assert matter.restaurant_name == "The Grill"


async def test_a_lost_cart_is_found_by_its_code_while_it_is_kept(store: Store, menu: Menu) -> None:
    cart_id, other = await a_cut_call(store, menu), await a_cut_call(store, menu, None)
    found = await store.find_cart_by_code(code_of(cart_id), NOON - MINUTE)
    too_late = await store.find_cart_by_code(code_of(cart_id), NOON + MINUTE)
    given_up = await store.find_cart_by_code(code_of(other), NOON - MINUTE)

    assert found is not None
    assert found.cart.id == cart_id
    assert [line.item.name for line in found.cart.lines] == ["Caesar Salad", "Grilled Salmon"]
    assert too_late is None
    assert given_up is None
    assert await store.find_cart_by_code("not a code", NOON - MINUTE) is None


async def test_a_running_calls_cart_has_no_code(store: Store, menu: Menu) -> None:
    call = await a_call(store, PHONE)
    cart = await store.save_cart(a_cart(menu), call_id=call.id)

    assert await store.find_cart_by_code(code_of(cart.id), NOON - MINUTE) is None
