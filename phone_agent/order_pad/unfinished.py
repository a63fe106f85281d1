"""Writes that have begun are brought to their end, whoever stops waiting for them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Unfinished:
    def __init__(self) -> None:
        self._tasks: set[asyncio.Future[Any]] = set()

    async def to_its_end(self, work: Coroutine[Any, Any, T]) -> T:
        """A turn that is broken off does not break off its write."""
        return await asyncio.shield(self.begin(work))

    def begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Nobody has to wait for it."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    async def all(self) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _finished(self, task: asyncio.Future[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()
