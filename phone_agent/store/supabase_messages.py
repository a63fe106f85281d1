"""Messages for the restaurant, on Supabase."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.store import message_rows
from phone_agent.store.records import Message
from phone_agent.store.supabase_api import DataApi
from phone_agent.store.supabase_rows import as_rows


class SupabaseMessages:
    _api: DataApi

    async def save_message(self, message: Message) -> None:
        await self._api.insert("fc_messages", [message_rows.message_row(message)])

    async def find_messages(self, *, limit: int = 20) -> Sequence[Message]:
        rows = await self._api.rows("fc_messages", newest=("taken_at", limit))
        return [message_rows.message_of(row) for row in as_rows(rows)]
