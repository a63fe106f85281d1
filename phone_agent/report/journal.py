"""Journal: what a call takes down of itself while it runs, for the report at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from phone_agent.ordering.order import Order
from phone_agent.report.cost import NO_PRICES, Prices, cost_of
from phone_agent.report.hiding import hidden
from phone_agent.report.model import Event, OrderPlaced, SessionReport, ToolUse, Usage, Utterance


@dataclass
class Journal:
    """Only values go in, so that a report is there however the call ends."""

    began: datetime
    is_phone: bool = False
    prices: Prices = NO_PRICES
    utterances: list[Utterance] = field(default_factory=list)
    tools: list[ToolUse] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    orders: list[OrderPlaced] = field(default_factory=list)
    usage: tuple[Usage, ...] = ()
    newest_line: str | None = None
    """The transcript's line that was noted last, until the utterance that it belongs to is here."""

    def seconds(self, moment: datetime | float) -> float:
        """Since the call began; `moment` as a time or as seconds of the epoch."""
        stamp = moment.timestamp() if isinstance(moment, datetime) else moment
        return round(stamp - self.began.timestamp(), 3)

    def note(self, moment: datetime | float, kind: str, detail: str = "") -> None:
        """An event; nothing that a caller said belongs into it."""
        self.events.append(Event(self.seconds(moment), kind, detail))

    def placed(self, order: Order) -> None:
        at = self.seconds(order.placed_at)
        self.orders.append(
            OrderPlaced(at, order.number, order.restaurant_name, order.totals.total_cents, order.confirmed_by)
        )
        self.note(order.placed_at, "order placed", f"#{order.number:03} by {order.confirmed_by}")

    def taken_line(self) -> str | None:
        line, self.newest_line = self.newest_line, None
        return line

    def report(self, ended: datetime, *, keeps_words: bool) -> SessionReport:
        """`keeps_words`: False where the caller wants nothing said to be kept."""
        seconds = self.seconds(ended)
        return SessionReport(
            seconds=seconds,
            utterances=tuple(self.utterances),
            events=tuple(sorted(self.events, key=lambda event: event.at)),
            orders=tuple(self.orders),
            usage=self.usage,
            cost=cost_of(self.usage, self.prices, phone_seconds=seconds if self.is_phone else 0.0),
            tools=tuple(hidden(tool) for tool in self.tools) if keeps_words else (),
        )
