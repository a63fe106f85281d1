"""Text on its way to a voice, cut so that the first sound need not wait for the whole first sentence."""

from __future__ import annotations

import asyncio
import re

from livekit.agents import tokenize

CLAUSE = re.compile(r"\s*(?:\S+\s+){2}(?:\S+\s+)*?\S*[,;:.!?](?=\s)")
"""At least three words: fewer sound chopped."""


class FirstClause(tokenize.SentenceTokenizer):
    """Sentences; only the first thing said goes out as soon as its first clause is there."""

    def __init__(self) -> None:
        self._sentences = tokenize.blingfire.SentenceTokenizer()

    def tokenize(self, text: str, *, language: str | None = None) -> list[str]:
        found = CLAUSE.match(text)
        if found is None:
            return self._sentences.tokenize(text, language=language)
        return [found[0].strip(), *self._sentences.tokenize(text[found.end() :], language=language)]

    def stream(self, *, language: str | None = None) -> FirstClauseStream:
        return FirstClauseStream(self._sentences.stream(language=language))


class FirstClauseStream(tokenize.SentenceStream):
    def __init__(self, sentences: tokenize.SentenceStream) -> None:
        super().__init__()
        self._sentences = sentences
        self._begun = ""
        self._is_under_way = False
        self._passing_on = asyncio.create_task(self._pass_on())

    def push_text(self, text: str) -> None:
        self._check_not_closed()
        if self._is_under_way:
            self._sentences.push_text(text)
            return
        self._begun += text
        found = CLAUSE.match(self._begun)
        if found is not None:
            self._event_ch.send_nowait(tokenize.TokenData(token=found[0].strip()))
            self._begun = self._begun[found.end() :]
            self._go_on()

    def flush(self) -> None:
        self._check_not_closed()
        self._go_on()
        self._sentences.flush()
        self._is_under_way = False

    def end_input(self) -> None:
        self._check_not_closed()
        self._go_on()
        self._sentences.end_input()

    async def aclose(self) -> None:
        await self._sentences.aclose()
        await self._passing_on

    def _go_on(self) -> None:
        if self._begun:
            self._sentences.push_text(self._begun)
        self._begun, self._is_under_way = "", True

    async def _pass_on(self) -> None:
        try:
            async for token in self._sentences:
                self._event_ch.send_nowait(token)
        finally:
            self._do_close()
