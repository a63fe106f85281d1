"""Calls from a page, in a real room: typed, shown as cards, confirmed with a click; judged by what the store holds."""

from __future__ import annotations

import pytest

from phone_agent.page_visit import PageVisit
from phone_agent.store.sqlite import SqliteStore
from tests.stack.calls import Line, lines_of
from tests.stack.pages import Page

pytestmark = pytest.mark.stack


async def test_an_order_that_is_typed_and_confirmed_with_a_click(line: Line) -> None:
    async with await Page.open(line.stack, visit=PageVisit(name="Dana"), decide=lambda _: True) as page:
        await page.until(lambda p: p.of("cart") and any("Dana" in said for said in p.said))
        await page.ask("developer_data", '{"on": true}')
        await page.type("two caesar salads please")
        await page.until(lambda p: p.of("cart")[-1].quantity == 2)
        await page.type("check out")
        await page.until(lambda p: p.of("order"), 30)
        await page.until(lambda p: any(p.of("order")[-1].number in said for said in p.said))
    store = await SqliteStore.open(line.database)
    newest = (await store.find_orders(limit=1))[0]
    await store.close()

    states = list(dict.fromkeys(card.state for card in page.of("quote")))
    types = list(dict.fromkeys(card.type for card in page.cards if card.type in ("profile", "cart", "quote", "order")))
    assert types == ["profile", "cart", "quote", "order"]
    assert states in (["drawn", "open", "closed"], ["open", "closed"])
    assert page.of("order")[-1].number == f"{newest.number:03d}"
    assert (newest.confirmed_by, newest.channel, lines_of(newest)) == ("page", "page", [(2, "Caesar Salad")])
    assert newest.customer_name == "Dana"
    assert page.of("cart")[-1].lines == []
    assert "quick_add_to_cart" in [card.tool_name for card in page.of("tool_call")]
    assert page.of("turn")
    assert page.of("report")[-1].turns >= 2


async def test_who_plays_no_sound_is_answered_in_writing_and_can_order_by_typing_alone(line: Line) -> None:
    async with await Page.open(line.stack, visit=PageVisit(), listens=False) as page:
        await page.until(lambda p: any("What would you like" in said for said in p.said))
        await page.type("a caesar salad please")
        await page.until(lambda p: p.of("cart")[-1].quantity == 1)
        await page.type("check out")
        await page.until(lambda p: p.of("quote") and p.of("quote")[-1].state == "open", 30)
        await page.until(lambda p: any("say yes" in said for said in p.said))
        await page.type("yes please")
        await page.until(lambda p: p.of("order"))
        await page.until(lambda p: any(p.of("order")[-1].number in said for said in p.said))
    store = await SqliteStore.open(line.database)
    newest = (await store.find_orders(limit=1))[0]
    await store.close()

    assert newest.confirmed_by == "text"
