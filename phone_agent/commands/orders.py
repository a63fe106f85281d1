"""`phone-agent orders`: what the kitchen has to do, and what has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from phone_agent.ordering.errors import Ambiguous, NotUnderstood
from phone_agent.ordering.matching import match_restaurant
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import Order
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.states import NEXT, OrderEvent, next_status, words_for_status
from phone_agent.ordering.wording import format_usd, words_for_line
from phone_agent.store.open import run_with_store
from phone_agent.store.protocol import Store
from phone_agent.store.ready_calls import Attempted
from phone_agent.store.records import Message

SEARCHED = 500
"""How many of the newest orders a number is looked for in."""
SHORTEST_ID = 8
"""Characters of an order's id that are as good as the whole; `list` shows them."""
LAST_NIGHT = timedelta(hours=12)
"""As long an order that is not handed over keeps its number beside one of the next day."""
OrderName = Annotated[str, typer.Argument(help="The number of one of the newest orders, or the beginning of its id.")]
Who = Annotated[str, typer.Option(help="Who does it; stands in the order's events.")]
At = Annotated[str, typer.Option("--at", help="The restaurant.")]
Limit = Annotated[int, typer.Option(help="How many.")]
Open = Annotated[bool, typer.Option("--open", help="Only those that are not handed over or cancelled.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether to cancel it.")]

app = typer.Typer(help="The orders: list, show, advance, cancel.", invoke_without_command=True)


@app.callback()
def orders(context: typer.Context, limit: Limit = 20, only_open: Open = False, at: At = "") -> None:
    """The newest orders in the store."""
    if context.invoked_subcommand is None:
        _list(limit, only_open, at)


@app.command("list")
def list_(limit: Limit = 20, only_open: Open = False, at: At = "") -> None:
    """The newest orders in the store, with times of the restaurant's place."""
    _list(limit, only_open, at)


@app.command()
def show(order: OrderName, at: At = "") -> None:
    """One order with everything the kitchen needs, allergies first."""

    async def work(store: Store) -> tuple[Order, Sequence[OrderEvent], Sequence[Attempted]]:
        found = await order_called(store, order, at)
        return found, await store.find_order_events(found.id), await store.find_ready_calls(found.id)

    found, events, attempts = run_with_store(work)
    for line in [*lines_of(found, events), *(_line_of_call(attempt, found.timezone) for attempt in attempts)]:
        Console().print(line, soft_wrap=True)


@app.command()
def advance(order: OrderName, who: Who = "staff", at: At = "") -> None:
    """Take an order one step on: confirmed, preparing, ready, picked up, or out for delivery and delivered."""

    async def work(store: Store) -> Order:
        found = await order_called(store, order, at)
        following = next_status(found.status, found.fulfilment.kind)
        return await store.change_order_status(found.id, following, who=who, now=datetime.now(UTC))

    _print_status(run_with_store(work))


@app.command()
def cancel(order: OrderName, who: Who = "staff", at: At = "", yes: Yes = False) -> None:
    """Cancel an order that has not been handed over."""
    found = run_with_store(lambda store: order_called(store, order, at))
    if not yes:
        placed = _local(found.placed_at, found.timezone)
        typer.confirm(f"Cancel {_named(found)}, {_dishes_of(found)}, placed {placed}?", abort=True)

    async def work(store: Store) -> Order:
        return await store.change_order_status(found.id, "cancelled", who=who, now=datetime.now(UTC))

    _print_status(run_with_store(work))


@app.command()
def messages(limit: Limit = 20) -> None:
    """What callers left for the restaurant when nobody came to the phone; without words they want to be called back."""

    async def work(store: Store) -> tuple[Sequence[Message], Menu]:
        return await store.find_messages(limit=limit), await store.load_menu()

    left, menu = run_with_store(work)
    table = Table("Taken", "Restaurant", "Number", "Name", "Message")
    for message in left:
        place = menu.known_restaurant(message.restaurant_id)
        taken = _local(message.taken_at, (place or menu.restaurants[0]).timezone)
        name = place.name if place else ""
        words = message.words or "(call back)"
        table.add_row(taken, *map(escape, (name, message.caller_number or "withheld", message.name, words)))
    Console().print(table)


async def order_called(store: Store, name: str, at: str = "") -> Order:
    """Raises NotUnderstood, Ambiguous: a number begins anew every day and at every restaurant."""
    newest = await _newest(store, at)
    is_number = name.isascii() and name.isdecimal() and len(name) < SHORTEST_ID
    found = _numbered(newest, int(name)) if is_number else _with_id(newest, name)
    if not found:
        raise NotUnderstood(TermSentence.ORDER_UNKNOWN.words())
    if len(found) > 1:
        ids = tuple(order.id for order in found)
        listed = "".join(f"\n{_id_of(order)}  {_named(order)}, {_dishes_of(order)}" for order in found)
        raise Ambiguous(f"{TermSentence.ORDER_NUMBER_AGAIN.words()}{listed}", ids)
    return found[0]


async def _newest(store: Store, at: str) -> list[Order]:
    newest = await store.find_orders(limit=SEARCHED)
    place = match_restaurant(await store.load_menu(), at) if at else None
    return [order for order in newest if place is None or order.restaurant_id == place.id]


def _numbered(newest: Sequence[Order], number: int) -> list[Order]:
    """Of the newest day that has it, and of the night before what is still open."""
    called = [order for order in newest if order.number == number]
    day = max((_day_of(order) for order in called), default="")
    since = max((order.placed_at for order in called), default=datetime.now(UTC)) - LAST_NIGHT
    return [order for order in called if _day_of(order) == day or (_is_open(order) and order.ready_at > since)]


def _with_id(newest: Sequence[Order], name: str) -> list[Order]:
    return [order for order in newest if len(name) >= SHORTEST_ID and order.id.startswith(name.lower())]


def _is_open(order: Order) -> bool:
    return order.status in NEXT[order.fulfilment.kind]


def _id_of(order: Order) -> str:
    return order.id[:SHORTEST_ID]


def _named(order: Order) -> str:
    return f"#{order.number:03} {order.restaurant_name}"


def _dishes_of(order: Order) -> str:
    return ", ".join(f"{line.quantity} {line.name}" for line in order.lines)


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


def _line_of_call(attempt: Attempted, timezone: str) -> str:
    """About the order that is ready."""
    return f"{_local(attempt.at, timezone)}  rang the caller: {attempt.outcome or 'under way'}"


def _local(at: datetime, timezone: str) -> str:
    return f"{at.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M}"


def _day_of(order: Order) -> str:
    return _local(order.placed_at, order.timezone)[: len("2026-11-20")]


def _list(limit: int, only_open: bool, at: str) -> None:
    async def work(store: Store) -> Sequence[Order]:
        if not only_open and not at:
            return await store.find_orders(limit=limit)
        return [order for order in await _newest(store, at) if _is_open(order) or not only_open][:limit]

    table = Table("Number", "Id", "Restaurant", "Dishes", "Total", "Status", "Placed", "Ready", "Handed over")
    for order in run_with_store(work):
        alert = "[red]ALLERGY[/red] " if order.allergy_note else ""
        table.add_row(
            f"{order.number:03}",
            _id_of(order),
            escape(order.restaurant_name),
            alert + escape(_dishes_of(order)),
            format_usd(order.totals.total_cents),
            words_for_status(order.status),
            _local(order.placed_at, order.timezone),
            _local(order.ready_at, order.timezone),
            order.fulfilment.kind,
        )
    Console().print(table)


def _print_status(order: Order) -> None:
    Console().print(f"{escape(_named(order))} is {words_for_status(order.status)} now.")
