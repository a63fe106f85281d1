"""Tools about the call itself."""

from __future__ import annotations

from livekit.agents import function_tool

from phone_agent import line
from phone_agent.call_backs import take_message
from phone_agent.ordering.wording import Sentence
from phone_agent.tools.spoken import Context, spoken


@function_tool
async def repeat(context: Context) -> None:
    """Say the last thing again."""
    await line.repeat(context.session)


@function_tool
@spoken
async def call_a_person(context: Context) -> str | None:
    """The caller wants a person. Staff are rung where that can be done; say nothing more then."""
    if context.userdata.desk is None:
        return line.how_to_call(context.userdata)
    await context.wait_for_playout()
    await line.ask_for_person(context.session, "voice")
    return None


@function_tool
@spoken
async def leave_message(context: Context, message: str) -> str:
    """Take down what the caller wants the restaurant to know, when nobody could come to the phone.

    Args:
        message: in the caller's words; empty where they only want to be called back
    """
    return await take_message(context.userdata, message)


@function_tool
async def end_call(context: Context) -> None:
    """Say goodbye and hang up, when the caller is done."""
    await context.wait_for_playout()
    if context.userdata.placing.is_to_be_tried_again:
        await line.place(context.session, "voice")
    context.userdata.ended_because = "goodbye"
    await line.goodbye(context.session, Sentence.GOODBYE)
