"""The outbox: what callers and other programs are to be told, and how far each of it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from phone_agent.ordering.order import Order

OutboxChannel = Literal["text", "webhook"]
Kind = Literal["order_placed", "order_changed", "order_ready", "call_back"]
State = Literal["queued", "sending", "sent", "delivered", "undelivered", "failed", "suppressed"]
Refusal = Literal["stopped", "unreachable"]
"""Of texts, by a number: its owner wants none, or it cannot receive any. Each is kept by itself; the first counts."""


@dataclass(frozen=True)
class Outgoing:
    """A row of the outbox: which thing is to be told, never its words."""

    id: str
    channel: OutboxChannel
    kind: Kind
    status: str
    """What the order has become; empty where it was placed, and for carts."""
    order_id: str | None
    cart_id: str | None
    state: State
    attempts: int
    created_at: datetime
    """When that happened."""
    due_at: datetime
    unsure_since: datetime | None = None
    """An attempt that began then, or after it, may have gone out though nobody heard so."""
    fingerprint: str = ""
    """Of the words of the last attempt before this one; they may be others now."""
    provider_id: str | None = None
    detail: str = ""
    """Why it was not sent or did not arrive."""


@dataclass(frozen=True)
class Matter:
    """What a message is made from, of the moment in which it is asked for."""

    phone: str | None
    """Of the call; None: withheld, or forgotten since."""
    language: str
    refusal: str
    """Empty: the number takes texts, as far as is known."""
    restaurant_name: str
    timezone: str | None
    is_waiting: bool
    """The cart still waits for its caller, who was not put through to a person."""
    dialled: str | None = None
    """The number of ours that was called; None: by a page, or not known."""
    order: Order | None = None


@dataclass(frozen=True)
class Settled:
    """What became of an attempt."""

    state: State
    detail: str = ""
    provider_id: str | None = None
    due_at: datetime | None = None
    """Where it is queued again."""
    is_unsure: bool = False
    """It may have gone out."""


class Outbox(Protocol):
    """Part of every store; the rows are written by the database itself, with the thing that they tell of."""

    async def claim_messages(
        self, channel: OutboxChannel, *, now: datetime, until: datetime, most: int = 10
    ) -> Sequence[Outgoing]:
        """Takes what is due, for this sender alone until then; what a sender left behind is taken too.

        Of the webhooks about one order only the oldest that is not done: they arrive in order.
        """

    async def load_matter(self, message: Outgoing) -> Matter: ...

    async def keep_fingerprint(self, message: Outgoing, fingerprint: str) -> bool:
        """Before its words are sent. False: it is another sender's by now."""

    async def settle_message(self, message: Outgoing, settled: Settled) -> bool:
        """Ends this sender's claim. False: it was another's by then, or the provider has told of it already."""

    async def note_delivery(self, message_id: str, *, provider_id: str, state: State, detail: str = "") -> bool:
        """What the provider tells, in any order and more than once. False: it was known, or is of another message."""

    async def find_outbox(self, *, limit: int = 20) -> Sequence[Outgoing]:
        """Newest first."""

    async def purge_outbox(self, before: datetime) -> None:
        """Deletes what was to be told of before then."""

    async def refuse_texts(self, phone: str, reason: Refusal, *, now: datetime) -> None:
        """`unreachable` only of a number that has called, and goes with what else is kept of it; a STOP stays."""

    async def allow_texts(self, phone: str, reason: Refusal) -> None:
        """Takes back a refusal for that reason."""

    async def save_language(self, call_id: str, language: str) -> None:
        """What the caller is spoken to in, and is written to."""
