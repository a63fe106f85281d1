"""Calls from a page, in a real room: typed, shown as cards, confirmed with a click; judged by what the store holds."""

from __future__ import annotations

import re

import pytest
from livekit import api

from phone_agent.callers.page_visit import PageVisit
from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.order import Order
from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.rehearsal.script import Listen, Say
from phone_agent.rehearsal.witness import Witness
from phone_agent.settings import Settings
from phone_agent.store.sqlite import SqliteStore
from phone_agent.web.app import create_app
from tests.stack.calls import Line, lines_of
from tests.stack.pages import Page
from tests.web.conftest import Browser

pytestmark = pytest.mark.stack


async def test_an_order_that_is_typed_and_confirmed_with_a_click(line: Line) -> None:
    async with await Page.open(line.stack, PageVisit(name="Dana"), decide=lambda _: True) as page:
        await page.until(lambda p: p.of("cart") and any("Dana" in said for said in p.said))
        await page.ask("developer_data", '{"on": true}')
        await page.type("two caesar salads please")
        await page.until(lambda p: p.of("cart")[-1].quantity == 2)
        await page.type("check out")
        await page.until(lambda p: p.of("order"), 30)
        await page.until(lambda p: any(p.of("order")[-1].number in said for said in p.said))
        store = await SqliteStore.open(line.database)
        newest = (await store.find_orders(limit=1))[0]
        for status in ("preparing", "ready"):
            await store.change_order_status(newest.id, status, who="kitchen", now=utc_now())
        await store.close()
        await page.until(lambda p: any("is ready." in said for said in p.said), 30)

    update = page.of("order_update")[-1]
    assert (update.order_id, update.status) == (newest.id, "ready")
    assert page.of("order")[-1].status == "ready"
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
    async with await Page.open(line.stack, PageVisit(), listens=False) as page:
        await page.until(lambda p: any("What would you like" in said for said in p.said))
        await page.type("a caesar salad please")
        await page.until(lambda p: p.of("cart")[-1].quantity == 1)
        await page.type("check out")
        await page.until(lambda p: p.of("quote") and p.of("quote")[-1].state == "open", 30)
        await page.type("yes please")
        await page.until(lambda p: p.of("order"))
        await page.until(lambda p: any(p.of("order")[-1].number in said for said in p.said))
    newest = await newest_order(line)

    assert newest.confirmed_by == "text"


async def test_the_key_1_of_a_page_confirms_like_that_of_a_telephone(line: Line) -> None:
    async with await Page.open(line.stack, PageVisit(restaurant="lotus-garden"), decide=lambda _: None) as page:
        await page.until(lambda p: p.said)
        await page.type("spring rolls please")
        await page.until(lambda p: p.of("cart")[-1].quantity == 1)
        await page.type("check out")
        await page.until(lambda p: p.asked, 30)
        await page.press("1")
        await page.until(lambda p: p.of("order"))
    newest = await newest_order(line)

    assert newest.confirmed_by == "keypad"
    assert newest.restaurant_name in page.said[0]


async def test_who_is_on_the_telephone_watches_and_confirms_on_a_second_screen(line: Line) -> None:
    """It is silent: its keys and its words do nothing. And who is neither is shown nothing."""
    number, said = "+14075550146", list[str]()
    store = await SqliteStore.open(line.database)
    stack, keys = line.stack, line.stack.livekit_env
    settings = Settings.from_env({**keys, "PHONE_AGENT_DATABASE": str(line.database)})
    key, secret = settings.livekit_api_key, settings.livekit_api_secret
    async with (
        await SimulatedCaller.open(None, from_number=number) as caller,
        Witness(settings.livekit_url, key, secret, said.append) as witness,
    ):
        witness.watch_for(number)
        await caller.ring(stack.sip_uri)
        await caller.perform((Listen(3.0), Say("can i see it on my phone"), Listen(3.0)))
        given = await with_code(settings, "".join(re.findall(r"\d", " ".join(said))))
        found = next(call for call in await store.find_running_calls(number) if call.room == given["room_name"])
        grants = api.VideoGrants(room_join=True, room=found.room, can_publish_data=True)
        of_nobody = api.AccessToken(key, secret).with_identity("nosy_5d1f").with_grants(grants).to_jwt()
        async with (
            await Page.join(given["server_url"], given["token"], decide=lambda _: True) as screen,
            await Page.join(settings.livekit_url, of_nobody, decide=lambda _: True) as nosy,
        ):
            await screen.until(lambda p: p.of("profile"))
            await screen.press("0")
            await screen.type("two grilled salmon please")
            await caller.perform((Say("i would like a caesar salad"), Say("check out please"), Listen(3.0)))
            await screen.until(lambda p: p.of("order"))
        await caller.hang_up()
    newest = (await store.find_orders(caller_number=number, limit=1))[0]
    words = [entry.text for entry in await store.load_transcript(found.id) if entry.speaker != "agent"]
    await store.close()

    assert (newest.confirmed_by, lines_of(newest)) == ("page", [(1, "Caesar Salad")])
    assert screen.of("profile")[0].is_second_screen
    assert nosy.cards == []
    assert nosy.asked == []
    assert len(said) > 3
    assert screen.said == nosy.said == []
    assert "0" not in words
    assert "two grilled salmon please" not in words


async def with_code(settings: Settings, code: str) -> dict[str, str]:
    """What the web server gives who types it."""
    app = create_app(settings)
    browser = Browser(app)
    answer = await browser.post("/api/second-screen", {"code": code})
    await browser.client.aclose()
    await app.state.reception.store.close()
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def newest_order(line: Line) -> Order:
    store = await SqliteStore.open(line.database)
    newest = (await store.find_orders(limit=1))[0]
    await store.close()
    return newest
