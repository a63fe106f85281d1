"""Store: where menus come from, and carts, orders and call records go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.ordering.states import OrderEvent, Status
from phone_agent.ordering.wishes import Wishes
from phone_agent.store.outbox import Outbox
from phone_agent.store.ready_calls import ReadyCallStore
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


class Store(Outbox, ReadyCallStore, Protocol):
    """Every method raises StoreUnavailable where the store cannot be read or written."""

    async def load_menu(self) -> Menu: ...

    async def save_menu(self, menu: Menu, record: MenuImport | None = None) -> None:
        """Idempotent; dishes that the menu no longer has become unavailable, never deleted; sold-out marks stay.

        Restaurants that no import made are left alone, or taken over where the menu has one of the same slug.

        `record`: kept in the history, in the same transaction.
        """

    async def find_profile(self, phone: str) -> Profile | None: ...

    async def load_profile(self, profile_id: str) -> Profile:
        """Raises KeyError."""

    async def save_profile(self, profile: Profile) -> None:
        """Inserts or updates; a guest has neither household nor phone."""

    async def open_call(self, record: CallRecord) -> None: ...

    async def save_cart(self, cart: Cart, *, call_id: str, wishes: Wishes | None = None) -> Cart:
        """Writes the whole cart, inserting it the first time; gives it back with its new version.

        `wishes`: written with it; None: they stay as they are.

        What comes back has the dishes and prices that the menu has now, and may be sold out.

        Raises CartOutdated where the stored cart has another version, was ordered or is another call's.
        """

    async def find_cart(self, call_id: str) -> Cart | None:
        """The call's active cart, also after the call; its dishes and prices are those that the menu has now."""

    async def save_wishes(self, wishes: Wishes, *, cart_id: str) -> None:
        """What is asked for beside dishes, kept with a saved cart. The version stays: a quote holds a copy of them."""

    async def load_wishes(self, cart_id: str) -> Wishes: ...

    async def freeze_cart(self, cart: Cart, *, call_id: str, wishes: Wishes, now: datetime) -> FrozenCart:
        """Writes it as `save_cart` does, and reads what a quote of it is made from. Raises CartOutdated."""

    async def place_order(self, quote: Quote, *, confirmed_by: ConfirmedBy, now: datetime) -> Order:
        """Exactly once per quote: a repeat gives the order that the quote already made.

        Raises QuoteExpired, QuoteOutdated (the cart or a quoted dish has changed since), SlotTaken.
        """

    async def withdraw_quote(self, quote: Quote) -> Order | None:
        """The order that the quote has made; None: it has made none, and never will."""

    async def import_order(self, order: Order) -> None:
        """An order that was placed elsewhere, as it stands; the first import of an id counts."""

    async def find_orders(
        self, *, profile_id: str | None = None, caller_number: str | None = None, limit: int = 20
    ) -> Sequence[Order]:
        """Newest first: of that profile, and of calls from that number; all where neither is given."""

    async def find_order(self, order_id: str) -> Order | None:
        """Whoever placed it."""

    async def find_unheard_order(self, phone: str, since: datetime) -> Order | None:
        """The newest of calls from that number that broke off, or have not ended: it may not have been heard of."""

    async def change_order_status(
        self, order_id: str, status: Status, *, who: str, now: datetime, only_from: Status | None = None
    ) -> Order:
        """Also an event. Raises IllegalChange, NotUnderstood (no such order).

        `only_from`: the state that it must have when it is changed.
        """

    async def find_order_events(self, order_id: str) -> Sequence[OrderEvent]:
        """Oldest first."""

    async def save_feedback(self, feedback: Feedback) -> None:
        """Of a profile that is kept. Sent again it is kept once."""

    async def find_feedback(self, *, limit: int = 20) -> Sequence[Feedback]:
        """Newest first, from every channel."""

    async def add_transcript(self, call_id: str, lines: Sequence[TranscriptLine]) -> None: ...

    async def load_transcript(self, call_id: str) -> Sequence[TranscriptLine]: ...

    async def save_report(self, call_id: str, report: KeptReport) -> None:
        """The first one counts."""

    async def find_reports(self, call_ids: Sequence[str]) -> Mapping[str, KeptReport]:
        """Of those calls that have one."""

    async def find_calls(self, *, limit: int = 20) -> Sequence[CallRecord]:
        """Newest first."""

    async def close_call(self, call_id: str, *, outcome: Outcome, reason: str, now: datetime) -> None:
        """Also marks the call's unordered cart as orphaned, not abandoned: it is kept for the caller's next call.

        The cart of a call without a number has no next one: it is abandoned, with nothing personal left in it.
        The first close counts, but "lost" was a guess and gives way. A call that an order came of has ordered.
        """

    async def note_alive(self, call_id: str, *, now: datetime) -> None:
        """The call runs; written now and then by its job. One that was closed as lost is open again, with its cart."""

    async def find_running_calls(self, phone: str) -> Sequence[RunningCall]: ...

    async def close_lost_call(self, call_id: str) -> None:
        """As "lost", at its last sign of life, unless it is closed already; its cart is orphaned from then."""

    async def close_lost_calls(self, *, silent_since: datetime) -> int:
        """Closes every call with no sign of life since then, as `close_lost_call` does; gives how many.

        Failed, or ordered where an order came of it.
        """

    async def sell_out(self, item_id: str, until: datetime | None) -> None:
        """The dish is not available until then; None: until bring_back. Raises KeyError."""

    async def bring_back(self, item_id: str) -> None:
        """Raises KeyError."""

    async def menu_version(self) -> int:
        """Raised by every change of the menu, whoever made it, and when a dish comes back by itself."""

    async def find_menu_imports(self, *, limit: int = 20) -> Sequence[MenuImport]:
        """Newest first."""

    async def find_orphaned_cart(self, phone: str, since: datetime) -> LostCart | None:
        """The newest cart, with dishes in it, of a call from that number that ended since then.

        None where an order was placed from that number after it.
        """

    async def find_cart_by_code(self, code: str, since: datetime) -> LostCart | None:
        """The newest orphaned cart with that code, with dishes in it, of a call that ended since then."""

    async def adopt_cart(self, cart_id: str, call_id: str, *, wishes: Wishes, now: datetime) -> FrozenCart:
        """Moves it to that call, with these wishes and a new version. Raises CartOutdated where another was quicker."""

    async def abandon_cart(self, cart_id: str) -> None:
        """An orphaned cart that its caller does not want."""

    async def abandon_carts(self, *, orphaned_before: datetime) -> None:
        """Those that are not offered any more."""

    async def remember(self, profile: Profile, phone: str) -> Profile:
        """Saves the profile with that number; gives back the profile that has the number, which may be another."""

    async def name_order(self, order_id: str, name: str) -> None:
        """Puts a name on an order for the kitchen."""

    async def forget(self, phone: str, *, now: datetime) -> bool:
        """Deletes what is kept of that number; orders stay without anything personal. False: nothing was known.

        What the kitchen needs of an order that is under way, or placed in the same call afterwards, stays until it
        is handed over.
        """

    async def purge(self, before: datetime, *, now: datetime) -> int:
        """Deletes the transcripts of calls that began before then; gives back how many lines.

        What is personal in carts of theirs that came to nothing goes too.
        """

    async def save_pin(self, phone: str, pin_hash: str | None) -> None:
        """None: the number has none any more. A new one has new tries."""

    async def has_pin(self, phone: str) -> bool: ...

    async def take_pin_try(self, phone: str, day: str, most: int, *, try_id: str) -> PinTry:
        """Counts one try of that number on that day, before anything is compared. Sent again it counts once."""

    async def give_back_pin_try(self, phone: str, day: str, *, try_id: str) -> None:
        """After a PIN that was right. Sent again it is given back once."""

    async def save_message(self, message: Message) -> None: ...

    async def find_messages(self, *, limit: int = 20) -> Sequence[Message]:
        """Newest first; those that `forget` or `purge` took with their calls' transcripts are gone."""

    async def open_screen(self, call_id: str, code: str) -> bool:
        """From now on that code finds the call. False: another call that runs has it, or this one has ended."""

    async def find_call_by_screen_code(self, code: str) -> CallRecord | None:
        """The call that runs under that code; None: it is nobody's."""

    async def close(self) -> None: ...
