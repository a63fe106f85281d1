"""Placing an order whose answer may be lost: it is asked for again, or withdrawn, before anything else is done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from phone_agent.order_pad.bookkeeping import Bookkeeping
from phone_agent.order_pad.quoting import place_or_name_the_next_time
from phone_agent.ordering.errors import AlreadyPlaced, OrderingError, QuoteExpired, QuoteOutdated, StoreUnavailable
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.order import ConfirmedBy, Order, Quote
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.wording import words_for_order
from phone_agent.store.protocol import Store

logger = logging.getLogger(__name__)


class Placing:
    """`on_placed`: what the call does with an order that was placed, whenever that is heard."""

    def __init__(self, store: Store, books: Bookkeeping, on_placed: Callable[[Quote, Order], None]) -> None:
        self._store = store
        self._books = books
        self._on_placed = on_placed
        self._restaurant: Restaurant | None = None
        self._confirmed_by: ConfirmedBy = "keypad"
        self.unheard: Quote | None = None
        """It was sent, and whether it was placed could not be heard back."""
        self.is_wanted = False
        """The caller has not said no to it since."""
        self.is_under_way = False

    @property
    def is_to_be_tried_again(self) -> bool:
        return self.unheard is not None and self.is_wanted

    async def place(self, quote: Quote, restaurant: Restaurant, confirmed_by: ConfirmedBy, now: datetime) -> Order:
        """Raises what Store.place_order raises; after StoreUnavailable nobody knows what became of it."""
        if quote is not self.unheard:
            self._restaurant, self._confirmed_by = restaurant, confirmed_by
        self.is_wanted = self.is_under_way = True
        try:
            placing = place_or_name_the_next_time(self._store, quote, restaurant, self._confirmed_by, now)
            order = await self._books.counted(placing)
        except StoreUnavailable as error:
            self.unheard = quote
            raise StoreUnavailable(Sentence.PLACING_UNKNOWN.words()) from error
        except OrderingError:
            # The earlier request may still be on its way, and be taken where this one was refused.
            made = await self._withdrawn()
            if made is None:
                raise
            order = made
        finally:
            self.is_under_way = False
        self.unheard = None
        self._on_placed(quote, order)
        return order

    async def try_again(self, now: datetime) -> None:
        """What was sent and not heard of. Raises AlreadyPlaced where it is ordered now, SlotFull, StoreUnavailable."""
        if self.unheard is None or self._restaurant is None:
            return
        try:
            order = await self.place(self.unheard, self._restaurant, self._confirmed_by, now)
        except (QuoteExpired, QuoteOutdated):
            return
        raise AlreadyPlaced(words_for_order(order, now))

    async def settle(self) -> None:
        """What was sent is ordered, or never will be. Raises AlreadyPlaced, StoreUnavailable where nobody knows."""
        quote = self.unheard
        order = await self._withdrawn()
        if order is not None and quote is not None:
            self._on_placed(quote, order)
            raise already_placed(order)

    async def end(self, now: datetime) -> bool:
        """At the end of a call, which nobody can be told of any more; whether there was something to find out."""
        if self.unheard is None:
            return False
        try:
            await (self.try_again(now) if self.is_wanted else self.settle())
        except AlreadyPlaced:
            pass
        except OrderingError as error:
            logger.error("nobody knows whether an order was placed", extra={"error": type(error).__name__})
        return True

    async def _withdrawn(self) -> Order | None:
        """The order that came of it after all; None: none has, and none will."""
        if self.unheard is None:
            return None
        try:
            order = await self._books.counted(self._store.withdraw_quote(self.unheard))
        except StoreUnavailable as error:
            raise StoreUnavailable(Sentence.PLACING_UNKNOWN.words()) from error
        self.unheard = None
        return order


def already_placed(order: Order) -> AlreadyPlaced:
    return AlreadyPlaced(Sentence.PLACED_AFTER_ALL.words(order_number=f"{order.number:03d}"))
