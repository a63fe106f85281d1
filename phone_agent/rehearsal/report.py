"""A rehearsed call on the screen: both sides as they speak, then the receipt from the store."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table

from phone_agent.ordering.order import Order
from phone_agent.ordering.wording import format_usd, words_for_line
from phone_agent.rehearsal.caller import Entry, Who
from phone_agent.rehearsal.grade import Grade

LABELS: dict[Who, str] = {
    "caller": "[cyan]caller[/cyan]  ",
    "keypad": "[cyan]keypad[/cyan]  ",
    "heard": "[green]heard[/green]   ",
    "said": "[green]said[/green]    ",
    "phone": "[dim]phone[/dim]   ",
}


def print_entry(screen: Console, entry: Entry) -> None:
    screen.print(f"[dim]{entry.at:6.2f} s[/dim]  {LABELS[entry.who]}{entry.text}", soft_wrap=True)


def print_grade(screen: Console, grade: Grade) -> None:
    for order in grade.orders:
        screen.print(receipt(order))
    if not grade.orders:
        outcome = grade.call.outcome if grade.call else "no call in the store"
        screen.print(f"[red]No order came of this call ({outcome}).[/red]")
        return
    for what, heard in (
        ("order number", grade.heard_order_number),
        ("total", grade.heard_total),
        ("dishes", grade.heard_dishes),
    ):
        screen.print(f"The caller heard the {what} {'rightly' if heard else '[yellow]wrongly[/yellow]'}.")


def receipt(order: Order) -> Panel:
    table = Table(box=None, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for line in order.lines:
        table.add_row(words_for_line(line), format_usd(line.total_cents))
    table.add_row("Subtotal", format_usd(order.totals.subtotal_cents))
    table.add_row("Tax", format_usd(order.totals.tax_cents))
    table.add_row("[bold]Total[/bold]", f"[bold]{format_usd(order.totals.total_cents)}[/bold]")
    ready = order.ready_at.astimezone(ZoneInfo(order.timezone))
    footer = f"ready at {ready:%H:%M}, confirmed by {order.confirmed_by}"
    return Panel(Group(table, footer), title=f"{order.restaurant_name}, order {order.number:03}", expand=False)


def as_json(grade: Grade, entries: Sequence[Entry]) -> dict[str, object]:
    return {
        "ok": grade.is_ordered,
        "outcome": grade.call.outcome if grade.call else None,
        "orders": [_order_json(order) for order in grade.orders],
        "heard": {"order_number": grade.heard_order_number, "total": grade.heard_total, "dishes": grade.heard_dishes},
        "log": [{"at": entry.at, "who": entry.who, "text": entry.text} for entry in entries],
    }


def _order_json(order: Order) -> dict[str, object]:
    return {
        "number": order.number,
        "restaurant": order.restaurant_name,
        "lines": [
            {"name": line.name, "quantity": line.quantity, "total_cents": line.total_cents} for line in order.lines
        ],
        "subtotal_cents": order.totals.subtotal_cents,
        "tax_cents": order.totals.tax_cents,
        "total_cents": order.totals.total_cents,
        "confirmed_by": order.confirmed_by,
        "ready_at": order.ready_at.isoformat(),
    }
