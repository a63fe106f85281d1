"""How an answer ends for a caller who is upset: without courtesies, and once with the offer of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from phone_agent.agents.chunks import Chunk, text_of
from phone_agent.call import Call
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.sentences_support import SupportSentence

_LAST = re.compile(r"(?:(?<=[.!?])|^)\s*[^.!?]*[.!?]?\s*$")


class Patience:
    """Passes an answer on, but for its last sentence, which is passed on or left out at the end."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._is_upset = call.known.is_upset
        self._held = ""
        self._has_said = False

    def said(self, chunk: Chunk) -> Iterator[Chunk]:
        text = text_of(chunk)
        if not self._is_upset or not text:
            yield chunk
            return
        self._held += text
        last = _LAST.search(self._held)
        ready, self._held = (self._held[: last.start()], self._held[last.start() :]) if last else (self._held, "")
        self._has_said = self._has_said or bool(ready.strip())
        if isinstance(chunk, str) or chunk.delta is None:
            yield ready
        else:
            yield chunk.model_copy(update={"delta": chunk.delta.model_copy(update={"content": ready})})

    def rest(self, *, is_last: bool) -> Iterator[str]:
        """`is_last`: nothing more is done in this turn."""
        offers = is_last and self._offers_a_person()
        is_courtesy = (
            is_last and (self._has_said or offers) and self._held.strip() in self._call.tongue.language.courtesies
        )
        if self._held.strip() and not is_courtesy:
            yield self._held
        if offers:
            yield f" {SupportSentence.PERSON_OFFER.words()}"

    def _offers_a_person(self) -> bool:
        """Once, and not in the place of a question that is open."""
        call = self._call
        is_free = call.known.asking is None and call.open_question is None and not call.has_open_quote
        return self._is_upset and is_free and Asked.PERSON not in call.known.asked
