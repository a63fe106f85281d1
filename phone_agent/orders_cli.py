"""`phone-agent orders`: what the kitchen has to do, and what has become of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from phone_agent.ordering.errors import Ambiguous, NotUnderstood
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.states import OrderEvent, next_status, words_for_status
from phone_agent.ordering.wording import format_usd, words_for_line
from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from phone_agent.store.protocol import Store

SEARCHED = 500
"""How many of the newest orders a number is looked for in."""
Result = TypeVar("Result")
OrderName = Annotated[str, typer.Argument(help="The number of one of the newest orders, or the beginning of its id.")]
Who = Annotated[str, typer.Option(help="Who does it; stands in the order's events.")]
Limit = Annotated[int, typer.Option(help="How many.")]

app = typer.Typer(help="The orders: list, show, advance, cancel.", invoke_without_command=True)


@app.callback()
def orders(context: typer.Context, limit: Limit = 20) -> None:
    """The newest orders in the store."""
    if context.invoked_subcommand is None:
        _list(limit)


@app.command("list")
def list_(limit: Limit = 20) -> None:
    """The newest orders in the store."""
    _list(limit)


@app.command()
def show(order: OrderName) -> None:
    """One order with everything the kitchen needs, allergies first."""

    async def work(store: Store) -> tuple[Order, Sequence[OrderEvent]]:
        found = await order_called(store, order)
        return found, await store.find_order_events(found.id)

    found, events = _with_store(work)
    for line in lines_of(found, events):
        Console().print(line, soft_wrap=True)


@app.command()
def advance(order: OrderName, who: Who = "staff") -> None:
    """Take an order one step on: confirmed, preparing, ready, picked up, or out for delivery and delivered."""

    async def work(store: Store) -> Order:
        found = await order_called(store, order)
        following = next_status(found.status, found.fulfilment.kind)
        return await store.change_order_status(found.id, following, who=who, now=datetime.now(UTC))

    _print_status(_with_store(work))


@app.command()
def cancel(order: OrderName, who: Who = "staff") -> None:
    """Cancel an order that has not been handed over."""

    async def work(store: Store) -> Order:
        found = await order_called(store, order)
        return await store.change_order_status(found.id, "cancelled", who=who, now=datetime.now(UTC))

    _print_status(_with_store(work))


async def order_called(store: Store, name: str) -> Order:
    """Raises NotUnderstood, Ambiguous: a number begins anew every day and at every restaurant."""
    newest = await store.find_orders(limit=SEARCHED)
    if name.isdigit() and len(name) < len("00000000"):
        days = {_day_of(order) for order in newest if order.number == int(name)}
        found = [order for order in newest if order.number == int(name) and _day_of(order) == max(days)]
    else:
        found = [order for order in newest if order.id.startswith(name)]
    if not found:
        raise NotUnderstood(Sentence.ORDER_UNKNOWN.words())
    if len(found) > 1:
        raise Ambiguous(Sentence.ORDER_NUMBER_AGAIN.words(), tuple(order.id for order in found))
    return found[0]


def lines_of(order: Order, events: Sequence[OrderEvent]) -> list[str]:
    """As rich markup."""
    wanted, totals, status = order.fulfilment, order.totals, words_for_status(order.status)
    said = [
        f"[bold red]ALLERGY: {escape(order.allergy_note)}[/bold red]" if order.allergy_note else "",
        f"[bold]#{order.number:03} {escape(order.restaurant_name)}[/bold]  {status}  {order.id}",
        f"for {escape(order.customer_name)}" if order.customer_name else "",
        f"{wanted.kind}, {_times_of(order)}",
        f"to {escape(wanted.address)}" if wanted.kind == "delivery" else "",
        *(f"  {escape(words_for_line(line))}  {format_usd(line.total_cents)}" for line in order.lines),
        f"Note: {escape(order.order_note)}" if order.order_note else "",
        f"Subtotal {format_usd(totals.subtotal_cents)}",
        f"Coupon {escape(order.coupon)} -{format_usd(totals.discount_cents)}" if totals.discount_cents else "",
        f"Tax {format_usd(totals.tax_cents)}",
        f"Delivery {format_usd(totals.fees_cents)}" if totals.fees_cents else "",
        f"Tip {format_usd(totals.tip_cents)}" if totals.tip_cents else "",
        f"[bold]Total {format_usd(totals.total_cents)}[/bold], paid {order.payment_method.replace('_', ' ')}",
        *(_line_of(event, order.timezone) for event in events),
    ]
    return [line for line in said if line]


def _times_of(order: Order) -> str:
    ready = f"ready {_local(order.ready_at, order.timezone)}"
    return ready if order.arrives_at is None else f"{ready}, there {_local(order.arrives_at, order.timezone)}"


def _line_of(event: OrderEvent, timezone: str) -> str:
    about = f" ({escape(event.notes)})" if event.notes else ""
    return f"{_local(event.at, timezone)}  {event.status.replace('_', ' ')}  by {escape(event.who)}{about}"


def _local(at: datetime, timezone: str) -> str:
    return f"{at.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}"


def _day_of(order: Order) -> str:
    return _local(order.placed_at, order.timezone)[: len("2026-11-20")]


def _list(limit: int) -> None:
    async def work(store: Store) -> Sequence[Order]:
        return await store.find_orders(limit=limit)

    table = Table("Number", "Restaurant", "Dishes", "Total", "Status", "Placed", "Confirmed by")
    for order in _with_store(work):
        dishes = ", ".join(f"{line.quantity} {line.name}" for line in order.lines)
        alert = "[red]ALLERGY[/red] " if order.allergy_note else ""
        placed = f"{order.placed_at:%Y-%m-%d %H:%M}"
        total, status = format_usd(order.totals.total_cents), words_for_status(order.status)
        number, place = f"{order.number:03}", order.restaurant_name
        table.add_row(number, place, alert + escape(dishes), total, status, placed, order.confirmed_by)
    Console().print(table)


def _print_status(order: Order) -> None:
    Console().print(f"#{order.number:03} {escape(order.restaurant_name)} is {words_for_status(order.status)} now.")


def _with_store(work: Callable[[Store], Awaitable[Result]]) -> Result:
    async def run() -> Result:
        store = await open_store(Settings.from_env(os.environ))
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())
