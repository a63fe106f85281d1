"""The page beside ordering: troubles that say what to do, access for everybody, a restaurant's own site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.house import House
from tests.browser.visitor import ANSWER_MS, visitor

pytestmark = [pytest.mark.stack, pytest.mark.timeout(180)]

REPO = Path(__file__).resolve().parents[2]
AXE = REPO / "page" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")


async def test_a_refused_microphone_leads_to_typing(house: House) -> None:
    async with visitor(house, refuses=True) as caller:
        await caller.visit()
        await caller.button("Call").click()
        await expect(caller.page.get_by_role("alert")).to_contain_text("The microphone is blocked")
        await caller.button("Type instead").click()
        await caller.is_connected()
        await caller.type("what's on the menu?")
        await expect(caller.said_by("agent").nth(1)).to_be_visible(timeout=ANSWER_MS)

    assert caller.errors == []


@pytest.fixture(scope="module")
def axe() -> str:
    """A built page may have come without the packages that it was built with."""
    subprocess.run([sys.executable, REPO / "scripts" / "build_page.py", "packages"], check=True)
    return AXE.read_text()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_axe_finds_nothing_serious_in_any_state_of_a_call(house: House, axe: str, dark: bool) -> None:
    found: dict[str, list[str]] = {}
    async with visitor(house, dark=dark) as caller:
        await caller.visit()
        found["door"] = await violations(caller.page, axe)
        await caller.write("Ana")
        await caller.type("I want cheesecake")
        await expect(caller.page.locator(".find").first).to_be_visible(timeout=ANSWER_MS)
        found["dishes"] = await violations(caller.page, axe)
        await caller.page.locator(".find").first.click()
        found["details"] = await violations(caller.page, axe)
        await caller.page.keyboard.press("Escape")
        await caller.button("Keypad").click()
        await caller.page.get_by_role("button", name="Developer").click()
        await caller.type("I would like a caesar salad and check out")
        await expect(caller.card("cart").or_(caller.card("quote")).first).to_be_visible(timeout=ANSWER_MS)
        found["cart, keypad, developer"] = await violations(caller.page, axe)
        await caller.button("Hang up").click()
        found["ended"] = await violations(caller.page, axe)

    assert found == {state: [] for state in found}
    assert caller.errors == []


async def test_everything_before_and_in_a_call_is_reached_by_keyboard(house: House) -> None:
    async with visitor(house) as caller:
        await caller.visit()
        name = caller.page.get_by_label("Your name")
        await expect(name).to_be_visible()
        await caller.page.keyboard.press("Tab")
        await expect(name).to_be_focused()
        await caller.page.keyboard.type("Ana")
        await caller.page.keyboard.press("Enter")
        await caller.is_connected()
        reached = await tabbed_through(caller.page, 12)
        await caller.button("Hang up").focus()
        await caller.page.keyboard.press("Enter")
        await expect(caller.page.get_by_role("button", name="Call again")).to_be_visible()

    assert {"Type to the agent", "Mute", "Keypad", "Sound", "Hang up"} <= reached
    assert caller.errors == []


async def test_a_code_that_is_no_calls_gets_nothing(house: House) -> None:
    async with visitor(house) as stranger:
        await stranger.visit("?call=000000")
        await expect(stranger.page.get_by_role("alert")).to_contain_text("That code is not known", timeout=ANSWER_MS)
        shown = await stranger.page.locator(".card").count()

    assert shown == 0
    assert [error for error in stranger.errors if "404" not in error] == []


async def test_nobody_is_left_waiting_when_the_server_is_away(house: House) -> None:
    async with visitor(house) as caller:
        await caller.visit()
        await caller.page.wait_for_load_state("networkidle")
        await caller.context.set_offline(True)
        await caller.page.get_by_role("button", name="Type instead").click()
        await expect(caller.page.get_by_role("alert")).to_contain_text("You are offline")
        await caller.context.set_offline(False)
        await caller.is_connected()


async def test_a_restaurants_own_site_orders_through_the_widget(house: House) -> None:
    async with visitor(house) as guest:
        await guest.page.goto(house.site_url)
        await guest.button("Order by voice or text").click()
        inside = guest.page.frame_locator("iframe")
        await inside.get_by_role("button", name="Call", exact=True).click()
        await expect(inside.locator(".said.agent").first).to_be_visible(timeout=ANSWER_MS)
        await inside.get_by_label("Type to the agent").fill("I would like a caesar salad")
        await inside.get_by_label("Type to the agent").press("Enter")
        await expect(inside.locator(".card.cart")).to_contain_text("Caesar Salad", timeout=ANSWER_MS)
        await guest.button("Close").click()
        await guest.button("Back to your call").click()
        still_there = await inside.locator(".card.cart").count()

    assert still_there == 1
    assert guest.errors == []


async def violations(page: Page, axe: str) -> list[str]:
    # Read by the browser's own debugger, not by the page, whose policy lets no other script in.
    await page.evaluate(axe)
    answer = await page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in answer["violations"] if one["impact"] in GRAVE]


async def tabbed_through(page: Page, steps: int) -> set[str]:
    names = set()
    for _ in range(steps):
        await page.keyboard.press("Tab")
        names.add(
            await page.evaluate("(document.activeElement.ariaLabel || document.activeElement.textContent).trim()")
        )
    return names
