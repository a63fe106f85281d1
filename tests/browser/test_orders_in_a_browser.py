"""Whole orders from the page in a real browser, each judged by what the store holds afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.house import House
from tests.browser.orders import order_of
from tests.browser.visitor import ANSWER_MS, Visitor, speech, visitor
from tests.stack.calls import lines_of

pytestmark = [pytest.mark.stack, pytest.mark.timeout(180)]

SALAD_AND_SALMON = "I would like a caesar salad and a grilled salmon"
BOTH = [(1, "Caesar Salad"), (1, "Grilled Salmon")]


async def type_both_and_check_out(caller: Visitor) -> None:
    await caller.type(SALAD_AND_SALMON)
    await caller.sees("$31.98", in_card="cart")
    await caller.type("check out please")
    await expect(caller.button("Confirm")).to_be_visible(timeout=ANSWER_MS)


async def test_an_order_by_voice_ends_with_a_click_on_confirm(house: House, tmp_path: Path) -> None:
    said = await speech(tmp_path, [(9.0, SALAD_AND_SALMON), (13.0, "check out please")])
    async with visitor(house, microphone=said) as caller:
        await caller.visit()
        await caller.call()
        await caller.sees("Caesar Salad", "Grilled Salmon", "$31.98", in_card="cart")
        await caller.sees("Caesar Salad", "Grilled Salmon", in_card="quote")
        await caller.button("Confirm").click()
        await caller.sees("Order", in_card="order")
        order = await order_of(house, caller)

    assert lines_of(order) == BOTH
    assert order.totals.subtotal_cents == 3198
    assert order.confirmed_by == "page"
    assert caller.errors == []


async def test_key_1_of_the_pages_keypad_places_the_order(house: House) -> None:
    async with visitor(house) as caller:
        await caller.visit()
        await caller.write()
        await type_both_and_check_out(caller)
        await caller.button("Keypad").click()
        await caller.button("1 yes").click()
        await caller.sees("Order", in_card="order")
        order = await order_of(house, caller)

    assert lines_of(order) == BOTH
    assert order.confirmed_by == "keypad"
    assert caller.errors == []


async def test_the_computers_own_keys_are_the_keypad_unless_one_types(house: House) -> None:
    async with visitor(house) as caller:
        await caller.visit()
        await caller.write()
        await type_both_and_check_out(caller)
        await caller.page.get_by_label("Type to the agent").press("1")
        await caller.page.wait_for_timeout(1500)
        typed = await caller.card("order").count()
        await caller.page.get_by_label("Type to the agent").fill("")
        await caller.button("Change").focus()
        await caller.page.keyboard.press("1")
        await caller.sees("Order", in_card="order")
        order = await order_of(house, caller)

    assert typed == 0
    assert order.confirmed_by == "keypad"
    assert caller.errors == []


async def test_an_order_is_made_by_typing_alone_and_changed_before_it_is_confirmed(house: House) -> None:
    async with visitor(house, refuses=True) as caller:
        await caller.visit()
        await caller.write("Ana")
        await type_both_and_check_out(caller)
        await caller.button("Change").click(timeout=ANSWER_MS)
        await expect(caller.card("quote")).to_have_count(0, timeout=ANSWER_MS)
        await caller.type("remove the grilled salmon")
        await caller.sees("$8.99", in_card="cart")
        await caller.type("check out please")
        await expect(caller.button("Confirm")).to_be_visible(timeout=ANSWER_MS)
        await caller.type("yes please")
        await caller.sees("Order", in_card="order")
        order = await order_of(house, caller)

    assert lines_of(order) == [(1, "Caesar Salad")]
    assert caller.errors == []
