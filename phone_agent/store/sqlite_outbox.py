"""The outbox in SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phone_agent.store import orphan_rows, outbox_rows
from phone_agent.store.database import Database
from phone_agent.store.outbox import Matter, OutboxChannel, Outgoing, Refusal, Settled, State
from phone_agent.store.records import LostCart


class SqliteOutbox:
    _database: Database

    async def claim_messages(
        self, channel: OutboxChannel, *, now: datetime, until: datetime, most: int = 10
    ) -> Sequence[Outgoing]:
        return await self._database.write(lambda connection: outbox_rows.claim(connection, channel, now, until, most))

    async def load_matter(self, message: Outgoing) -> Matter:
        return await self._database.read(lambda connection: outbox_rows.load_matter(connection, message))

    async def keep_fingerprint(self, message: Outgoing, fingerprint: str) -> bool:
        return await self._database.write(lambda connection: outbox_rows.keep(connection, message, fingerprint))

    async def settle_message(self, message: Outgoing, settled: Settled) -> bool:
        return await self._database.write(lambda connection: outbox_rows.settle(connection, message, settled))

    async def note_delivery(self, message_id: str, *, provider_id: str, state: State, detail: str = "") -> bool:
        return await self._database.write(
            lambda connection: outbox_rows.note(connection, message_id, provider_id, state, detail)
        )

    async def find_outbox(self, *, limit: int = 20) -> Sequence[Outgoing]:
        return await self._database.read(lambda connection: outbox_rows.find(connection, limit))

    async def purge_outbox(self, before: datetime) -> None:
        await self._database.write(lambda connection: outbox_rows.purge(connection, before))

    async def refuse_texts(self, phone: str, reason: Refusal, *, now: datetime) -> None:
        await self._database.write(lambda connection: outbox_rows.refuse(connection, phone, reason, now))

    async def allow_texts(self, phone: str, reason: Refusal) -> None:
        await self._database.write(lambda connection: outbox_rows.allow(connection, phone, reason))

    async def find_cart_by_code(self, code: str, since: datetime) -> LostCart | None:
        return await self._database.read(lambda connection: orphan_rows.find_by_code(connection, code, since))

    async def save_language(self, call_id: str, language: str) -> None:
        await self._database.write(lambda connection: outbox_rows.save_language(connection, call_id, language))
