"""Tools about the call itself."""

from __future__ import annotations

from livekit.agents import function_tool

from phone_agent import line
from phone_agent.ordering.wording import Sentence
from phone_agent.tools.spoken import Context, spoken


@function_tool
async def repeat(context: Context) -> None:
    """Say the last thing again."""
    await line.repeat(context.session)


@function_tool
@spoken
async def call_a_person(context: Context) -> str:
    """The caller wants a person."""
    return line.how_to_call(context.userdata)


@function_tool
async def end_call(context: Context) -> None:
    """Say goodbye and hang up, when the caller is done."""
    await context.wait_for_playout()
    if context.userdata.placing.is_to_be_tried_again:
        await line.place(context.session, "voice")
    context.userdata.ended_because = "goodbye"
    await line.goodbye(context.session, Sentence.GOODBYE)
