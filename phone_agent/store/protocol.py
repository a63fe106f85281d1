"""Store: where menus come from, and carts, orders and call records go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.store.records import CallRecord, Outcome, Profile, TranscriptLine


class Store(Protocol):
    """Every method raises StoreUnavailable where the store cannot be read or written."""

    async def load_menu(self) -> Menu: ...

    async def save_menu(self, menu: Menu) -> None:
        """Idempotent; dishes that the menu no longer has become unavailable, never deleted."""

    async def find_profile(self, phone: str) -> Profile | None: ...

    async def load_profile(self, profile_id: str) -> Profile:
        """Raises KeyError."""

    async def save_profile(self, profile: Profile) -> None:
        """Inserts or updates; a guest has neither household nor phone."""

    async def open_call(self, record: CallRecord) -> None: ...

    async def save_cart(self, cart: Cart, *, call_id: str) -> Cart:
        """Writes the whole cart, inserting it the first time; gives it back with its new version.

        Raises CartOutdated where the stored cart has another version, or was ordered.
        """

    async def find_cart(self, call_id: str) -> Cart | None:
        """The call's active cart, also after the call; its dishes and prices are those that the menu has now."""

    async def save_quote(self, quote: Quote) -> None:
        """Raises QuoteOutdated where the menu no longer has a line at its price: load menu and cart again."""

    async def place_order(self, quote: Quote, *, confirmed_by: ConfirmedBy, now: datetime) -> Order:
        """Exactly once per quote: a repeat gives the order that the quote already made.

        Raises QuoteExpired, QuoteOutdated (the cart or a quoted dish has changed since).
        """

    async def import_order(self, order: Order) -> None:
        """An order that was placed elsewhere, as it stands; the first import of an id counts."""

    async def find_orders(self, *, profile_id: str | None = None, limit: int = 20) -> Sequence[Order]:
        """Newest first."""

    async def add_transcript(self, call_id: str, lines: Sequence[TranscriptLine]) -> None: ...

    async def load_transcript(self, call_id: str) -> Sequence[TranscriptLine]: ...

    async def find_calls(self, *, limit: int = 20) -> Sequence[CallRecord]:
        """Newest first."""

    async def close_call(self, call_id: str, *, outcome: Outcome, reason: str, now: datetime) -> None:
        """Also marks the call's unordered cart as orphaned, not abandoned: it is kept. The first close counts."""

    async def close_lost_calls(self, *, started_before: datetime, now: datetime) -> int:
        """Closes every call that still runs though it began before then, as "lost"; gives how many.

        Failed, or ordered where an order came of it; carts are kept as `close_call` keeps them.
        """

    async def close(self) -> None: ...
