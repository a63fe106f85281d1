"""A server is killed in mid-call: what the page says, and how the order is made all the same."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psutil
import pytest
from livekit import api
from playwright.async_api import expect

from phone_agent.ordering.order import Order
from tests.browser.house import House, open_house
from tests.browser.orders import order_of
from tests.browser.visitor import ANSWER_MS, Visitor, visitor
from tests.stack.calls import lines_of

pytestmark = [pytest.mark.stack, pytest.mark.timeout(180)]

BACK_MS = 45_000
"""What a call may take to go on after its server is back."""
SETTLED_SECONDS = 20.0
"""An agent that comes back as well has come by then."""


@pytest.fixture(scope="module")
def own_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Servers that nobody else misses."""
    with open_house(tmp_path_factory.mktemp("lost")) as opened:
        yield opened


async def test_a_page_in_a_call_does_without_the_web_server_and_calls_again_when_it_is_back(own_house: House) -> None:
    async with visitor(own_house) as caller:
        other = await caller.tab()
        await other.visit()
        await other.page.wait_for_load_state("networkidle")
        await caller.visit()
        await caller.write()
        await caller.type("a caesar salad please")
        await caller.sees("Caesar Salad", in_card="cart")
        own_house.kill("web")
        await other.button("Type instead").click()
        await expect(other.page.get_by_role("alert")).to_contain_text("We cannot be reached", timeout=ANSWER_MS)
        order = await confirmed(own_house, caller)
        await asyncio.to_thread(own_house.start_web)
        await expect(other.page.locator(".connection.connected")).to_be_visible(timeout=BACK_MS)
        await expect(other.page.get_by_role("alert")).to_have_count(0)

    assert lines_of(order) == [(1, "Caesar Salad")]
    assert caller.errors == []


@pytest.mark.long
async def test_a_page_whose_agent_was_killed_says_so_and_is_put_through_to_another(own_house: House) -> None:
    async with visitor(own_house) as caller:
        await caller.visit()
        jobs = jobs_in_calls(own_house)
        await caller.write()
        await caller.type("a caesar salad please")
        await caller.sees("Caesar Salad", in_card="cart")
        (job,) = jobs_in_calls(own_house) - jobs
        job.kill()
        await goes_on_with_a_new_agent(caller)
        await caller.type("a grilled salmon please")
        await caller.sees("Grilled Salmon", "$22.99", in_card="cart")
        await expect(caller.page.get_by_role("alert")).to_have_count(0)
        order = await confirmed(own_house, caller)

    assert lines_of(order) == [(1, "Grilled Salmon")]
    assert caller.errors == []


@pytest.mark.long
@pytest.mark.parametrize("seconds", [1.0, 12.0])
async def test_a_call_goes_on_with_one_agent_when_livekits_server_is_back(own_house: House, seconds: float) -> None:
    """The same one with the cart, or another one: what is ordered is what the page shows.

    The last tests of this house: its other servers may be late to come back.
    """
    async with visitor(own_house) as caller:
        await caller.visit()
        async with caller.page.expect_response("**/token") as answer:
            await caller.write()
        room = (await (await answer.value).json())["room_name"]
        await caller.type("a caesar salad please")
        await caller.sees("Caesar Salad", in_card="cart")
        own_house.kill("livekit-server")
        await expect(caller.page.locator(".connection.reconnecting")).to_be_visible(timeout=ANSWER_MS)
        await expect(caller.page.get_by_role("alert")).to_contain_text("The line is lost", timeout=ANSWER_MS)
        kept = await caller.card("cart").inner_text()
        await asyncio.sleep(seconds)
        await asyncio.to_thread(own_house.start_livekit)
        await expect(caller.page.locator(".connection.connected")).to_be_visible(timeout=BACK_MS)
        await asyncio.sleep(SETTLED_SECONDS)
        agents = await agents_in(own_house, room)
        has_cart = await caller.card("cart").count() == 1
        said = await caller.page.get_by_role("alert").all_inner_texts()
        await caller.type("a grilled salmon please")
        await caller.sees("Grilled Salmon", "$31.98" if has_cart else "$22.99", in_card="cart")
        order = await confirmed(own_house, caller)

    assert "Caesar Salad" in kept
    assert agents == 1
    assert lines_of(order) == [(1, "Caesar Salad")] * has_cart + [(1, "Grilled Salmon")]
    assert has_cart or "Say or type your order once more" in said[0]


async def agents_in(house: House, room: str) -> int:
    stack = house.stack
    async with api.LiveKitAPI(stack.livekit_url, stack.api_key, stack.api_secret) as livekit:
        there = await livekit.room.list_participants(api.ListParticipantsRequest(room=room))
    return sum(one.kind == api.ParticipantInfo.Kind.AGENT for one in there.participants)


async def goes_on_with_a_new_agent(caller: Visitor) -> None:
    alert = caller.page.get_by_role("alert")
    await expect(alert).to_contain_text("Say or type your order once more", timeout=BACK_MS)
    await expect(caller.page.locator(".connection.connected")).to_be_visible(timeout=BACK_MS)
    await expect(caller.card("cart")).to_have_count(0)
    await expect(caller.said_by("agent").nth(2)).to_be_visible(timeout=BACK_MS)


async def confirmed(house: House, caller: Visitor) -> Order:
    await caller.type("check out please")
    await caller.button("Confirm").click(timeout=ANSWER_MS)
    await caller.sees("Order", in_card="order")
    return await order_of(house, caller)


def jobs_in_calls(house: House) -> set[psutil.Process]:
    """Those of the agent's processes that are in a room, or have just left one."""
    agent = psutil.Process(house.stack.pids["agent"])
    return {child for child in agent.children(recursive=True) if _is_in_a_call(child)}


def _is_in_a_call(job: psutil.Process) -> bool:
    try:
        return bool(job.net_connections("udp"))
    except psutil.NoSuchProcess:
        return False
