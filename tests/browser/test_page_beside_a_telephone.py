"""A real telephone call and a page in the same room: the page shows the caller's order and confirms it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from phone_agent.ordering.wording_screen import words_for_code
from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.rehearsal.script import Say
from phone_agent.store.sqlite import SqliteStore
from tests.browser.house import House
from tests.browser.visitor import ANSWER_MS, Visitor, visitor
from tests.stack.calls import lines_of, when_closed

pytestmark = [pytest.mark.stack, pytest.mark.timeout(180)]

NUMBER = "+14075550171"
SALAD_AND_SALMON = "i would like a caesar salad and a grilled salmon"


async def test_who_rings_sees_the_order_on_a_page_and_confirms_it_there_and_no_stranger_does(house: House) -> None:
    store = await SqliteStore.open(house.database)
    since = datetime.now(UTC)
    async with await SimulatedCaller.open(None, from_number=NUMBER) as caller, visitor(house) as screen:
        stranger = await screen.tab()
        await caller.ring(house.stack.sip_uri)
        await caller.perform((Say("can i see it on my phone"),))
        code = code_told_to(str(house.database), NUMBER)
        (running,) = await store.find_running_calls(NUMBER)
        said = " ".join(line.text for line in await store.load_transcript(running.id))
        await screen.visit(f"?call={code}")
        await expect(screen.page.locator(".connection.connected")).to_be_visible(timeout=ANSWER_MS)
        can_write = await screen.page.get_by_label("Type to the agent").count()
        await caller.say(SALAD_AND_SALMON)
        await screen.sees("Caesar Salad", "Grilled Salmon", "$31.98", in_card="cart")
        guessed = await shown_to(stranger, f"{(int(code) + 1) % 1_000_000:06}")
        await caller.say("check out please")
        await screen.sees("Caesar Salad", "Grilled Salmon", in_card="quote")
        await screen.button("Confirm").click(timeout=ANSWER_MS)
        await screen.sees("Order", in_card="order")
        shown = await screen.page.locator(".order-number").inner_text()
        await caller.hang_up()
        await expect(screen.page.get_by_text("The call on the telephone is over.")).to_be_visible(timeout=ANSWER_MS)
        done = await when_closed(store, since, NUMBER, [])
        after = await shown_to(stranger, code)
    await store.close()

    (order,) = done.orders
    assert lines_of(order) == [(1, "Caesar Salad"), (1, "Grilled Salmon")]
    assert (order.confirmed_by, order.channel) == ("page", "phone")
    assert shown == f"{order.number:03}"
    assert can_write == 0
    assert words_for_code(code) in said
    assert (guessed, after) == (0, 0)
    assert screen.errors == []


async def shown_to(stranger: Visitor, code: str) -> int:
    """How many cards."""
    await stranger.visit(f"?call={code}")
    await expect(stranger.page.get_by_role("alert")).to_contain_text("That code is not known", timeout=ANSWER_MS)
    return await stranger.page.locator(".card").count()


def code_told_to(database: str, number: str) -> str:
    with sqlite3.connect(database) as rows:
        ((code,),) = rows.execute("SELECT screen_code FROM fc_calls WHERE caller_number = ?", (number,)).fetchall()
    return str(code)
