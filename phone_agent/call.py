"""Call: who calls, the cart, the quote, and place_order(), the one door to the kitchen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from phone_agent.bookkeeping import Bookkeeping, outcome_of
from phone_agent.browsing import Browsing
from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.errors import (
    CartOutdated,
    NothingToConfirm,
    NotUnderstood,
    OrderingError,
    QuoteExpired,
    QuoteOutdated,
)
from phone_agent.ordering.keypad_walk import Walk
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant
from phone_agent.ordering.order import ConfirmedBy, Order, Quote, make_quote
from phone_agent.ordering.selection import ItemRequest, OpenQuestion, OptionRequest, changed_line
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.taking import sort_out
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord, Profile, Speaker, TranscriptLine


@dataclass(frozen=True)
class Taken:
    """What became of a sentence with dishes."""

    lines: tuple[LineItem, ...]
    problem: OrderingError | None
    question: OpenQuestion | None


def utc_now() -> datetime:
    return datetime.now(UTC)


class Call:
    """One conversation, phone or browser; the session's userdata."""

    shown: tuple[MenuItem, ...] = ()
    """The dishes that the agent named last, in that order."""
    open_questions: tuple[OpenQuestion, ...] = ()
    """What was asked back about dishes of one sentence; the first is the one the caller heard."""
    last_line_id: str | None = None
    """The line that was added or changed last: what "it" and "that" mean."""
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
        open_ones = tuple(r for r in self.menu.restaurants if r.is_active)
        near = tuple(r for r in open_ones if self.profile.city and r.city.casefold() == self.profile.city.casefold())
        return near or open_ones

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

    async def take(self, requests: Sequence[ItemRequest]) -> Taken:
        """Puts in what is clear and keeps the rest as open questions.

        Raises what went wrong where nothing was clear.
        """
        found = sort_out(
            requests,
            self.menu,
            new_id=lambda: str(uuid4()),
            nearby=self.nearby,
            cart_restaurant_id=self.cart.restaurant_id,
        )
        if found.lines:
            await self.add(found.lines)
        self.open_questions = (*found.questions, *self._still_open(requests))
        if not found.lines and not self.open_questions:
            raise found.problems[0]
        return Taken(found.lines, found.problems[0] if found.problems else None, self.open_question)

    def _still_open(self, requests: Sequence[ItemRequest]) -> tuple[OpenQuestion, ...]:
        """The later questions of the sentence whose first question was answered now."""
        names = {request.item_name.casefold() for request in requests}
        first = self.open_question
        if first is None or not names & {first.request.item_name.casefold(), *(c.casefold() for c in first.candidates)}:
            return ()
        return self.open_questions[1:]

    async def change_item(
        self,
        number: int,
        *,
        item_name: str | None = None,
        quantity: int | None = None,
        options: Sequence[OptionRequest] | None = None,
        note: str | None = None,
    ) -> LineItem:
        """Changes the line with that number, counted from 1; gives it back as it is now, or as it was if removed."""
        line = self._line_numbered(number)
        if quantity == 0:
            return await self.remove_item(number)
        changed = changed_line(line, self.menu, quantity=quantity, options=options, note=note, item=item_name)
        await self.change(line.id, changed)
        return self._line_like(changed)

    async def remove_item(self, number: int) -> LineItem:
        line = self._line_numbered(number)
        await self.remove(line.id)
        return line

    def browse(self, restaurant: str, section: str) -> str:
        """Slugs or "all"; where the caller named no restaurant, the one of the order."""
        ordered_from = self.menu.restaurant(self.cart.restaurant_id) if self.cart.restaurant_id else None
        page = self._browsing.page(restaurant, section, (ordered_from,) if ordered_from else self.nearby)
        self.shown = page.shown or self.shown
        return page.words

    async def add(self, lines: Sequence[LineItem]) -> None:
        """All of them or none. Raises OrderingError."""

        def added(cart: Cart) -> Cart:
            for line in lines:
                cart = cart.add(line)
            return cart

        await self._edit(added)
        self.last_line_id = self._line_like(lines[-1]).id

    async def change(self, line_id: str, changed: LineItem) -> None:
        await self._edit(lambda cart: cart.change(line_id, changed))
        self.last_line_id = self._line_like(changed).id if changed.quantity else None
        self.open_questions = ()

    async def remove(self, line_id: str) -> None:
        await self._edit(lambda cart: cart.remove(line_id))
        self.last_line_id = None
        self.open_questions = ()

    async def checkout(self) -> Quote:
        """Freezes the cart into a quote that is not open yet. Raises EmptyCart, QuoteOutdated."""
        async with self._lock:
            self.void_quote()
            restaurant_id = self.cart.restaurant_id
            restaurant = self.menu.restaurant(restaurant_id) if restaurant_id else self.menu.restaurants[0]
            quote = make_quote(self.cart, restaurant, quote_id=str(uuid4()), call_id=self.record.id, now=self.now)
            try:
                await self._books.counted(self.store.save_quote(quote))
            except QuoteOutdated:
                await self._catch_up()
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

        Raises NothingToConfirm, QuoteExpired, QuoteOutdated, StoreUnavailable. Cancelling the caller does not stop it.
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
                placing = self.store.place_order(quote, confirmed_by=confirmed_by, now=self.now)
                self.order = await self._books.counted(placing)
            except QuoteExpired:
                self.void_quote()
                raise
            except QuoteOutdated:
                await self._catch_up()
                raise
            self._placed = quote
            self.void_quote()
            self.cart = Cart(id=str(uuid4()))
            self.last_line_id = None
            self.keypad_walk = None
            return self.order

    def note(self, speaker: Speaker, text: str) -> None:
        """Adds to the call's transcript; written in the background, in order."""
        self._books.note(TranscriptLine(self.now, speaker, text))

    async def close(self) -> None:
        """Ends the call record, after what was being placed or written. Raises StoreUnavailable after several tries."""
        await self._books.all_written()
        async with self._lock:
            outcome = outcome_of(self.ended_because, has_order=self.order is not None)
            await self._books.close(outcome, self.ended_because, self.now)

    def _line_numbered(self, number: int) -> LineItem:
        if not 1 <= number <= len(self.cart.lines):
            raise NotUnderstood(Sentence.NOT_IN_CART.words())
        return self.cart.lines[number - 1]

    async def _edit(self, change: Callable[[Cart], Cart]) -> None:
        await self._books.to_its_end(self._apply(change))

    async def _apply(self, change: Callable[[Cart], Cart]) -> None:
        async with self._lock:
            changed = change(self.cart)
            try:
                self.cart = await self._books.counted(self.store.save_cart(changed, call_id=self.record.id))
            except CartOutdated:
                await self._catch_up()
                raise
            self.void_quote()

    async def _catch_up(self) -> None:
        """Somebody else has changed the menu or this cart: both are read again, so that the caller can go on."""
        self.void_quote()
        self.menu = await self.store.load_menu()
        self._browsing = Browsing(self.menu)
        cart = await self.store.find_cart(self.record.id)
        self.cart = await self.store.save_cart(cart, call_id=self.record.id) if cart else Cart(id=str(uuid4()))

    def _line_like(self, line: LineItem) -> LineItem:
        return next(other for other in self.cart.lines if other.is_same_dish(line))
