"""How a report says money and quantities, in the terminal and on the page."""

from __future__ import annotations

from decimal import Decimal

from phone_agent.ordering.money import format_usd
from phone_agent.report.model import Cost, CostLine, OrderPlaced, SessionReport, Usage

LEAST = Decimal("0.0001")


def words_for_cost(cost: Cost) -> str:
    """With what is missing in the sum."""
    total = words_for_dollars(cost.total)
    return f"{total} and {', '.join(cost.unknown)} (no price)" if cost.unknown else total


def words_for_dollars(amount: Decimal) -> str:
    if not amount:
        return "$0.00"
    return f"${amount.quantize(LEAST)}" if amount >= LEAST else f"less than ${LEAST}"


def words_for_cost_line(line: CostLine) -> str:
    quantity = f"{line.quantity:.6f}".rstrip("0").rstrip(".")
    return f"{quantity} times ${line.price.normalize():f} per {line.unit}"


def words_for_orders(report: SessionReport | None) -> str:
    return ", ".join(map(words_for_order, report.orders)) if report and report.orders else ""


def words_for_order(order: OrderPlaced) -> str:
    return f"#{order.number:03} {order.restaurant_name}, {format_usd(order.total_cents)}"


def words_for_usage(used: Usage) -> str:
    said = (
        (used.input_tokens, f"{used.input_tokens:,} tokens in ({used.cached_tokens:,} cached)"),
        (used.output_tokens, f"{used.output_tokens:,} tokens out"),
        (used.characters, f"{used.characters:,} characters"),
        (used.audio_seconds, f"{used.audio_seconds:.1f} s of sound"),
        (used.requests, f"{used.requests:,} requests"),
    )
    return ", ".join(words for amount, words in said if amount) or "not counted"
