"""Every page of a call shows how it stands: what has changed is sent to each, and nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from phone_agent.call import Call
from phone_agent.callers.page_visit import SECOND_SCREEN
from phone_agent.cards import of_menu, of_order
from phone_agent.cards.room import PageLost, Pages
from phone_agent.cards.schema import Card, OrderUpdateCard, StateCard
from phone_agent.order_pad.browsing import Found
from phone_agent.ordering.order import Quote

logger = logging.getLogger(__name__)

SENDING_SECONDS = 3.0
"""A page that takes longer is left behind, and sent everything when it comes back."""

A_MOMENT = 0.05


@dataclass
class Seen:
    """What a page has been sent."""

    cards: dict[str, str] = field(default_factory=dict)
    """The newest of each type."""
    found: Found | None = None
    updates: int = 0


def _is_of_something_gone(card: StateCard) -> bool:
    """A page that never saw it is not told either."""
    return (card.type == "quote" and card.state == "closed") or (card.type == "form" and not card.fields)


class Screens:
    """The page of a caller, and second screens."""

    def __init__(self, call: Call, pages: Pages) -> None:
        self._call = call
        self._pages = pages
        self._seen: dict[str, Seen] = {}
        self._last_quote: Quote | None = None
        self._updates: list[OrderUpdateCard] = []
        self._has_news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def watch(self) -> None:
        self._call.watchers += (self.look,)
        self._pages.watch(self.start_again, self.start_again)
        self._task = asyncio.create_task(self._keep_up())
        self.look()

    def look(self) -> None:
        """Something may have changed."""
        self._has_news.set()

    def tell(self, update: OrderUpdateCard) -> None:
        self._updates.append(update)
        self.look()

    def start_again(self, identity: str) -> None:
        """That page knows nothing: it has just come, or was loaded again."""
        self._seen.pop(identity, None)
        self.look()

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _keep_up(self) -> None:
        while True:
            await self._news()
            self._has_news.clear()
            there = set(self._pages.identities())
            self._seen = {identity: seen for identity, seen in self._seen.items() if identity in there}
            self._call.has_second_screen = any(identity.startswith(SECOND_SCREEN) for identity in there)
            await asyncio.gather(*(self._bring_up_to_date(identity) for identity in there))

    async def _news(self) -> None:
        """That the time of what was read back has run out is news too, and nothing else tells of it."""
        call = self._call
        left = (call.quote.valid_until - call.now).total_seconds() if call.quote and call.has_open_quote else None
        try:
            async with asyncio.timeout(None if left is None else left + A_MOMENT):
                await self._has_news.wait()
        except TimeoutError:
            return

    async def _bring_up_to_date(self, identity: str) -> None:
        seen = self._seen.setdefault(identity, Seen(updates=len(self._updates)))
        try:
            async with asyncio.timeout(SENDING_SECONDS):
                for card in self._news_for(identity, seen):
                    await self._pages.send(card.model_dump_json(), identity)
        except (PageLost, TimeoutError):
            logger.info("a page could not be reached; the call goes on without it")
            self._seen.pop(identity, None)

    def _news_for(self, identity: str, seen: Seen) -> Iterator[Card]:
        """What is given is taken as sent."""
        for card in self._standing(identity):
            before, now = seen.cards.get(card.type), card.model_dump_json()
            if now != before and not (before is None and _is_of_something_gone(card)):
                seen.cards[card.type] = now
                yield card
        found = self._call.found
        if found is not None and found is not seen.found:
            seen.found = found
            yield from of_menu.cards_of(found, self._call.menu, self._call.now)
        while seen.updates < len(self._updates):
            seen.updates += 1
            yield self._updates[seen.updates - 1]

    def _standing(self, identity: str) -> list[StateCard]:
        call = self._call
        cards = of_order.state_cards(call, is_second_screen=identity.startswith(SECOND_SCREEN))
        if call.quote is not None:
            self._last_quote = call.quote
        elif self._last_quote is not None:
            cards.insert(2, of_order.quote_card(self._last_quote, "closed", call.now))
        return cards
