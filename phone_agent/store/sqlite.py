"""SqliteStore: the embedded store, one file that several processes share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.store import call_rows, cart_rows, order_rows, profile_rows, quote_rows
from phone_agent.store.database import Database
from phone_agent.store.menu_import import save_menu
from phone_agent.store.menu_rows import MenuRows
from phone_agent.store.records import CallRecord, Outcome, Profile, TranscriptLine

LONGEST_WAIT_S = 3.0
"""How long another process may hold the file before a caller is told."""


class SqliteStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    async def open(cls, path: str | Path, *, longest_wait_s: float = LONGEST_WAIT_S) -> Self:
        """Creates the file and brings it up to date. Raises StoreUnavailable, as every method does, in bounded time."""
        return cls(await Database.open(Path(path), longest_wait_s))

    async def load_menu(self) -> Menu:
        return await self._database.read(lambda connection: MenuRows(connection).menu())

    async def save_menu(self, menu: Menu) -> None:
        await self._database.write(lambda connection: save_menu(connection, menu))

    async def find_profile(self, phone: str) -> Profile | None:
        return await self._database.read(lambda connection: profile_rows.find(connection, phone))

    async def load_profile(self, profile_id: str) -> Profile:
        return await self._database.read(lambda connection: profile_rows.load(connection, profile_id))

    async def save_profile(self, profile: Profile) -> None:
        await self._database.write(lambda connection: profile_rows.save(connection, profile))

    async def open_call(self, record: CallRecord) -> None:
        await self._database.write(lambda connection: call_rows.open_call(connection, record))

    async def save_cart(self, cart: Cart, *, call_id: str) -> Cart:
        return await self._database.write(lambda connection: cart_rows.save(connection, cart, call_id))

    async def find_cart(self, call_id: str) -> Cart | None:
        return await self._database.read(lambda connection: cart_rows.find(connection, call_id))

    async def save_quote(self, quote: Quote) -> None:
        await self._database.write(lambda connection: quote_rows.save(connection, quote))

    async def place_order(self, quote: Quote, *, confirmed_by: ConfirmedBy, now: datetime) -> Order:
        return await self._database.write(lambda connection: order_rows.place(connection, quote, confirmed_by, now))

    async def import_order(self, order: Order) -> None:
        await self._database.write(lambda connection: order_rows.import_order(connection, order))

    async def find_orders(self, *, profile_id: str | None = None, limit: int = 20) -> Sequence[Order]:
        return await self._database.read(lambda connection: order_rows.find(connection, profile_id, limit))

    async def add_transcript(self, call_id: str, lines: Sequence[TranscriptLine]) -> None:
        await self._database.write(lambda connection: call_rows.add_transcript(connection, call_id, lines))

    async def load_transcript(self, call_id: str) -> Sequence[TranscriptLine]:
        return await self._database.read(lambda connection: call_rows.load_transcript(connection, call_id))

    async def find_calls(self, *, limit: int = 20) -> Sequence[CallRecord]:
        return await self._database.read(lambda connection: call_rows.find_calls(connection, limit))

    async def close_call(self, call_id: str, *, outcome: Outcome, reason: str, now: datetime) -> None:
        await self._database.write(lambda connection: call_rows.close_call(connection, call_id, outcome, reason, now))

    async def close_lost_calls(self, *, started_before: datetime, now: datetime) -> int:
        return await self._database.write(
            lambda connection: call_rows.close_lost_calls(connection, started_before, now)
        )

    async def close(self) -> None:
        await self._database.close()
