"""Call: who calls, the cart, the quote, and place_order(), the one door to the kitchen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from uuid import uuid4

from phone_agent.order_pad.bookkeeping import outcome_of
from phone_agent.order_pad.browsing import Browsing
from phone_agent.order_pad.cart_keeper import CartKeeper, Kept
from phone_agent.order_pad.kept_call import KeptCall
from phone_agent.order_pad.known import Asked
from phone_agent.order_pad.masking import line_like, masked_cart, masked_wishes
from phone_agent.order_pad.placing import Placing, already_placed
from phone_agent.order_pad.quoting import fresh_quote, refuse_unless_as_known
from phone_agent.order_pad.taken import Taken, utc_now
from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.errors import (
    CartOutdated,
    EmptyCart,
    NothingToConfirm,
    OrderingError,
    QuoteExpired,
    QuoteOutdated,
    SlotFull,
    SoldOut,
)
from phone_agent.ordering.language import Tongue
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.ordering.selection import ItemRequest
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.taking import sort_out, still_open
from phone_agent.ordering.wishes import Wishes
from phone_agent.report.model import kept
from phone_agent.store.protocol import Store
from phone_agent.store.records import (
    CallRecord,
    FrozenCart,
    LostCart,
    Profile,
)


class Call(KeptCall):
    """One conversation, phone or browser; the session's userdata."""

    def __init__(
        self,
        record: CallRecord,
        profile: Profile,
        store: Store,
        menu: Menu,
        *,
        keypad_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
        tongue: Tongue | None = None,
    ) -> None:
        super().__init__(record, profile, store, menu, keypad_only=keypad_only, clock=clock, tongue=tongue)
        self._lock = asyncio.Lock()
        """One change of cart, quote or order at a time."""
        self._placed: Quote | None = None
        self.placing = Placing(store, self._books, self._ordered)
        self.keeper = CartKeeper(store, record)
        self._are_wishes_told = False
        """Something of them is not written yet."""

    async def take(self, requests: Sequence[ItemRequest], *, afresh: bool = False) -> Taken:
        """Puts in what is clear and keeps the rest as open questions; `afresh`: in the place of all that was there.

        Raises what went wrong where nothing was clear.
        """
        try:
            return await self._take_in(requests, afresh=afresh)
        except SoldOut:
            # Perhaps on a newer menu only, which is known now: what is to be had is put in all the same.
            return await self._take_in(requests, afresh=afresh)

    async def _take_in(self, requests: Sequence[ItemRequest], *, afresh: bool) -> Taken:
        home, near = None if afresh else self.cart.restaurant_id, self.nearby
        found = sort_out(
            requests, self.menu, new_id=lambda: str(uuid4()), nearby=near, cart_restaurant_id=home, at=self.wanted_at
        )
        if found.lines or (afresh and not self.cart.is_empty):
            await self.add(found.lines, afresh=afresh)
        self.open_questions = (*found.questions, *still_open(() if afresh else self.open_questions, requests))
        if not found.lines and not self.open_questions:
            self.elsewhere = tuple(requests)
            raise found.problems[0]
        return Taken(found.lines, found.problems[0] if found.problems else None, self.open_question)

    async def add(self, lines: Sequence[LineItem], *, afresh: bool = False) -> None:
        """All of them or none. Raises OrderingError."""
        await self._edit(lambda cart: reduce(Cart.add, lines, replace(cart, lines=()) if afresh else cart))
        self.last_line_id = line_like(self.cart, lines[-1]).id if lines else None

    async def change(self, line_id: str, changed: LineItem) -> None:
        await self._edit(lambda cart: cart.change(line_id, changed))
        self.last_line_id = line_like(self.cart, changed).id if changed.quantity else None
        self.open_questions = ()

    async def remove(self, *line_ids: str) -> None:
        await self._edit(lambda cart: reduce(Cart.remove, line_ids, cart))
        self.last_line_id = None
        self.open_questions = ()

    async def take_up(self, lost: LostCart) -> FrozenCart:
        """The cart of a call that broke off, with these wishes. Raises CartOutdated where it is taken already."""
        return await self._books.to_its_end(self._take_up(lost))

    async def _take_up(self, lost: LostCart) -> FrozenCart:
        async with self._lock:
            await self.placing.settle()
            if not self.cart.is_empty:
                raise CartOutdated(CallerSentence.LOST_CART_GONE.words())
            adopting = self.store.adopt_cart(lost.cart.id, self.record.id, wishes=lost.wishes, now=self.now)
            frozen = await self._books.counted(adopting)
            self.cart, self.wishes = frozen.cart, lost.wishes
            self.void_quote()
            return frozen

    async def wish(self, change: Callable[[Wishes], Wishes]) -> None:
        """Changes what is asked for beside dishes; an open quote no longer fits then."""
        await self._books.to_its_end(self._wish(change))

    async def _wish(self, change: Callable[[Wishes], Wishes]) -> None:
        async with self._lock:
            await self.placing.settle()
            self.tell(change)
            await self._write_told()

    def tell(self, change: Callable[[Wishes], Wishes]) -> None:
        """As `wish`, of what is said together with dishes: written with these, or by `write_told`."""
        self.wishes = masked_wishes(change(self.wishes))
        self.void_quote()
        self._are_wishes_told = True

    async def write_told(self) -> None:
        """Where the dishes were not put in."""
        async with self._lock:
            await self._write_told()

    async def _write_told(self) -> None:
        if self._are_wishes_told and not self.cart.is_empty:
            await self._books.counted(self.store.save_wishes(self.wishes, cart_id=self.cart.id))
        self._are_wishes_told = False

    async def checkout(self, *, without: Sequence[str] = (), adopted: FrozenCart | None = None) -> Quote:
        """Freezes the cart into a quote that is not open yet. Raises what make_quote raises, QuoteOutdated.

        AlreadyPlaced where what was confirmed before, and not answered, is ordered. `without`: lines that are taken
        out before. `adopted`: as the store has just given it.
        """
        return await self._books.to_its_end(self._checkout(without, adopted))

    async def _checkout(self, without: Sequence[str], adopted: FrozenCart | None) -> Quote:
        async with self._lock:
            await self.placing.try_again(self.now)
            self.void_quote()
            try:
                self.cart = await self._books.counted(self.keeper.as_stored(self.cart))
                self.quote = await self._drawn(without, adopted)
            except (QuoteOutdated, CartOutdated) as error:
                self.keeper.news += await self._catch_up(error)
                if self.cart.is_empty:
                    raise
                self.quote = await self._drawn(without)
            return self.quote

    async def _drawn(self, without: Sequence[str], adopted: FrozenCart | None = None) -> Quote:
        known = reduce(Cart.remove, without, self.cart)
        if known.is_empty:
            raise EmptyCart(Sentence.CART_EMPTY.words())
        if adopted is None or adopted.cart is not known:
            adopted = await self._books.counted(self.keeper.freeze(known, self.wishes, self.now))
        place = self.menu.restaurant(known.lines[0].item.restaurant_id)
        refuse_unless_as_known(adopted, known, place)
        self.cart, self._are_wishes_told = adopted.cart, False
        quote = fresh_quote(adopted, self.wishes, place, self.record.id, self.now)
        if quote.wishes != self.wishes:
            self.tell(lambda _: quote.wishes)
            self.keeper.news.append(TermSentence.COUPON_DROPPED.words())
        return quote

    async def back_to_editing(self, refused: Quote | None = None) -> None:
        """After a no to the read-back. Raises AlreadyPlaced, StoreUnavailable, QuoteOutdated (`refused` is no more)."""
        await self._books.to_its_end(self._back_to_editing(refused or self.quote))

    async def _back_to_editing(self, refused: Quote | None) -> None:
        async with self._lock:
            self.placing.is_wanted = False
            if self.order is not None and refused is not None and self._placed is refused:
                raise already_placed(self.order)
            if refused is not None and refused is not self.quote and refused is not self.placing.unheard:
                raise QuoteOutdated(Sentence.CART_CHANGED.words())
            await self.placing.settle()
            self.void_quote()

    async def place_order(self, confirmed_by: ConfirmedBy, meant: Quote | None = None) -> Order:
        """Places the open quote, also where its caller is cancelled; who is second gets the order that the first made.

        Raises NothingToConfirm, QuoteExpired, QuoteOutdated (also: another was `meant`), SlotFull, StoreUnavailable.
        """
        quote = self.placing.unheard or (self.quote if self.quote_is_open else None)
        if quote is not None:
            if meant is not None and quote is not meant:
                raise QuoteOutdated(Sentence.CART_CHANGED.words())
            return await self._books.to_its_end(self._place(quote, confirmed_by))
        if self.order is not None and self.is_order_placed and self.order.status != "cancelled":
            return self.order
        raise NothingToConfirm(Sentence.NOTHING_TO_CONFIRM.words())

    async def _place(self, quote: Quote, confirmed_by: ConfirmedBy) -> Order:
        async with self._lock:
            if self._placed is quote and self.order is not None:
                return self.order
            if quote is not self.quote and quote is not self.placing.unheard:
                raise QuoteOutdated(Sentence.CART_CHANGED.words())
            try:
                place = self.menu.restaurant(quote.restaurant_id)
                return await self.placing.place(quote, place, confirmed_by, self.now)
            except (QuoteExpired, SlotFull):
                self.void_quote()
                raise
            except QuoteOutdated as error:
                prices = await self._catch_up(error)
                words = [*prices, Sentence.CHECK_OUT_AGAIN.words()] if prices else [str(error)]
                raise QuoteOutdated(" ".join(words)) from error

    def _ordered(self, quote: Quote, order: Order) -> None:
        self.order, self._placed = order, quote
        self.journal.placed(order)
        self.void_quote()
        self.cart = Cart(id=str(uuid4()))
        self.wishes = Wishes(allergy_note=self.wishes.allergy_note)
        self.last_line_id = None
        self.keypad_walk = None

    async def close(self) -> None:
        """Ends the call record, after what was being placed or written. Raises StoreUnavailable after several tries.

        The report comes last and is given up where it cannot be written.
        """
        await self._books.all_written()
        async with self._lock:
            if await self.placing.end(self.now):
                # So that the next call from that number tells of it.
                self.ended_because = "store_unavailable"
            outcome = outcome_of(self.ended_because, has_order=self.order is not None)
            ended = self.now
            await self._books.close(outcome, self.ended_because, ended)
            await self._books.keep_report(kept(self.journal.report(ended, keeps_words=self._books.keeps_words)))

    async def _edit(self, change: Callable[[Cart], Cart]) -> None:
        await self._books.to_its_end(self._apply(change))

    async def _apply(self, change: Callable[[Cart], Cart]) -> None:
        async with self._lock:
            await self.placing.settle()
            changed = masked_cart(change(self.cart))
            try:
                putting = self.keeper.put(self.cart, changed, self.wishes, self.wanted_at)
                kept = await self._books.counted(putting)
            except CartOutdated as error:
                self.keeper.news += await self._catch_up(error)
                raise
            self._take(kept)
            self._are_wishes_told = False
            self.keeper.news += kept.prices
            if kept.refused is not None:
                raise kept.refused
            self.known.asking = None

    def _take(self, kept: Kept) -> None:
        self.void_quote()
        self.cart = kept.cart
        if kept.menu is not None:
            self.menu = kept.menu
            self._browsing = Browsing(self.menu)

    async def _catch_up(self, error: OrderingError) -> Sequence[str]:
        """Somebody else has changed the menu or this cart: both are read again, so that the caller can go on.

        Gives what prices are others now, in sentences. Raises the error in other words where more has changed.
        """
        kept = await self.keeper.read_again(self.cart, self.wanted_at)
        self._take(kept)
        if kept.gone:
            self.known.ask(Asked.LEAVE_OUT)
            self.last_line_id = kept.gone[0].id
        if kept.words:
            self.keeper.news += kept.prices
            raise type(error)(kept.words) from error
        return kept.prices
