"""The kitchen's commands, on a store of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from phone_agent.cli import app
from phone_agent.ordering.errors import Ambiguous, IllegalChange, NotUnderstood
from phone_agent.ordering.order import Order
from phone_agent.ordering.wishes import Fulfilment, Wishes
from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from tests.builders import NOON, a_cart, a_menu, a_quote, a_thai_cart

Run = Callable[..., str]
MENU = Path(__file__).parents[1] / "menus" / "food_court.json"
ALLERGIC = Wishes(
    Fulfilment("delivery", None, "1 Lake [Street]", "32801"), order_note="ring twice", allergy_note="sesame"
)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3"), "PHONE_AGENT_MENU": str(MENU), "COLUMNS": "200"}


@pytest.fixture
def orders(env: dict[str, str]) -> tuple[Order, ...]:
    """One to deliver, from somebody with an allergy, and one of another restaurant with the same number."""
    return asyncio.run(placed(env))


async def placed(env: dict[str, str]) -> tuple[Order, ...]:
    store, menu = await open_store(Settings.from_env(env)), a_menu()
    await store.save_menu(menu)
    first, second = await a_quote(store, menu, a_thai_cart(menu)), await a_quote(store, menu, a_cart(menu))
    made = (
        await store.place_order(replace(first, wishes=ALLERGIC), confirmed_by="keypad", now=NOON),
        await store.place_order(second, confirmed_by="voice", now=NOON),
    )
    await store.close()
    return made


@pytest.fixture
def run(env: dict[str, str]) -> Run:
    def run(*words: str) -> str:
        return CliRunner(env=env).invoke(app, ["orders", *words], catch_exceptions=False).output

    return run


@pytest.mark.parametrize("words", [(), ("list",), ("--limit", "2")])
def test_orders_alone_lists_them(run: Run, orders: tuple[Order, ...], words: tuple[str, ...]) -> None:
    output = run(*words)

    assert "Thai Garden" in output
    assert "The Grill" in output
    assert "ALLERGY" in output
    assert "confirmed" in output


def test_show_says_the_allergy_first(run: Run, orders: tuple[Order, ...]) -> None:
    output = run("show", orders[0].id)

    assert output.startswith("ALLERGY: sesame")
    assert "3 Pad Thai" in output
    assert "to 1 Lake [Street], zip code 32801" in output
    assert "Note: ring twice" in output
    assert "paid on delivery" in output
    assert "confirmed  by caller (confirmed by keypad)" in output


def test_an_order_is_advanced_to_its_end_and_no_further(run: Run, orders: tuple[Order, ...]) -> None:
    delivered = orders[0].id[:13]
    said = [run("advance", delivered, "--who", "Ana") for _ in range(4)]

    assert [line.strip().split(" is ")[1] for line in said] == [
        "preparing now.",
        "ready now.",
        "out for delivery now.",
        "delivered now.",
    ]
    with pytest.raises(IllegalChange, match="delivered stays so"):
        run("advance", delivered)
    with pytest.raises(IllegalChange, match="delivered cannot become cancelled"):
        run("cancel", delivered)
    assert "out for delivery  by Ana" in run("show", delivered)


def test_a_cancelled_order_stays_cancelled(run: Run, orders: tuple[Order, ...]) -> None:
    assert "is cancelled now" in run("cancel", orders[1].id)
    with pytest.raises(IllegalChange, match="cancelled stays so"):
        run("advance", orders[1].id)


def test_a_number_that_two_restaurants_gave_today_asks_for_the_id(run: Run, orders: tuple[Order, ...]) -> None:
    with pytest.raises(Ambiguous, match="give the id"):
        run("advance", "001")


@pytest.mark.parametrize("name", ["077", "no-such-id"])
def test_an_order_that_is_not_there_is_said(run: Run, orders: tuple[Order, ...], name: str) -> None:
    with pytest.raises(NotUnderstood, match="no such order"):
        run("show", name)
