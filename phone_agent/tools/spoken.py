"""Turns the domain's errors into LiveKit's ToolError, in one place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from livekit.agents import RunContext, ToolError

from phone_agent import line
from phone_agent.call import Call
from phone_agent.ordering.errors import AlreadyPlaced, OrderingError, StoreUnavailable

Context = RunContext[Call]
P = ParamSpec("P")
R = TypeVar("R")


def spoken(
    tool: Callable[Concatenate[Context, P], Awaitable[R]],
) -> Callable[Concatenate[Context, P], Awaitable[R | None]]:
    """An OrderingError's message is what the caller hears."""

    @wraps(tool)
    async def with_spoken_errors(context: Context, /, *args: P.args, **kwargs: P.kwargs) -> R | None:
        try:
            return await tool(context, *args, **kwargs)
        except OrderingError as error:
            is_last = isinstance(error, StoreUnavailable) and context.userdata.is_store_lost
            if not is_last and not isinstance(error, AlreadyPlaced):
                raise ToolError(str(error)) from error
            await context.wait_for_playout()
            await line.refuse(context.session, error)
            return None

    return with_spoken_errors
