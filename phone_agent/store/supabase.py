"""SupabaseStore: a Supabase project, local or remote; every method is one round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any, Self

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import QuoteOutdated
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.ordering.sentences import Sentence
from phone_agent.store import call_rows, cart_rows, profile_rows
from phone_agent.store.columns import to_dollars, to_text, to_time
from phone_agent.store.menu_import import MARKS, restaurant_rows
from phone_agent.store.records import CallRecord, Outcome, Profile, TranscriptLine
from phone_agent.store.supabase_api import DataApi
from phone_agent.store.supabase_menu import SeenMenu
from phone_agent.store.supabase_rows import (
    Rows,
    as_row,
    as_rows,
    call_row,
    orders_of,
    quote_row,
    rows_of,
    rows_of_quoted,
    transcript_rows,
)

ANSWER_S = 3.0
"""How long one attempt may take."""
LONGEST_WAIT_S = 6.0
"""How long Supabase may keep a caller waiting, all attempts together."""
LONGEST_IMPORT_S = 60.0


class SupabaseStore:
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

    async def save_menu(self, menu: Menu) -> None:
        rows: dict[str, Rows] = {table: [] for table in MARKS}
        for table, row in chain.from_iterable(restaurant_rows(r, n) for n, r in enumerate(menu.restaurants)):
            rows[table].append(row)
        pieces = [{"table": table, "mark": mark, "rows": rows[table]} for table, mark in MARKS.items()]
        await self._api.call("fc_save_menu", {"pieces": pieces}, longest_wait_s=LONGEST_IMPORT_S)

    async def find_profile(self, phone: str) -> Profile | None:
        return profile_of(await self._api.call("fc_find_profile", {"wanted_phone": phone}))

    async def load_profile(self, profile_id: str) -> Profile:
        profile = profile_of(await self._api.call("fc_find_profile", {"wanted_id": profile_id}))
        if profile is None:
            raise KeyError(profile_id)
        return profile

    async def save_profile(self, profile: Profile) -> None:
        owner = {"id": profile.id, "household_name": profile.household_name, "phone": profile.phone}
        tastes = {
            "id": profile.id,
            "profile_id": profile.id,
            "favorite_cuisines": list(profile.favorite_cuisines),
            "dietary_tags": list(profile.dietary_tags),
        }
        location = {"city": profile.city, "state": profile.state, "zip": profile.zip_code}
        await self._api.call("fc_save_profile", {"profile": owner, "location": location, "preferences": tastes})

    async def open_call(self, record: CallRecord) -> None:
        await self._api.insert("fc_calls", [call_row(record)])

    async def save_cart(self, cart: Cart, *, call_id: str) -> Cart:
        row = {
            "id": cart.id,
            "call_id": call_id,
            "restaurant_id": cart.restaurant_id,
            "subtotal": to_dollars(cart.subtotal_cents),
        }
        lines = [cart_rows.line_row(cart.id, line, position) for position, line in enumerate(cart.lines)]
        options = [option for line in cart.lines for option in cart_rows.option_rows(line)]
        written = {"cart": row, "lines": lines, "options": options, "expected": cart.version}
        answer = await self._ask_with_menu("fc_save_cart", written)
        return replace(cart, version=answer["cart"]["version"])

    async def find_cart(self, call_id: str) -> Cart | None:
        return self._seen.cart(await self._ask_with_menu("fc_find_cart", {"wanted_call": call_id}))

    async def save_quote(self, quote: Quote) -> None:
        items = sorted({line.menu_item_id for line in quote.lines})
        answer = await self._ask_with_menu("fc_save_quote", {"quote": quote_row(quote), "items": items})
        cart = self._seen.cart(answer)
        if cart and cart.subtotal_cents == quote.totals.subtotal_cents and is_on_offer(cart):
            return
        await self._api.call("fc_drop_quote", {"wanted": quote.id})
        raise QuoteOutdated(Sentence.MENU_CHANGED.words())

    async def place_order(self, quote: Quote, *, confirmed_by: ConfirmedBy, now: datetime) -> Order:
        rows = rows_of_quoted(quote, confirmed_by, now).arguments()
        answer = await self._api.call("fc_place_order", {"wanted_quote": quote.id, "at": to_text(now), **rows})
        return orders_of(answer)[0]

    async def import_order(self, order: Order) -> None:
        await self._api.call("fc_import_order", rows_of(order, key=order.id, call_id=None).arguments())

    async def find_orders(self, *, profile_id: str | None = None, limit: int = 20) -> Sequence[Order]:
        return orders_of(await self._api.call("fc_find_orders", {"wanted_profile": profile_id, "newest": limit}))

    async def add_transcript(self, call_id: str, lines: Sequence[TranscriptLine]) -> None:
        if lines:
            await self._api.insert("fc_call_transcripts", transcript_rows(call_id, lines))

    async def load_transcript(self, call_id: str) -> Sequence[TranscriptLine]:
        rows = await self._api.rows("fc_call_transcripts", where={"call_id": call_id}, oldest="at")
        return [TranscriptLine(to_time(row["at"]), row["speaker"], row["text"]) for row in rows]

    async def find_calls(self, *, limit: int = 20) -> Sequence[CallRecord]:
        rows = await self._api.rows("fc_calls", newest=("started_at", limit))
        return [call_rows.record_of(row) for row in as_rows(rows)]

    async def close_call(self, call_id: str, *, outcome: Outcome, reason: str, now: datetime) -> None:
        closed = {"wanted": call_id, "how": outcome, "why": reason, "at": to_text(now)}
        await self._api.call("fc_close_call", closed)

    async def close(self) -> None:
        await self._api.close()

    async def _ask_with_menu(self, function: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        known = self._seen.version
        answer = await self._api.call(function, {**arguments, "known": known})
        self._seen.take(answer, known)
        return answer


def profile_of(answer: Mapping[str, Any]) -> Profile | None:
    if not answer:
        return None
    tastes = answer["preferences"] or {"favorite_cuisines": None, "dietary_tags": None}
    return profile_rows.profile_of(as_row({**answer["profile"], **tastes, "id": answer["profile"]["id"]}))


def is_on_offer(cart: Cart) -> bool:
    return all(line.item.is_available for line in cart.lines)
