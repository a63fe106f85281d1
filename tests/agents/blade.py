"""Cuts a tool at the n-th moment at which it waits: for the store, for the line, for whatever it is."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Generator
from functools import wraps
from types import coroutine
from typing import Any

from livekit.agents import function_tool
from livekit.agents.llm import FunctionTool, Tool

Work = Coroutine[Any, Any, Any]


class Blade:
    """`strike` is called once, when a tool waits for the `at`-th time since it was drawn; 0: never."""

    def __init__(self, at: int = 0, strike: Callable[[], object] = lambda: None) -> None:
        self.waits = 0
        self.is_drawn = False
        self._at = at
        self._strike = strike

    def sharpened(self, tool: Tool) -> FunctionTool[..., Any]:
        """The same tool, cut where this says."""
        assert isinstance(tool, FunctionTool)
        whole = tool._func

        @wraps(whole)
        async def cut(*given: object, **named: object) -> object:
            work = whole(*given, **named)
            assert inspect.iscoroutine(work)
            return await self._through(work)

        return function_tool(cut)

    @coroutine
    def _through(self, work: Work) -> Generator[Any, Any, Any]:
        thrown: BaseException | None = None
        while True:
            try:
                waited_for = work.send(None) if thrown is None else work.throw(thrown)
            except StopIteration as done:
                return done.value
            thrown = None
            self.waits += self.is_drawn
            if self.is_drawn and self.waits == self._at:
                self._strike()
            try:
                yield waited_for
            except BaseException as error:  # noqa: BLE001 - thrown on into what waits
                thrown = error


def cancel() -> None:
    """What waits is cancelled where it waits."""
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
