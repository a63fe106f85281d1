"""Asks the caller's pages to confirm what is read back, as long as it can be confirmed; their answer is a key press."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from pydantic import ValidationError

from phone_agent.call import Call
from phone_agent.cards.of_order import approval_request
from phone_agent.cards.room import PageLost, Pages
from phone_agent.cards.schema import APPROVAL, ApprovalAnswer
from phone_agent.ordering.order import Quote

logger = logging.getLogger(__name__)

OnAnswer = Callable[[Quote, bool], asyncio.Task[None]]
"""What Confirm (True) and Change of that quote do."""


class Approval:
    """A page that is lost, silent or late changes nothing, and none does while staff are on the line."""

    def __init__(self, call: Call, pages: Pages, on_answer: OnAnswer) -> None:
        self._call = call
        self._pages = pages
        self._on_answer = on_answer
        self._asked: dict[str, asyncio.Task[None]] = {}
        """Each page about the quote that is open."""
        self._quote: Quote | None = None

    def watch(self) -> None:
        self._call.watchers += (self.look,)
        self._pages.watch(self.start_again, self.start_again)

    def look(self) -> None:
        """Something may have changed."""
        quote = self._call.quote if self._call.has_open_quote else None
        if quote is not self._quote:
            self.stop()
            self._quote = quote
        if quote is not None:
            for identity in self._pages.identities():
                if identity not in self._asked:
                    self._asked[identity] = asyncio.create_task(self._ask(identity, quote))

    def start_again(self, identity: str) -> None:
        """That page has just come, or was loaded again: what it was asked before it does not know."""
        asked = self._asked.pop(identity, None)
        if asked is not None:
            asked.cancel()
        self.look()

    def stop(self) -> None:
        for asked in self._asked.values():
            asked.cancel()
        self._asked.clear()

    async def _ask(self, identity: str, quote: Quote) -> None:
        """Once more where the answer came to nothing: the store was not to be reached, or staff were on the line."""
        request = approval_request(quote).model_dump_json()
        while self._is_open(quote):
            seconds = (quote.valid_until - self._call.now).total_seconds()
            try:
                answer = ApprovalAnswer.model_validate_json(await self._pages.ask(identity, APPROVAL, request, seconds))
            except (PageLost, ValidationError) as error:
                logger.info("a page did not confirm; voice and keypad do", extra={"error": type(error).__name__})
                return
            if self._is_open(quote) and not self._call.is_with_staff:
                # When the quote closes this task is cancelled, and what was begun goes on; its errors are its owner's.
                await asyncio.wait([self._on_answer(quote, answer.approved)])

    def _is_open(self, quote: Quote) -> bool:
        return self._call.quote is quote and self._call.has_open_quote
