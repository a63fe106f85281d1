"""One order by text console, by page and by telephone: the same rows but for whose and when it was."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phone_agent.rehearsal.caller import SimulatedCaller
from phone_agent.rehearsal.script import Listen, Say
from phone_agent.store.sqlite import SqliteStore
from tests.browser.house import House
from tests.browser.orders import order_of
from tests.browser.visitor import ANSWER_MS, visitor
from tests.stack.calls import when_closed
from tests.test_console_mode import Terminal

pytestmark = [pytest.mark.stack, pytest.mark.long, pytest.mark.timeout(180)]

NUMBER = "+14075550173"
SAID = "a caesar salad please"
OWN = {
    "id",
    "order_id",
    "profile_id",
    "order_number",
    "idempotency_key",
    "channel",
    "confirmed_by",
    "caller_number",
    "call_id",
    "notes",
}  # an event's note says how it was confirmed
TIMES = ("_at", "_on", "_until", "_day", "_date")


def rows_of(database: Path, order_id: str) -> dict[str, list[dict[str, object]]]:
    """All that is kept of an order, without what is its own."""
    with sqlite3.connect(database) as store:
        store.row_factory = sqlite3.Row
        return {
            table: [_common(row) for row in store.execute(query, (order_id,))]
            for table, query in (
                ("fc_orders", "SELECT * FROM fc_orders WHERE id = ?"),
                ("fc_order_items", "SELECT * FROM fc_order_items WHERE order_id = ?"),
                ("fc_order_events", "SELECT * FROM fc_order_events WHERE order_id = ?"),
            )
        }


def _common(row: sqlite3.Row) -> dict[str, object]:
    return {name: row[name] for name in row.keys() if name not in OWN and not name.endswith(TIMES)}  # noqa: SIM118


async def by_page(house: House) -> str:
    async with visitor(house) as caller:
        await caller.visit()
        await caller.write()
        await caller.type(SAID)
        await caller.sees("Caesar Salad", in_card="cart")
        await caller.type("check out please")
        await caller.button("Confirm").click(timeout=ANSWER_MS)
        await caller.sees("Order", in_card="order")
        return (await order_of(house, caller)).id


async def by_phone(house: House) -> str:
    store = await SqliteStore.open(house.database)
    since = datetime.now(UTC)
    async with await SimulatedCaller.open(None, from_number=NUMBER) as caller:
        await caller.ring(house.stack.sip_uri)
        await caller.perform((Say(SAID), Say("check out please"), Say("yes please"), Listen(1.0)))
        await caller.hang_up()
        done = await when_closed(store, since, NUMBER, [])
    await store.close()
    (order,) = done.orders
    return order.id


def by_console(database: Path) -> None:
    terminal = Terminal(database)
    try:
        for waits_for, typed in (
            ("Type to talk to your agent", SAID),
            ("Added 1 Caesar Salad", "check out please"),
            ("press 1 or say yes", "yes please"),
        ):
            terminal.wait_for(waits_for)
            terminal.type(typed)
        terminal.wait_for("order number is")
    finally:
        terminal.close()


async def test_the_same_order_makes_the_same_rows_by_text_by_page_and_by_phone(house: House) -> None:
    page, phone = await by_page(house), await by_phone(house)
    await asyncio.to_thread(by_console, house.database)
    with sqlite3.connect(house.database) as store:
        ((console,),) = store.execute("SELECT id FROM fc_orders WHERE channel = 'console'").fetchall()
    rows = rows_of(house.database, page)

    assert [row["name"] for row in rows["fc_order_items"]] == ["Caesar Salad"]
    assert rows_of(house.database, phone) == rows
    assert rows_of(house.database, console) == rows
