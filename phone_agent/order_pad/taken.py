"""What became of a sentence with dishes, and the clock that calls go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.errors import OrderingError
from phone_agent.ordering.selection import OpenQuestion


@dataclass(frozen=True)
class Taken:
    lines: tuple[LineItem, ...]
    problem: OrderingError | None
    question: OpenQuestion | None


def utc_now() -> datetime:
    return datetime.now(UTC)
