"""Calls about orders that are ready, on Supabase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from phone_agent.store import ready_rows
from phone_agent.store.columns import to_text
from phone_agent.store.ready_calls import SETTLED, Attempted, DueCall, Pace, ReadyCall, Rung
from phone_agent.store.supabase_api import DataApi
from phone_agent.store.supabase_rows import as_rows, orders_of


class SupabaseReadyCalls:
    _api: DataApi

    async def want_ready_call(self, order_id: str, language: str) -> None:
        await self._api.update("fc_orders", order_id, {"ready_call": language})

    async def find_due_ready_calls(self, pace: Pace) -> Sequence[DueCall]:
        answer = await self._api.call("fc_due_ready_calls", {"pace": pace_of(pace)})
        return [ready_rows.due_of(row) for row in as_rows(answer["due"])]

    async def claim_ready_call(self, order_id: str, pace: Pace, *, lease_until: datetime) -> str | None:
        """Sent again after a lost answer it finds its own claim."""
        claim = ready_rows.claim_row(order_id, pace.now, lease_until)
        answer = await self._api.call("fc_claim_ready_call", {"claim": claim, "pace": pace_of(pace)})
        return str(claim["id"]) if answer["claimed"] else None

    async def begin_ready_call(self, attempt_id: str, *, now: datetime, lease_until: datetime) -> ReadyCall | None:
        """Sent once: an answer that is lost leaves it undialled and counted as a try."""
        begun = {"wanted": attempt_id, "at": to_text(now), "lease": to_text(lease_until)}
        answer = await self._api.call("fc_begin_ready_call", begun, attempts=1)
        if not answer:
            return None
        return ReadyCall(attempt_id, answer["caller_number"], answer["ready_call"], orders_of(answer)[0])

    async def answer_ready_call(self, attempt_id: str) -> None:
        await self._api.update("fc_ready_calls", attempt_id, {"outcome": Rung.ANSWERED})

    async def end_ready_call(self, attempt_id: str, outcome: Rung, *, now: datetime) -> None:
        await self._api.update("fc_ready_calls", attempt_id, {"outcome": outcome, "ended_at": to_text(now)})

    async def find_ready_calls(self, order_id: str) -> Sequence[Attempted]:
        rows = await self._api.rows("fc_ready_calls", where={"order_id": order_id}, oldest="claimed_at")
        return [ready_rows.attempted_of(row) for row in as_rows(rows)]


def pace_of(pace: Pace) -> Mapping[str, object]:
    row = ready_rows.pace_row(pace)
    return {**row, "settled": list(SETTLED)}
