"""Turns the domain's errors into LiveKit's ToolError, in one place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from livekit.agents import RunContext, ToolError

from phone_agent.call import Call
from phone_agent.ordering.errors import OrderingError

Context = RunContext[Call]
P = ParamSpec("P")
R = TypeVar("R")


def spoken(tool: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """An OrderingError's message is what the caller hears."""

    @wraps(tool)
    async def with_spoken_errors(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await tool(*args, **kwargs)
        except OrderingError as error:
            raise ToolError(str(error)) from error

    return with_spoken_errors
