"""SqliteStore: the embedded store, one file that several processes share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Self

from phone_agent.ordering import states
from phone_agent.ordering.cart import Cart
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.ordering.states import OrderEvent, Status
from phone_agent.ordering.wishes import Wishes
from phone_agent.store import (
    call_rows,
    cart_rows,
    feedback_rows,
    kitchen_rows,
    menu_marks,
    message_rows,
    order_rows,
    orphan_rows,
    pin_rows,
    privacy_rows,
    profile_rows,
    quote_rows,
    screen_rows,
    wish_rows,
)
from phone_agent.store.database import Database
from phone_agent.store.menu_import import save_menu
from phone_agent.store.menu_rows import MenuRows
from phone_agent.store.ready_rows import SqliteReadyCalls
from phone_agent.store.records import (
    CallRecord,
    Feedback,
    FrozenCart,
    KeptReport,
    LostCart,
    MenuImport,
    Message,
    Outcome,
    PinTry,
    Profile,
    RunningCall,
    TranscriptLine,
)
from phone_agent.store.sqlite_outbox import SqliteOutbox

LONGEST_WAIT_S = 3.0
"""How long another process may hold the file before a caller is told."""


class SqliteStore(SqliteOutbox, SqliteReadyCalls):
    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    async def open(cls, path: str | Path, *, longest_wait_s: float = LONGEST_WAIT_S) -> Self:
        """Creates the file and brings it up to date. Raises StoreUnavailable, as every method does, in bounded time."""
        return cls(await Database.open(Path(path), longest_wait_s))

    async def load_menu(self) -> Menu:
        await self._bring_back_due()
        return await self._database.read(lambda connection: MenuRows.read(connection).menu())

    async def save_menu(self, menu: Menu, record: MenuImport | None = None) -> None:
        def save(connection: Connection) -> None:
            save_menu(connection, menu)
            if record is not None:
                menu_marks.add_import(connection, record)

        await self._database.write(save)

    async def find_profile(self, phone: str) -> Profile | None:
        return await self._database.read(lambda connection: profile_rows.find(connection, phone))

    async def load_profile(self, profile_id: str) -> Profile:
        return await self._database.read(lambda connection: profile_rows.load(connection, profile_id))

    async def save_profile(self, profile: Profile) -> None:
        await self._database.write(lambda connection: profile_rows.save(connection, profile))

    async def open_call(self, record: CallRecord) -> None:
        await self._database.write(lambda connection: call_rows.open_call(connection, record))

    async def save_cart(self, cart: Cart, *, call_id: str, wishes: Wishes | None = None) -> Cart:
        return await self._database.write(lambda connection: cart_rows.save(connection, cart, call_id, wishes))

    async def find_cart(self, call_id: str) -> Cart | None:
        return await self._database.read(lambda connection: cart_rows.find(connection, call_id))

    async def save_wishes(self, wishes: Wishes, *, cart_id: str) -> None:
        await self._database.write(lambda connection: wish_rows.save(connection, wishes, cart_id))

    async def load_wishes(self, cart_id: str) -> Wishes:
        return await self._database.read(lambda connection: wish_rows.find(connection, cart_id))

    async def freeze_cart(self, cart: Cart, *, call_id: str, wishes: Wishes, now: datetime) -> FrozenCart:
        def freeze(connection: Connection) -> FrozenCart:
            return quote_rows.frozen(connection, cart_rows.save(connection, cart, call_id, wishes), now)

        return await self._database.write(freeze)

    async def place_order(self, quote: Quote, *, confirmed_by: ConfirmedBy, now: datetime) -> Order:
        return await self._database.write(lambda connection: order_rows.place(connection, quote, confirmed_by, now))

    async def withdraw_quote(self, quote: Quote) -> Order | None:
        return await self._database.write(lambda connection: order_rows.withdraw(connection, quote))

    async def import_order(self, order: Order) -> None:
        await self._database.write(lambda connection: order_rows.import_order(connection, order))

    async def find_orders(
        self, *, profile_id: str | None = None, caller_number: str | None = None, limit: int = 20
    ) -> Sequence[Order]:
        return await self._database.read(
            lambda connection: order_rows.find(connection, profile_id, caller_number, limit)
        )

    async def find_order(self, order_id: str) -> Order | None:
        return await self._database.read(lambda connection: order_rows.find_one(connection, order_id))

    async def find_unheard_order(self, phone: str, since: datetime) -> Order | None:
        return await self._database.read(lambda connection: order_rows.find_unheard(connection, phone, since))

    async def change_order_status(
        self, order_id: str, status: Status, *, who: str, now: datetime, only_from: Status | None = None
    ) -> Order:
        def change(connection: Connection) -> Order:
            changed = kitchen_rows.change_status(connection, order_id, status, who, now, only_from)
            if status in states.HANDED_OVER:
                privacy_rows.forget_handed_over(connection, now)
            return changed

        return await self._database.write(change)

    async def find_order_events(self, order_id: str) -> Sequence[OrderEvent]:
        return await self._database.read(lambda connection: kitchen_rows.find_events(connection, order_id))

    async def save_feedback(self, feedback: Feedback) -> None:
        await self._database.write(lambda connection: feedback_rows.save(connection, feedback))

    async def find_feedback(self, *, limit: int = 20) -> Sequence[Feedback]:
        return await self._database.read(lambda connection: feedback_rows.find(connection, limit))

    async def add_transcript(self, call_id: str, lines: Sequence[TranscriptLine]) -> None:
        await self._database.write(lambda connection: call_rows.add_transcript(connection, call_id, lines))

    async def load_transcript(self, call_id: str) -> Sequence[TranscriptLine]:
        return await self._database.read(lambda connection: call_rows.load_transcript(connection, call_id))

    async def save_report(self, call_id: str, report: KeptReport) -> None:
        await self._database.write(lambda connection: call_rows.save_report(connection, call_id, report))

    async def find_reports(self, call_ids: Sequence[str]) -> Mapping[str, KeptReport]:
        return await self._database.read(lambda connection: call_rows.find_reports(connection, call_ids))

    async def find_calls(self, *, limit: int = 20) -> Sequence[CallRecord]:
        return await self._database.read(lambda connection: call_rows.find_calls(connection, limit))

    async def close_call(self, call_id: str, *, outcome: Outcome, reason: str, now: datetime) -> None:
        await self._database.write(lambda connection: call_rows.close_call(connection, call_id, outcome, reason, now))

    async def note_alive(self, call_id: str, *, now: datetime) -> None:
        await self._database.write(lambda connection: call_rows.note_alive(connection, call_id, now))

    async def find_running_calls(self, phone: str) -> Sequence[RunningCall]:
        return await self._database.read(lambda connection: call_rows.find_running(connection, phone))

    async def close_lost_call(self, call_id: str) -> None:
        await self._database.write(lambda connection: call_rows.close_lost(connection, None, call_id))

    async def close_lost_calls(self, *, silent_since: datetime) -> int:
        return await self._database.write(lambda connection: call_rows.close_lost(connection, silent_since))

    async def sell_out(self, item_id: str, until: datetime | None) -> None:
        await self._database.write(lambda connection: menu_marks.sell_out(connection, item_id, until))

    async def bring_back(self, item_id: str) -> None:
        await self._database.write(lambda connection: menu_marks.bring_back(connection, item_id))

    async def menu_version(self) -> int:
        await self._bring_back_due()
        return await self._database.read(menu_marks.version_of_menu)

    async def find_menu_imports(self, *, limit: int = 20) -> Sequence[MenuImport]:
        return await self._database.read(lambda connection: menu_marks.find_imports(connection, limit))

    async def find_orphaned_cart(self, phone: str, since: datetime) -> LostCart | None:
        return await self._database.read(lambda connection: orphan_rows.find(connection, phone, since))

    async def adopt_cart(self, cart_id: str, call_id: str, *, wishes: Wishes, now: datetime) -> FrozenCart:
        def adopt(connection: Connection) -> FrozenCart:
            return quote_rows.frozen(connection, orphan_rows.adopt(connection, cart_id, call_id, wishes), now)

        return await self._database.write(adopt)

    async def abandon_cart(self, cart_id: str) -> None:
        await self._database.write(lambda connection: orphan_rows.abandon(connection, cart_id))

    async def abandon_carts(self, *, orphaned_before: datetime) -> None:
        await self._database.write(lambda connection: orphan_rows.abandon_older(connection, orphaned_before))

    async def remember(self, profile: Profile, phone: str) -> Profile:
        return await self._database.write(lambda connection: privacy_rows.remember(connection, profile, phone))

    async def name_order(self, order_id: str, name: str) -> None:
        await self._database.write(lambda connection: privacy_rows.name_order(connection, order_id, name))

    async def forget(self, phone: str, *, now: datetime) -> bool:
        return await self._database.write(lambda connection: privacy_rows.forget(connection, phone, now))

    async def purge(self, before: datetime, *, now: datetime) -> int:
        return await self._database.write(lambda connection: privacy_rows.purge(connection, before, now))

    async def save_pin(self, phone: str, pin_hash: str | None) -> None:
        def save(connection: Connection) -> None:
            if pin_hash is None:
                pin_rows.delete(connection, phone)
            else:
                pin_rows.save(connection, phone, pin_hash)

        await self._database.write(save)

    async def has_pin(self, phone: str) -> bool:
        return await self._database.read(lambda connection: pin_rows.find(connection, phone) is not None)

    async def take_pin_try(self, phone: str, day: str, most: int, *, try_id: str) -> PinTry:
        return await self._database.write(lambda connection: pin_rows.take_try(connection, phone, day, most, try_id))

    async def give_back_pin_try(self, phone: str, day: str, *, try_id: str) -> None:
        await self._database.write(lambda connection: pin_rows.give_back_try(connection, phone, day, try_id))

    async def save_message(self, message: Message) -> None:
        await self._database.write(lambda connection: message_rows.save(connection, message))

    async def find_messages(self, *, limit: int = 20) -> Sequence[Message]:
        return await self._database.read(lambda connection: message_rows.find(connection, limit))

    async def open_screen(self, call_id: str, code: str) -> bool:
        return await self._database.write(lambda connection: screen_rows.open_screen(connection, call_id, code))

    async def find_call_by_screen_code(self, code: str) -> CallRecord | None:
        return await self._database.read(lambda connection: screen_rows.find(connection, code))

    async def _bring_back_due(self) -> None:
        if await self._database.read(menu_marks.is_any_due):
            await self._database.write(menu_marks.bring_back_due)

    async def close(self) -> None:
        await self._database.close()
