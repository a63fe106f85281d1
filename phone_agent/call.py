"""Call: who calls, the cart, the quote, and place_order(), the one door to the kitchen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from uuid import uuid4

from phone_agent.bookkeeping import Bookkeeping, outcome_of
from phone_agent.browsing import Browsing, menu_for, restaurants_near
from phone_agent.known import Known
from phone_agent.masking import line_like, masked_cart, masked_wishes
from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.errors import (
    CartOutdated,
    CouponRefused,
    NothingToConfirm,
    QuoteExpired,
    QuoteOutdated,
    SlotFull,
)
from phone_agent.ordering.keypad_walk import Walk
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.ordering.selection import ItemRequest, OpenQuestion
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.taking import sort_out, still_open
from phone_agent.ordering.wishes import NO_WISHES, Wishes
from phone_agent.quoting import fresh_quote, place_or_name_the_next_time
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord, LostCart, Profile, Speaker, TranscriptLine
from phone_agent.taken import Taken, utc_now


class Call:
    """One conversation, phone or browser; the session's userdata."""

    shown: tuple[MenuItem, ...] = ()
    """The dishes that the agent named last, in that order."""
    open_questions: tuple[OpenQuestion, ...] = ()
    """What was asked back about dishes of one sentence; the first is the one the caller heard."""
    last_line_id: str | None = None
    """The line that was added or changed last: what "it" and "that" mean."""
    elsewhere: tuple[ItemRequest, ...] = ()
    """Dishes of another restaurant, for which the caller was asked whether to start over."""
    last_said = ""
    order_number_said = ""
    is_hanging_up = False
    keypad_walk: Walk | None = None
    """Where the caller is in the menu by keypad; None where that is not open."""

    def __init__(
        self,
        record: CallRecord,
        profile: Profile,
        store: Store,
        menu: Menu,
        *,
        keypad_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.record = record
        self.profile = profile
        self.store = store
        self.menu = menu
        self.keypad_only = keypad_only
        self.cart = Cart(id=str(uuid4()))
        self.known = Known()
        """What is known of the caller from earlier, and what was asked of them."""
        self.wishes = NO_WISHES
        """What was asked for beside dishes."""
        self.quote: Quote | None = None
        self.quote_is_open = False
        """From the first audio of the read-back until the quote is placed or voided."""
        self.read_back_ended_at: datetime | None = None
        """When the read-back's last word was heard: a spoken yes counts only from a turn begun after it."""
        self.order: Order | None = None
        """The order placed last in this call."""
        self.order_number_to_say = 0
        """How many times the sentence with the order number is still being said or queued."""
        self._clock = clock
        self.ended_because = ""
        self._browsing = Browsing(menu)
        self._lock = asyncio.Lock()
        """One change of cart, quote or order at a time."""
        self._placed: Quote | None = None
        self._books = Bookkeeping(store, record.id)

    def stay_alive(self) -> None:
        """From here until it is closed, the call's record shows that its job runs."""
        self._books.stay_alive(lambda: self.now)

    @property
    def now(self) -> datetime:
        return self._clock()

    @property
    def is_order_placed(self) -> bool:
        """An order was placed and nothing has been asked for since."""
        return self.order is not None and self.cart.is_empty

    @property
    def nearby(self) -> tuple[Restaurant, ...]:
        """The restaurants of the caller's delivery area; all where it is not known."""
        return restaurants_near(self.menu, self.profile.city)

    @property
    def restaurant(self) -> Restaurant | None:
        """The one that is ordered from; None: not chosen yet."""
        if self.cart.restaurant_id is not None:
            return self.menu.restaurant(self.cart.restaurant_id)
        return self.menu.restaurants[0] if len(self.menu.restaurants) == 1 else None

    @property
    def is_store_lost(self) -> bool:
        return self._books.is_store_lost

    @property
    def has_open_quote(self) -> bool:
        return self.quote is not None and self.quote_is_open and self.quote.is_valid_at(self.now)

    @property
    def has_lapsed_quote(self) -> bool:
        """It was read back, and its time has run out since."""
        return self.quote is not None and self.quote_is_open and not self.quote.is_valid_at(self.now)

    @property
    def open_question(self) -> OpenQuestion | None:
        return self.open_questions[0] if self.open_questions else None

    async def take(self, requests: Sequence[ItemRequest], *, afresh: bool = False) -> Taken:
        """Puts in what is clear and keeps the rest as open questions; `afresh`: in the place of all that was there.

        Raises what went wrong where nothing was clear.
        """
        home, near = None if afresh else self.cart.restaurant_id, self.nearby
        found = sort_out(
            requests, self.menu, new_id=lambda: str(uuid4()), nearby=near, cart_restaurant_id=home, at=self.now
        )
        if found.lines or (afresh and not self.cart.is_empty):
            await self.add(found.lines, afresh=afresh)
        self.open_questions = (*found.questions, *still_open(() if afresh else self.open_questions, requests))
        if not found.lines and not self.open_questions:
            self.elsewhere = tuple(requests)
            raise found.problems[0]
        return Taken(found.lines, found.problems[0] if found.problems else None, self.open_question)

    def browse(self, restaurant: str, section: str) -> str:
        """Slugs or "all"; where the caller named no restaurant, the one of the order."""
        ordered_from = (self.restaurant,) if self.restaurant else self.nearby
        page = self._browsing.page(restaurant, section, ordered_from)
        self.shown = page.shown or self.shown
        return page.words

    async def add(self, lines: Sequence[LineItem], *, afresh: bool = False) -> None:
        """All of them or none. Raises OrderingError."""
        await self._edit(lambda cart: reduce(Cart.add, lines, replace(cart, lines=()) if afresh else cart))
        self.last_line_id = line_like(self.cart, lines[-1]).id if lines else None

    async def change(self, line_id: str, changed: LineItem) -> None:
        await self._edit(lambda cart: cart.change(line_id, changed))
        self.last_line_id = line_like(self.cart, changed).id if changed.quantity else None
        self.open_questions = ()

    async def remove(self, line_id: str) -> None:
        await self._edit(lambda cart: cart.remove(line_id))
        self.last_line_id = None
        self.open_questions = ()

    async def take_up(self, lost: LostCart) -> None:
        """The cart of a call that broke off, with these wishes. Raises CartOutdated where it is taken already."""
        await self._books.to_its_end(self._take_up(lost))

    async def _take_up(self, lost: LostCart) -> None:
        async with self._lock:
            if not self.cart.is_empty:
                raise CartOutdated(Sentence.LOST_CART_GONE.words())
            adopting = self.store.adopt_cart(lost.cart.id, self.record.id, wishes=lost.wishes)
            self.cart, self.wishes = await self._books.counted(adopting), lost.wishes
            self.void_quote()

    async def wish(self, change: Callable[[Wishes], Wishes]) -> None:
        """Changes what is asked for beside dishes; an open quote no longer fits then."""
        await self._books.to_its_end(self._wish(change))

    async def _wish(self, change: Callable[[Wishes], Wishes]) -> None:
        async with self._lock:
            self.wishes = masked_wishes(change(self.wishes))
            self.void_quote()
            if not self.cart.is_empty:
                await self._books.counted(self.store.save_wishes(self.wishes, cart_id=self.cart.id))

    async def checkout(self) -> Quote:
        """Freezes the cart into a quote that is not open yet. Raises what make_quote raises, QuoteOutdated."""
        async with self._lock:
            self.void_quote()
            place = self.restaurant or self.menu.restaurants[0]
            try:
                drawing = fresh_quote(self.store, self.cart, self.wishes, place, self.record.id, self.now)
                quote = await self._books.counted(drawing)
            except QuoteOutdated:
                await self._catch_up()
                raise
            except CouponRefused:
                self.wishes = replace(self.wishes, coupon="")
                raise
            self.quote = quote
            return quote

    def open_quote(self, quote: Quote) -> None:
        """At the first audio of its read-back. An older quote does not open again."""
        if self.quote is quote:
            self.quote_is_open = True

    def void_quote(self) -> None:
        self.quote = None
        self.quote_is_open = False
        self.read_back_ended_at = None

    async def place_order(self, confirmed_by: ConfirmedBy) -> Order:
        """Places the open quote; whoever comes second gets the order that the first one made.

        Raises NothingToConfirm, QuoteExpired, QuoteOutdated, SlotFull, StoreUnavailable.
        Cancelling the caller does not stop it.
        """
        quote = self.quote
        if quote is not None and self.quote_is_open:
            return await self._books.to_its_end(self._place(quote, confirmed_by))
        if self.order is not None and self.is_order_placed:
            return self.order
        raise NothingToConfirm(Sentence.NOTHING_TO_CONFIRM.words())

    async def _place(self, quote: Quote, confirmed_by: ConfirmedBy) -> Order:
        async with self._lock:
            if self._placed is quote and self.order is not None:
                return self.order
            if self.quote is not quote:
                raise QuoteOutdated(Sentence.CART_CHANGED.words())
            try:
                place = self.menu.restaurant(quote.restaurant_id)
                placing = place_or_name_the_next_time(self.store, quote, place, confirmed_by, self.now)
                self.order = await self._books.counted(placing)
            except (QuoteExpired, SlotFull):
                self.void_quote()
                raise
            except QuoteOutdated:
                await self._catch_up()
                raise
            self._placed = quote
            self.void_quote()
            self.cart = Cart(id=str(uuid4()))
            self.wishes = Wishes(allergy_note=self.wishes.allergy_note)
            self.last_line_id = None
            self.keypad_walk = None
            return self.order

    async def forget_words(self) -> None:
        """Nothing that was or will be said is written any more; what was being written is there when this returns."""
        await self._books.drop_words()

    def note(self, speaker: Speaker, text: str) -> None:
        """Adds to the call's transcript; written in the background, in order."""
        self._books.note(TranscriptLine(self.now, speaker, text))

    async def close(self) -> None:
        """Ends the call record, after what was being placed or written. Raises StoreUnavailable after several tries."""
        await self._books.all_written()
        async with self._lock:
            outcome = outcome_of(self.ended_because, has_order=self.order is not None)
            await self._books.close(outcome, self.ended_because, self.now)

    async def _edit(self, change: Callable[[Cart], Cart]) -> None:
        await self._books.to_its_end(self._apply(change))

    async def _apply(self, change: Callable[[Cart], Cart]) -> None:
        async with self._lock:
            changed, is_new = masked_cart(change(self.cart)), self.cart.is_empty
            try:
                self.cart = await self._books.counted(self.store.save_cart(changed, call_id=self.record.id))
                self.known.asking = None
            except CartOutdated:
                await self._catch_up()
                raise
            self.void_quote()
            if is_new and self.wishes != NO_WISHES:
                await self.store.save_wishes(self.wishes, cart_id=self.cart.id)

    async def _catch_up(self) -> None:
        """Somebody else has changed the menu or this cart: both are read again, so that the caller can go on."""
        self.void_quote()
        self.menu = menu_for(await self.store.load_menu(), self.record.dialled_number)
        self._browsing = Browsing(self.menu)
        cart = await self.store.find_cart(self.record.id)
        self.cart = await self.store.save_cart(cart, call_id=self.record.id) if cart else Cart(id=str(uuid4()))
