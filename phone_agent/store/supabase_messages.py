"""What callers tell the restaurant, on Supabase: messages and feedback."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.store import feedback_rows, message_rows
from phone_agent.store.records import Feedback, Message
from phone_agent.store.supabase_api import DataApi
from phone_agent.store.supabase_rows import as_rows


class SupabaseMessages:
    _api: DataApi

    async def save_message(self, message: Message) -> None:
        await self._api.insert("fc_messages", [message_rows.message_row(message)])

    async def find_messages(self, *, limit: int = 20) -> Sequence[Message]:
        rows = await self._api.rows("fc_messages", newest=("taken_at", limit))
        return [message_rows.message_of(row) for row in as_rows(rows)]

    async def save_feedback(self, feedback: Feedback) -> None:
        await self._api.insert("fc_feedback", [feedback_rows.feedback_row(feedback)])

    async def find_feedback(self, *, limit: int = 20) -> Sequence[Feedback]:
        rows = await self._api.rows("fc_feedback", newest=("created_at", limit))
        return [feedback_rows.feedback_of(row) for row in as_rows(rows)]
