"""The outbox on Supabase."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phone_agent.store import outbox_rows
from phone_agent.store.columns import to_text
from phone_agent.store.outbox import Matter, OutboxChannel, Outgoing, Refusal, Settled, State
from phone_agent.store.supabase_api import DataApi
from phone_agent.store.supabase_rows import as_row, as_rows, is_key, orders_of


class SupabaseOutbox:
    _api: DataApi

    async def claim_messages(
        self, channel: OutboxChannel, *, now: datetime, until: datetime, most: int = 10
    ) -> Sequence[Outgoing]:
        asked = {"wanted_channel": channel, "at": to_text(now), "until": to_text(until), "most": most}
        answer = await self._api.call("fc_claim_outbox", asked)
        return [outbox_rows.outgoing_of(row) for row in as_rows(answer["claimed"])]

    async def load_matter(self, message: Outgoing) -> Matter:
        answer = await self._api.call("fc_outbox_matter", {"wanted": message.id})
        if not answer:
            return outbox_rows.NOTHING
        return outbox_rows.matter_of(as_row(answer), next(iter(orders_of(answer)), None))

    async def keep_fingerprint(self, message: Outgoing, fingerprint: str) -> bool:
        asked = {"wanted": message.id, "attempt": message.attempts, "print": fingerprint}
        return bool((await self._api.call("fc_keep_fingerprint", asked))["kept"])

    async def settle_message(self, message: Outgoing, settled: Settled) -> bool:
        asked = {"wanted": message.id, "attempt": message.attempts, "settled": outbox_rows.settled_row(settled)}
        return bool((await self._api.call("fc_settle_outbox", asked))["settled"])

    async def note_delivery(self, message_id: str, *, provider_id: str, state: State, detail: str = "") -> bool:
        if not is_key(message_id):
            return False
        told = {"wanted": message_id, "provider": provider_id, "told": state, "about": detail}
        return bool((await self._api.call("fc_note_outbox", told))["noted"])

    async def find_outbox(self, *, limit: int = 20) -> Sequence[Outgoing]:
        rows = await self._api.rows("fc_outbox", newest=("created_at", limit))
        return [outbox_rows.outgoing_of(row) for row in as_rows(rows)]

    async def purge_outbox(self, before: datetime) -> None:
        await self._api.call("fc_purge_outbox", {"older_than": to_text(before)})

    async def refuse_texts(self, phone: str, reason: Refusal, *, now: datetime) -> None:
        await self._api.call("fc_refuse_texts", {"wanted_phone": phone, "why": reason, "at": to_text(now)})

    async def allow_texts(self, phone: str, reason: Refusal) -> None:
        await self._api.call("fc_allow_texts", {"wanted_phone": phone, "why": reason})

    async def save_language(self, call_id: str, language: str) -> None:
        await self._api.update("fc_calls", call_id, {"language": language})
