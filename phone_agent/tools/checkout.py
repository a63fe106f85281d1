"""Tools that freeze the order, and confirm it or go back to editing."""

from __future__ import annotations

from livekit.agents import ToolError, function_tool
from livekit.agents.llm import ChatMessage

from phone_agent import line
from phone_agent.ordering.wording import Sentence
from phone_agent.tools.spoken import Context, spoken


@function_tool
@spoken
async def quick_checkout(context: Context) -> None:
    """Freeze the order and read it back. It places nothing: the caller confirms by pressing 1 or saying yes."""
    quote = await context.userdata.checkout()
    await context.wait_for_playout()
    await line.read_back(context.session, quote)


@function_tool
async def confirm_order(context: Context) -> None:
    """Place the order that was just read back. Only the code that judges the caller's yes calls this."""
    call = context.userdata
    if not call.has_open_quote and not call.is_order_placed:
        raise ToolError(Sentence.NOTHING_TO_CONFIRM.words())
    if call.has_open_quote and call.keypad_only:
        raise ToolError(Sentence.PRESS_ONE.words())
    if call.has_open_quote and not _began_after_the_read_back(context):
        raise ToolError(Sentence.PRESS_ONE_OR_SAY_YES.words())
    await line.place(context.session, "voice")


@function_tool
async def change_order(context: Context) -> str:
    """Go back from the read-back to editing."""
    context.userdata.void_quote()
    return Sentence.BACK_TO_EDITING.words()


def _began_after_the_read_back(context: Context) -> bool:
    """A yes that began before the read-back's last word was not said to it. Typed text has no beginning."""
    ended_at = context.userdata.read_back_ended_at
    if ended_at is None:
        return False
    for item in reversed(context.session.history.items):
        if isinstance(item, ChatMessage) and item.role == "user":
            began = item.metrics.get("started_speaking_at") if item.metrics else None
            return (began or item.created_at) >= ended_at.timestamp()
    return False
