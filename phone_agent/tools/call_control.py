"""Tools about the call itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from livekit.agents import ToolError, function_tool
from livekit.agents.llm import Tool
from pydantic import Field

from phone_agent import line
from phone_agent.counter import second_screen
from phone_agent.ordering.language import Language
from phone_agent.ordering.wording import Sentence
from phone_agent.services.call_backs import take_message
from phone_agent.services.language_choice import go_over_to
from phone_agent.tools.spoken import Context, spoken


@function_tool
async def repeat(context: Context) -> None:
    """Say the last thing again."""
    await line.repeat(context.session)


def speak_language_for(languages: Sequence[Language]) -> Tool:
    """The tool with the languages in its schema that the call can be held in."""
    by_code = {language.code: language for language in languages}

    async def speak_language(context: Context, language: str) -> None:
        """Go over to another language, which the caller speaks or asks for. It says so itself: add nothing after it.

        Args:
            language: ISO 639-1
        """
        if language not in by_code:
            raise ToolError(f"Only these: {', '.join(by_code)}")
        await context.wait_for_playout()
        await go_over_to(context.session, by_code[language])

    speak_language.__annotations__ = {
        **speak_language.__annotations__,
        "language": Annotated[str, Field(json_schema_extra={"enum": list(by_code)})],
    }
    return function_tool(speak_language)


@function_tool
@spoken
async def open_second_screen(context: Context) -> str:
    """The caller wants to see the order on a screen: says where, and the code to enter there."""
    return await second_screen.open_second_screen(context.userdata)


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
