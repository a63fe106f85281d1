"""The rounds of the hosted bench: conversations at each number of calls, by telephone and from a page."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from bench.calling import (
    FIRST_WORD_S,
    LONGEST_ANSWER_S,
    QUIET_S,
    Place,
    Taken,
    Turn,
    new_number,
    ringing,
    take_turn,
)
from bench.hearing import Line, until_quiet
from bench.hosted_lines import turns_of, voice_of
from bench.machine import percent_of_core
from bench.page import Page
from bench.rounds import PAUSE_S, lost, shares, tell
from phone_agent.rehearsal.baresip import SoftphoneError
from phone_agent.rehearsal.recording import NoSoundError
from phone_agent.stack import LocalStack

STAGGER_S = 1.5
"""Ten phones that ring within three seconds find too few processes warm, and some are told that the line is busy."""
_pages = itertools.count(1)


@dataclass(frozen=True)
class Conversation:
    """The turns of one call."""

    turns: list[Turn] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass
class Talked:
    taken: Taken = field(default_factory=Taken)
    conversations: list[Conversation] = field(default_factory=list)


class Round:
    """Calls at once, again and again until the turns are done; the load is taken while all of them talk."""

    def __init__(self, place: Place, stack: LocalStack, *, calls: int, by_page: bool = False) -> None:
        self._place = place
        self._stack = stack
        self._calls = calls
        self._by_page = by_page
        self._talked = Talked()
        self._begun = 0

    async def talk(self, turns: int) -> Talked:
        for share in shares(turns, self._calls):
            tell(f"  {share} turns in each of {self._calls} call(s) at once")
            await self._at_once(share)
            await asyncio.sleep(PAUSE_S)
        return self._talked

    async def _at_once(self, turns: int) -> None:
        talking = asyncio.Semaphore(0)
        calls = [asyncio.create_task(self._call(n, turns, talking)) for n in range(self._calls)]
        watching = asyncio.create_task(self._watch(talking))
        await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        watching.cancel()
        await asyncio.gather(*calls, watching, return_exceptions=True)

    async def _watch(self, talking: asyncio.Semaphore) -> None:
        """From when all talk until the first is done, which cancels this."""
        for _ in range(self._calls):
            await talking.acquire()
        machine = self._place.machine
        jobs = machine.jobs()
        before = machine.load(jobs)
        try:
            await asyncio.Event().wait()
        finally:
            self._talked.taken.cpu_percent.append(percent_of_core(before, machine.load(jobs), self._calls))

    async def _call(self, n: int, turns: int, talking: asyncio.Semaphore) -> None:
        call, self._begun = self._begun, self._begun + 1
        conversation = Conversation()
        self._talked.conversations.append(conversation)
        await asyncio.sleep(n * STAGGER_S)
        try:
            async with self._line(number := new_number()) as line:
                talking.release()
                for words in turns_of(call, turns):
                    if line.closed.done():
                        break
                    conversation.turns.append(await take_turn(line, number, words, voice_of(call)))
                    conversation.lines.append(words)
                await line.hang_up()
        except (SoftphoneError, NoSoundError, TimeoutError) as error:
            lost(self._talked.taken, error)

    def _line(self, number: str) -> AbstractAsyncContextManager[Line]:
        return self._on_page() if self._by_page else ringing(self._place, number, self._talked.taken)

    @asynccontextmanager
    async def _on_page(self) -> AsyncIterator[Line]:
        async with await Page.open(self._stack, f"bench-page-{next(_pages)}") as page:
            await asyncio.sleep(FIRST_WORD_S / 5)
            await until_quiet(page, QUIET_S, LONGEST_ANSWER_S)
            yield page
