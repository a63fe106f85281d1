"""What of a call is written down beside its order: that it runs, what is said, what the restaurant is told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cached_property

from phone_agent.order_pad.bookkeeping import Bookkeeping
from phone_agent.order_pad.call_state import CallState
from phone_agent.ordering.language import Language
from phone_agent.ordering.order import Order
from phone_agent.redaction import masked
from phone_agent.store.records import Feedback, Message, Sentiment, Speaker, TranscriptLine


class KeptCall(CallState):
    _lock: asyncio.Lock

    @cached_property
    def _books(self) -> Bookkeeping:
        return Bookkeeping(self.store, self.record.id)

    def stay_alive(self) -> None:
        """From here until it is closed, the call's record shows that its job runs."""
        self._books.stay_alive(lambda: self.now)

    def speak(self, language: Language) -> None:
        super().speak(language)
        self._books.note_language(language.code)

    @property
    def is_store_lost(self) -> bool:
        return self._books.is_store_lost

    async def tell_restaurant(self, sentiment: Sentiment, notes: str, order: Order | None) -> None:
        """What the caller says of an order, or of none."""
        told = Feedback(self.profile.id, sentiment, masked(notes), self.now, order.id if order else None)
        await self._books.to_its_end(self._books.counted(self.store.save_feedback(told)))

    async def leave_message(self, message: Message) -> None:
        """For the restaurant; what was asked is answered once it is kept. Raises StoreUnavailable."""
        await self._books.to_its_end(self._leave(message))

    async def _leave(self, message: Message) -> None:
        answered = self.known.asking
        await self._books.counted(self.store.save_message(message))
        if self.known.asking is answered:
            self.known.asking = None

    async def want_ready_call(self, language: str, earlier: Order | None = None) -> None:
        """Changes nothing that is read back: an open quote stays open. `earlier`: placed in another call."""
        await self._books.to_its_end(self._want_ready_call(language, earlier))

    async def _want_ready_call(self, language: str, earlier: Order | None) -> None:
        async with self._lock:
            order = earlier or (self.order if self.is_order_placed else None)
            if order is not None:
                await self._books.counted(self.store.want_ready_call(order.id, language))
                return
            self.wishes = replace(self.wishes, ready_call=language)
            if not self.cart.is_empty:
                await self._books.counted(self.store.save_wishes(self.wishes, cart_id=self.cart.id))

    async def forget_words(self) -> None:
        """Nothing that was or will be said is written any more; what was being written is there when this returns."""
        await self._books.drop_words()

    def note(self, speaker: Speaker, text: str) -> None:
        """Adds to the call's transcript; written in the background, in order."""
        self.known.turn += speaker == "caller"
        line = TranscriptLine(self.now, speaker, text)
        self.journal.newest_line = line.id
        self._books.note(line)
