"""SupabaseStore: a Supabase project, local or remote; every method is one round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Self

from phone_agent.ordering import states
from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import CartOutdated, NotUnderstood
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_adoption import adopting
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.ordering.readiness import SlotTaken
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.states import OrderEvent, Status
from phone_agent.ordering.wishes import NO_WISHES, Wishes
from phone_agent.store import call_rows, kitchen_rows, menu_marks, wish_rows
from phone_agent.store.columns import to_text
from phone_agent.store.menu_import import MARKS, rows_by_table, touched_by
from phone_agent.store.order_columns import order_of_quote, rows_of
from phone_agent.store.privacy_rows import handed_over, oldest_day_of_tries
from phone_agent.store.quote_rows import quote_row
from phone_agent.store.records import (
    CallRecord,
    FrozenCart,
    KeptReport,
    LostCart,
    MenuImport,
    Outcome,
    PinTry,
    Profile,
    RunningCall,
    TranscriptLine,
)
from phone_agent.store.supabase_api import DataApi
from phone_agent.store.supabase_menu import SeenMenu
from phone_agent.store.supabase_messages import SupabaseMessages
from phone_agent.store.supabase_outbox import SupabaseOutbox
from phone_agent.store.supabase_ready import SupabaseReadyCalls
from phone_agent.store.supabase_rows import (
    arguments_of,
    as_row,
    as_rows,
    cart_arguments,
    is_key,
    kitchen_arguments,
    load_of,
    orders_of,
    profile_arguments,
    profile_of,
    states_before,
)
from phone_agent.store.supabase_screens import SupabaseScreens

ANSWER_S = 3.0
"""How long one attempt may take."""
LONGEST_WAIT_S = 6.0
"""How long Supabase may keep a caller waiting, all attempts together."""
LONGEST_IMPORT_S = 60.0


class SupabaseStore(SupabaseMessages, SupabaseScreens, SupabaseOutbox, SupabaseReadyCalls):
    def __init__(self, api: DataApi) -> None:
        self._api = api
        self._seen = SeenMenu()

    @classmethod
    async def open(
        cls, url: str, key: str, *, longest_wait_s: float = LONGEST_WAIT_S, answer_s: float = ANSWER_S
    ) -> Self:
        """`key`: a service-role JWT, or sb_secret_…. Connects with the first call."""
        return cls(await DataApi.open(url, key, longest_wait_s=longest_wait_s, answer_s=answer_s))

    async def load_menu(self) -> Menu:
        await self._ask_with_menu("fc_load_menu", {})
        return self._seen.menu

    async def save_menu(self, menu: Menu, record: MenuImport | None = None) -> None:
        stored = await self.load_menu()
        menu = adopting(menu, stored)
        rows = rows_by_table(menu)
        pieces = [{"table": table, "mark": mark, "rows": rows[table]} for table, mark in MARKS.items()]
        imports = [menu_marks.import_row(record)] if record else []
        given = {"pieces": pieces, "imports": imports, "touched": touched_by(menu, stored)}
        await self._api.call_patiently("fc_import_menu", given, LONGEST_IMPORT_S)

    async def find_profile(self, phone: str) -> Profile | None:
        return profile_of(await self._api.call("fc_find_profile", {"wanted_phone": phone}))

    async def load_profile(self, profile_id: str) -> Profile:
        known = is_key(profile_id)
        profile = profile_of(await self._api.call("fc_find_profile", {"wanted_id": profile_id})) if known else None
        if profile is None:
            raise KeyError(profile_id)
        return profile

    async def save_profile(self, profile: Profile) -> None:
        await self._api.call("fc_save_profile", profile_arguments(profile))

    async def open_call(self, record: CallRecord) -> None:
        await self._api.insert("fc_calls", [call_rows.call_row(record)])

    async def save_cart(self, cart: Cart, *, call_id: str, wishes: Wishes | None = None) -> Cart:
        answer = await self._ask_with_menu("fc_save_cart", cart_arguments(cart, call_id, wishes))
        return self._seen.cart(answer) or cart

    async def find_cart(self, call_id: str) -> Cart | None:
        return self._seen.cart(await self._ask_with_menu("fc_find_cart", {"wanted_call": call_id}))

    async def save_wishes(self, wishes: Wishes, *, cart_id: str) -> None:
        await self._api.update("fc_carts", cart_id, wish_rows.cart_columns(wishes))

    async def load_wishes(self, cart_id: str) -> Wishes:
        answer = await self._api.call("fc_load_wishes", {"wanted": cart_id})
        return wish_rows.wishes_of(as_row(answer)) if answer else NO_WISHES

    async def freeze_cart(self, cart: Cart, *, call_id: str, wishes: Wishes, now: datetime) -> FrozenCart:
        written = cart_arguments(cart, call_id, wishes)
        answer = await self._ask_with_menu("fc_freeze_cart", {**written, "kitchen": kitchen_arguments(now)})
        return self._frozen(answer)

    def _frozen(self, answer: Mapping[str, Any]) -> FrozenCart:
        cart = self._seen.cart(answer)
        if cart is None:
            raise CartOutdated(Sentence.CHANGED_MEANWHILE.words())
        return FrozenCart(cart, answer["versions"], load_of(answer["load"]))

    async def place_order(self, quote: Quote, *, confirmed_by: ConfirmedBy, now: datetime) -> Order:
        order = order_of_quote(quote, confirmed_by, now)
        rows = arguments_of(rows_of(order, key=quote.id, call_id=quote.call_id))
        asked = {"quote": quote_row(quote), "at": to_text(now), "kitchen": kitchen_arguments(now)}
        answer = await self._api.call("fc_place_order", {**asked, **rows})
        if "full" in answer:
            raise SlotTaken(TermSentence.SLOT_TAKEN.words(), load_of(answer["full"]))
        return orders_of(answer)[0]

    async def withdraw_quote(self, quote: Quote) -> Order | None:
        orders = orders_of(await self._api.call("fc_withdraw_quote", {"quote": quote_row(quote)}))
        return orders[0] if orders else None

    async def import_order(self, order: Order) -> None:
        await self._api.call("fc_import_order", arguments_of(rows_of(order, key=order.id, call_id=None)))

    async def find_orders(
        self, *, profile_id: str | None = None, caller_number: str | None = None, limit: int = 20
    ) -> Sequence[Order]:
        of = {"wanted_profile": profile_id, "wanted_phone": caller_number}
        return orders_of(await self._api.call("fc_find_orders_of", {**of, "newest": limit}))

    async def find_order(self, order_id: str) -> Order | None:
        wanted = {"wanted": [order_id] if is_key(order_id) else []}
        return next(iter(orders_of(await self._api.call("fc_orders_with_lines", wanted))), None)

    async def find_unheard_order(self, phone: str, since: datetime) -> Order | None:
        wanted = {"wanted_phone": phone, "since": to_text(since)}
        orders = orders_of(await self._api.call("fc_find_unheard_order", wanted))
        return orders[0] if orders else None

    async def change_order_status(
        self, order_id: str, status: Status, *, who: str, now: datetime, only_from: Status | None = None
    ) -> Order:
        asked = {"event": kitchen_rows.event_row(order_id, status, who, now), "known_states": states.STATUSES}
        asked |= {"legal": states_before(status, only_from), "handed_over": handed_over(now)}
        answer = await self._api.call("fc_change_order_status", asked)
        orders = orders_of(answer)
        if not orders:
            raise NotUnderstood(TermSentence.ORDER_UNKNOWN.words())
        if not answer["changed"]:
            states.refuse_unless_legal(orders[0].status, status, orders[0].fulfilment.kind, only_from=only_from)
        return orders[0]

    async def find_order_events(self, order_id: str) -> Sequence[OrderEvent]:
        if not is_key(order_id):
            return []
        rows = await self._api.rows("fc_order_events", where={"order_id": order_id}, oldest="created_at")
        return [kitchen_rows.event_of(row) for row in as_rows(rows)]

    async def add_transcript(self, call_id: str, lines: Sequence[TranscriptLine]) -> None:
        if lines:
            await self._api.insert("fc_call_transcripts", call_rows.transcript_rows(call_id, lines))

    async def load_transcript(self, call_id: str) -> Sequence[TranscriptLine]:
        rows = await self._api.rows("fc_call_transcripts", where={"call_id": call_id}, oldest="at")
        return [call_rows.line_of(row) for row in as_rows(rows)]

    async def save_report(self, call_id: str, report: KeptReport) -> None:
        await self._api.call("fc_save_report", {"wanted": call_id, **vars(report)})

    async def find_reports(self, call_ids: Sequence[str]) -> Mapping[str, KeptReport]:
        answer = await self._api.call("fc_find_reports", {"wanted": list(call_ids)})
        return {row["call_id"]: call_rows.report_of(row) for row in as_rows(answer["reports"])}

    async def find_calls(self, *, limit: int = 20) -> Sequence[CallRecord]:
        rows = await self._api.rows("fc_calls", newest=("started_at", limit))
        return [call_rows.record_of(row) for row in as_rows(rows)]

    async def close_call(self, call_id: str, *, outcome: Outcome, reason: str, now: datetime) -> None:
        closed = {"wanted": call_id, "how": outcome, "why": reason, "at": to_text(now)}
        await self._api.call("fc_close_call", closed)

    async def note_alive(self, call_id: str, *, now: datetime) -> None:
        await self._api.call("fc_note_alive", {"wanted": call_id, "at": to_text(now)})

    async def find_running_calls(self, phone: str) -> Sequence[RunningCall]:
        answer = await self._api.call("fc_running_calls", {"wanted_phone": phone})
        return [call_rows.running_of(row) for row in as_rows(answer["calls"])]

    async def close_lost_call(self, call_id: str) -> None:
        await self._api.call("fc_close_lost", {"silent_since": None, "wanted": call_id})

    async def close_lost_calls(self, *, silent_since: datetime) -> int:
        lost = {"silent_since": to_text(silent_since), "wanted": None}
        return int((await self._api.call("fc_close_lost", lost))["closed"])

    async def sell_out(self, item_id: str, until: datetime | None) -> None:
        await self._mark({"wanted": item_id, "sold_out": True, "until": wish_rows.to_text_or_none(until)})

    async def bring_back(self, item_id: str) -> None:
        await self._mark({"wanted": item_id, "sold_out": False, "until": None})

    async def _mark(self, marked: Mapping[str, object]) -> None:
        if not (await self._api.call("fc_mark_item", marked))["found"]:
            raise KeyError(marked["wanted"])

    async def menu_version(self) -> int:
        """Brings along what has changed, which is asked for next."""
        await self.load_menu()
        return self._seen.version or 0

    async def find_menu_imports(self, *, limit: int = 20) -> Sequence[MenuImport]:
        rows = await self._api.rows("fc_menu_imports", newest=("imported_at", limit))
        return [menu_marks.import_of(row) for row in as_rows(rows)]

    async def find_orphaned_cart(self, phone: str, since: datetime) -> LostCart | None:
        return await self._lost_cart("fc_find_orphaned_cart", {"wanted_phone": phone, "since": to_text(since)})

    async def find_cart_by_code(self, code: str, since: datetime) -> LostCart | None:
        return await self._lost_cart("fc_find_cart_by_code", {"wanted_code": code, "since": to_text(since)})

    async def _lost_cart(self, function: str, wanted: Mapping[str, object]) -> LostCart | None:
        answer = await self._ask_with_menu(function, wanted)
        cart = self._seen.cart(answer)
        return LostCart(cart, wish_rows.wishes_of(as_row(answer["cart"]))) if cart else None

    async def adopt_cart(self, cart_id: str, call_id: str, *, wishes: Wishes, now: datetime) -> FrozenCart:
        given = {"wishes": wish_rows.cart_columns(wishes), "kitchen": kitchen_arguments(now)}
        return self._frozen(
            await self._ask_with_menu("fc_adopt_cart", {"wanted": cart_id, "adopter": call_id, **given})
        )

    async def abandon_cart(self, cart_id: str) -> None:
        await self._api.call("fc_abandon_carts", {"wanted": cart_id, "orphaned_before": None})

    async def abandon_carts(self, *, orphaned_before: datetime) -> None:
        await self._api.call("fc_abandon_carts", {"wanted": None, "orphaned_before": to_text(orphaned_before)})

    async def remember(self, profile: Profile, phone: str) -> Profile:
        kept = profile_of(await self._api.call("fc_remember", profile_arguments(replace(profile, phone=phone))))
        if kept is None:
            raise KeyError(profile.id)
        return kept

    async def name_order(self, order_id: str, name: str) -> None:
        await self._api.update("fc_orders", order_id, {"customer_name": name})

    async def forget(self, phone: str, *, now: datetime) -> bool:
        forgotten = {"wanted_phone": phone, "at": to_text(now), "handed_over": handed_over(now)}
        return bool((await self._api.call("fc_forget", forgotten))["known"])

    async def purge(self, before: datetime, *, now: datetime) -> int:
        older: dict[str, object] = {"began_before": to_text(before), "tried_before": oldest_day_of_tries(before)}
        older["handed_over"] = handed_over(now)
        return int((await self._api.call("fc_purge", older))["lines"])

    async def save_pin(self, phone: str, pin_hash: str | None) -> None:
        await self._api.call("fc_save_pin", {"wanted_phone": phone, "hash": pin_hash})

    async def has_pin(self, phone: str) -> bool:
        return bool((await self._api.call("fc_has_pin", {"wanted_phone": phone}))["known"])

    async def take_pin_try(self, phone: str, day: str, most: int, *, try_id: str) -> PinTry:
        tried = {"wanted_phone": phone, "day": day, "most": most, "try": try_id}
        answer = await self._api.call("fc_take_pin_try", tried)
        return PinTry(answer["pin_hash"], answer["is_allowed"])

    async def give_back_pin_try(self, phone: str, day: str, *, try_id: str) -> None:
        await self._api.call("fc_give_back_pin_try", {"wanted_phone": phone, "day": day, "try": try_id})

    async def close(self) -> None:
        await self._api.close()

    async def _ask_with_menu(self, function: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        known = self._seen.version
        answer = await self._api.call(function, {**arguments, "known": known})
        self._seen.take(answer, known)
        return answer
