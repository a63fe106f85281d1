"""The cart of a call in the store: what an answer was lost about is not done twice, what has changed is named."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from phone_agent.order_pad.browsing import menu_for
from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.cart_changes import (
    is_as_before,
    is_same,
    put_in_vain,
    refusal_of,
    repriced_lines,
    sold_out_lines,
    words_for_prices,
    words_for_sold_out,
)
from phone_agent.ordering.errors import OrderingError, SoldOut, StoreUnavailable
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.wishes import Wishes
from phone_agent.ordering.wording import words_for_lines
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord, FrozenCart

Written = TypeVar("Written")


@dataclass(frozen=True)
class Kept:
    """The cart as it stands, and what the caller does not know yet."""

    cart: Cart
    menu: Menu | None = None
    """None: nothing of the cart has changed on it."""
    prices: tuple[str, ...] = ()
    """Dishes that cost another price now, as sentences."""
    gone: tuple[LineItem, ...] = ()
    """Of the cart, sold out."""
    refused: SoldOut | None = None
    """What was to be put in is sold out, and is not in the cart."""
    words: str = ""
    """What else has changed, and a question about it."""


class CartKeeper:
    def __init__(self, store: Store, record: CallRecord) -> None:
        self._store = store
        self._call_id = record.id
        self._dialled_number = record.dialled_number
        self.only: str | None = None
        """The slug of the restaurant whose page the caller is on."""
        self._sent: list[Cart] = []
        """Since the last answer."""
        self.news: list[str] = []
        """What has changed on the menu and was not said yet."""

    async def put(self, before: Cart, changed: Cart, wishes: Wishes, now: datetime) -> Kept:
        """The saved cart is of the menu as it is now: what is sold out there is not put in. Raises CartOutdated."""
        saved = await self._save(changed, wishes)
        if is_as_before(changed, saved):
            return Kept(saved)
        # Where this is broken off, the caller knows of nothing that was put in.
        self._sent.append(changed)
        menu, in_vain = await self._menu(), put_in_vain(before, saved)
        if not in_vain:
            self._sent.clear()
            return Kept(saved, menu, tuple(words_for_prices(repriced_lines(changed, saved))))
        cart = await self._save(replace(before, version=saved.version), wishes)
        prices = tuple(words_for_prices(repriced_lines(before, cart)))
        return Kept(cart, menu, prices, refused=refusal_of(in_vain[0], menu, now))

    async def read_again(self, before: Cart, now: datetime) -> Kept:
        """After somebody else has changed the menu or this cart."""
        self._sent.clear()
        menu, found = await self._menu(), await self._store.find_cart(self._call_id)
        cart = await self._save(found) if found else Cart(str(uuid4()))
        gone, words = sold_out_lines(cart), ""
        if gone:
            words = words_for_sold_out(gone, menu, now)
        elif not cart.is_empty and not is_same(before, cart):
            words = Sentence.CART_IS_NOW.words(lines=words_for_lines(cart.lines))
        return Kept(cart, menu, tuple(words_for_prices(repriced_lines(before, cart))), gone, words=words)

    async def as_stored(self, cart: Cart) -> Cart:
        """With what was put in although the answer was lost: the caller asked for it, and hears the order now."""
        held = await self._held()
        self._sent.clear()
        return held or cart

    def take_news(self) -> list[str]:
        told, self.news = self.news, []
        return told

    async def freeze(self, cart: Cart, wishes: Wishes, now: datetime) -> FrozenCart:
        """Raises CartOutdated."""
        return await self._write(
            cart, lambda sent: self._store.freeze_cart(sent, call_id=self._call_id, wishes=wishes, now=now)
        )

    async def _save(self, cart: Cart, wishes: Wishes | None = None) -> Cart:
        return await self._write(cart, lambda sent: self._store.save_cart(sent, call_id=self._call_id, wishes=wishes))

    async def _write(self, cart: Cart, write: Callable[[Cart], Awaitable[Written]]) -> Written:
        """What an answer was lost about, the caller was told to say again: this takes its place."""
        held = await self._held()
        if held is not None:
            cart = replace(cart, version=held.version)
        self._sent.append(cart)
        try:
            saved = await write(cart)
        except OrderingError as error:
            if not isinstance(error, StoreUnavailable):
                self._sent.clear()
            raise
        self._sent.clear()
        return saved

    async def _held(self) -> Cart | None:
        """The stored cart, where it is one that was sent and not answered."""
        held = await self._store.find_cart(self._call_id) if self._sent else None
        return held if held is not None and any(is_same(held, sent) for sent in self._sent) else None

    async def _menu(self) -> Menu:
        return menu_for(await self._store.load_menu(), self._dialled_number, self.only)
