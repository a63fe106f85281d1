"""The kitchen's commands, on a store of their own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from phone_agent.cli import app
from phone_agent.ordering.errors import Ambiguous, IllegalChange, NotUnderstood
from phone_agent.ordering.order import Order
from phone_agent.ordering.wishes import Fulfilment, Wishes
from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from phone_agent.store.ready_calls import Pace, Rung
from tests.builders import NOON, a_cart, a_menu, a_quote, a_thai_cart

Run = Callable[..., str]
MENU = Path(__file__).parents[2] / "menus" / "food_court.json"
ALLERGIC = Wishes(
    Fulfilment("delivery", None, "1 Lake [Street]", "32801"), order_note="ring twice", allergy_note="sesame"
)


@pytest.fixture
def env(tmp_path: Path, prepared: Path) -> dict[str, str]:
    database = shutil.copy(prepared, tmp_path / "orders.sqlite3")
    return {"PHONE_AGENT_DATABASE": str(database), "PHONE_AGENT_MENU": str(MENU), "COLUMNS": "200"}


@pytest.fixture
def orders(env: dict[str, str]) -> tuple[Order, ...]:
    """One to deliver, from somebody with an allergy, and one of another restaurant with the same number."""
    return asyncio.run(placed(env))


async def placed(env: dict[str, str], number: str | None = None) -> tuple[Order, ...]:
    store, menu = await open_store(Settings.from_env(env)), a_menu()
    await store.save_menu(menu)
    first, second = (
        await a_quote(store, menu, a_thai_cart(menu), number=number),
        await a_quote(store, menu, a_cart(menu)),
    )
    made = (
        await store.place_order(replace(first, wishes=ALLERGIC), confirmed_by="keypad", now=NOON),
        await store.place_order(second, confirmed_by="voice", now=NOON),
    )
    await store.close()
    return made


@pytest.fixture
def run(env: dict[str, str]) -> Run:
    def run(*words: str, typed: str = "") -> str:
        return CliRunner(env=env).invoke(app, ["orders", *words], input=typed, catch_exceptions=False).output

    return run


async def try_to_ring(env: dict[str, str], order: Order) -> None:
    store, pace = await open_store(Settings.from_env(env)), Pace(NOON, NOON, NOON)
    await store.want_ready_call(order.id, "en")
    for status in ("preparing", "ready"):
        await store.change_order_status(order.id, status, who="staff", now=NOON)
    claimed = await store.claim_ready_call(order.id, pace, lease_until=NOON + timedelta(minutes=1))
    await store.begin_ready_call(claimed or "", now=NOON, lease_until=NOON + timedelta(minutes=1))
    await store.end_ready_call(claimed or "", Rung.NO_ANSWER, now=NOON)
    await store.close()


@pytest.mark.parametrize("words", [(), ("list",), ("--limit", "2")])
def test_orders_alone_lists_them(run: Run, orders: tuple[Order, ...], words: tuple[str, ...]) -> None:
    output = run(*words)

    assert "Thai Garden" in output
    assert "The Grill" in output
    assert "ALLERGY" in output
    assert "confirmed" in output


def test_show_says_how_the_caller_was_rung(run: Run, env: dict[str, str]) -> None:
    (order, *_) = asyncio.run(placed(env, "+14075550199"))
    asyncio.run(try_to_ring(env, order))

    assert "12:00  rang the caller: no answer" in run("show", order.id)


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
        run("cancel", delivered, "--yes")
    assert "out for delivery  by Ana" in run("show", delivered)


def test_a_cancelled_order_stays_cancelled(run: Run, orders: tuple[Order, ...]) -> None:
    assert "is cancelled now" in run("cancel", orders[1].id, "--yes")
    with pytest.raises(IllegalChange, match="cancelled stays so"):
        run("advance", orders[1].id)


def test_cancelling_names_the_order_and_asks(run: Run, orders: tuple[Order, ...]) -> None:
    kept = run("cancel", orders[0].id, typed="n\n")

    assert "Cancel #001 Thai Garden, 3 Pad Thai, placed 2026-11-20" in kept
    assert "confirmed" in run("show", orders[0].id)
    assert "is cancelled now" in run("cancel", orders[0].id, typed="y\n")


@pytest.mark.parametrize("name", ["", "a", "0", "-", "²", "1²"])
def test_half_an_id_is_none(run: Run, orders: tuple[Order, ...], name: str) -> None:
    with pytest.raises(NotUnderstood):
        run("cancel", name, "--yes")
    for length in range(8):
        with pytest.raises((NotUnderstood, Ambiguous)):
            run("cancel", orders[0].id[:length], "--yes")


def test_a_number_that_two_restaurants_gave_today_asks_for_the_id(run: Run, orders: tuple[Order, ...]) -> None:
    with pytest.raises(Ambiguous, match="give the id") as refused:
        run("advance", "001")

    assert f"{orders[0].id[:8]}  #001 Thai Garden, 3 Pad Thai" in str(refused.value)
    assert orders[0].id[:8] in run("list")
    assert "preparing now" in run("advance", orders[0].id[:8])


def test_a_number_is_enough_where_the_restaurant_is_named(run: Run, orders: tuple[Order, ...]) -> None:
    assert run("advance", "1", "--at", "the grill").startswith("#001 The Grill is preparing")
    assert "Thai Garden" not in run("list", "--at", "the grill")


def test_open_orders_alone_are_listed_with_local_times(run: Run, orders: tuple[Order, ...]) -> None:
    run("cancel", orders[1].id, "--yes")
    output = run("list", "--open")

    assert "The Grill" not in output
    assert "2026-11-20 12:00" in output
    assert "delivery" in output


def test_last_nights_open_order_keeps_its_number_beside_todays(run: Run, env: dict[str, str]) -> None:
    night = NOON + timedelta(hours=11, minutes=55)
    first, second = asyncio.run(placed_on_two_days(env, night, night + timedelta(minutes=20)))

    with pytest.raises(Ambiguous) as refused:
        run("advance", "1")
    assert set(refused.value.candidates) == {first.id, second.id}
    for _ in range(3):
        run("advance", first.id)
    assert "preparing now" in run("advance", "1")
    assert first.placed_at < second.placed_at


async def placed_on_two_days(env: dict[str, str], *times: datetime) -> list[Order]:
    store, menu = await open_store(Settings.from_env(env)), a_menu()
    await store.save_menu(menu)
    quotes = [await a_quote(store, menu, a_cart(menu)) for _ in times]
    made = []
    for quote, at in zip(quotes, times, strict=True):
        later = replace(quote, ready_at=at + timedelta(minutes=20), valid_until=at + timedelta(minutes=10))
        made.append(await store.place_order(later, confirmed_by="voice", now=at))
    await store.close()
    return made


@pytest.mark.parametrize("name", ["077", "no-such-id"])
def test_an_order_that_is_not_there_is_said(run: Run, orders: tuple[Order, ...], name: str) -> None:
    with pytest.raises(NotUnderstood, match="no such order"):
        run("show", name)
