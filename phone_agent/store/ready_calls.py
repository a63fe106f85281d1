"""What the stores keep of calls that tell a caller that the order is ready: who wants one, and every attempt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from phone_agent.ordering.order import Order

MOST_TRIES = 2


class Rung(StrEnum):
    """What became of an attempt."""

    ANSWERED = "answered"
    VOICEMAIL = "voicemail"
    """It has the message."""
    NO_MESSAGE = "no message"
    """A machine answered, and was gone before it would take one."""
    DECLINED = "declined"
    BUSY = "busy"
    NO_ANSWER = "no answer"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


SETTLED = (Rung.ANSWERED, Rung.VOICEMAIL, Rung.DECLINED)
"""After one of these nobody is rung again about that order."""


@dataclass(frozen=True)
class Pace:
    """Which orders are due at that moment."""

    now: datetime
    tried_before: datetime
    """An earlier attempt must have ended by then."""
    ready_since: datetime
    """Nobody is rung about what has been ready for longer."""


@dataclass(frozen=True)
class DueCall:
    order_id: str
    timezone: str | None
    """As it is there: other programs may write orders."""


@dataclass(frozen=True)
class ReadyCall:
    """An attempt that begins."""

    id: str
    number: str
    """The caller's own, from which the order was placed."""
    language: str
    """Its code."""
    order: Order


@dataclass(frozen=True)
class Attempted:
    at: datetime
    """When it was dialled, or is to be."""
    outcome: str
    """A Rung; empty while nobody knows."""
    is_dialled: bool


class ReadyCallStore(Protocol):
    """Every method raises StoreUnavailable where the store cannot be read or written."""

    async def want_ready_call(self, order_id: str, language: str) -> None:
        """Of an order that is placed already. What is wished for before comes with the cart."""

    async def find_due_ready_calls(self, pace: Pace) -> Sequence[DueCall]:
        """Orders that are ready, whose callers want to be rung about it and have not been, longest waiting first."""

    async def claim_ready_call(self, order_id: str, pace: Pace, *, lease_until: datetime) -> str | None:
        """The id of an attempt that nobody else has; None where it is not due any more.

        It is to begin before the lease runs out, or never does.
        """

    async def begin_ready_call(self, attempt_id: str, *, now: datetime, lease_until: datetime) -> ReadyCall | None:
        """Before the number is dialled, once. None: not to be dialled, also where the order has been handed over."""

    async def answer_ready_call(self, attempt_id: str) -> None:
        """From here on it is settled, whatever becomes of whoever rang."""

    async def end_ready_call(self, attempt_id: str, outcome: Rung, *, now: datetime) -> None: ...

    async def find_ready_calls(self, order_id: str) -> Sequence[Attempted]:
        """Oldest first."""
