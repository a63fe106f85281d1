"""Tools that freeze the order, and confirm it or go back to editing."""

from __future__ import annotations

from livekit.agents import ToolError, function_tool
from livekit.agents.llm import ChatMessage

from phone_agent import line
from phone_agent.call import Call
from phone_agent.ordering.wording import Sentence
from phone_agent.tools.spoken import Context, spoken


@function_tool
@spoken
async def quick_checkout(context: Context) -> str | None:
    """Freeze the order and read it back. It places nothing: the caller confirms by pressing 1 or saying yes."""
    call = context.userdata
    if call.cart.is_empty and call.open_question is not None:
        return call.open_question.words
    quote = await call.checkout()
    await context.wait_for_playout()
    await line.read_back(context.session, quote)
    return None


@function_tool
async def confirm_order(context: Context) -> None:
    """Place the order that was just read back. Only the code that judges the caller's yes calls this."""
    call = context.userdata
    if call.placing.unheard is not None:
        # The yes to it was heard before; what became of it is asked for once more.
        await line.place(context.session, "voice")
        return
    if not call.has_open_quote and not call.has_lapsed_quote and not call.is_order_placed:
        raise ToolError(Sentence.NOTHING_TO_CONFIRM.words())
    if call.has_open_quote and call.keypad_only:
        raise ToolError(Sentence.PRESS_ONE.words())
    yes = _last_words(context)
    if call.has_open_quote and call.quote is not None and call.read_back_ended_at is None and not _is_seen(yes, call):
        # A key has cut it, so the caller has not heard all that the yes would order.
        await line.read_back(context.session, call.quote)
        return
    if call.has_open_quote and not _is_yes_to_it(yes, call):
        raise ToolError(Sentence.PRESS_ONE_OR_SAY_YES.words())
    await line.place(context.session, "text" if _spoken_at(yes) is None else "voice")


@function_tool
@spoken
async def change_order(context: Context) -> str:
    """Go back from the read-back to editing."""
    await context.userdata.back_to_editing()
    return Sentence.BACK_TO_EDITING.words()


def _last_words(context: Context) -> ChatMessage | None:
    said = (item for item in reversed(context.session.history.items) if isinstance(item, ChatMessage))
    return next((item for item in said if item.role == "user"), None)


def _spoken_at(words: ChatMessage | None) -> float | None:
    """When the caller began to say them; typed text has no beginning."""
    return words.metrics.get("started_speaking_at") if words is not None and words.metrics else None


def _is_yes_to_it(words: ChatMessage | None, call: Call) -> bool:
    """Judged here once more: whoever names this tool, only the caller's own clear yes places an order."""
    is_yes = words is not None and call.answer_to_read_back(words.text_content or "") == "yes"
    return is_yes and (_is_seen(words, call) or _began_after_the_read_back(words, call))


def _is_seen(yes: ChatMessage | None, call: Call) -> bool:
    """Whoever types it on a page has the whole order before them, however far the voice has come."""
    return call.record.channel == "page" and yes is not None and _spoken_at(yes) is None


def _began_after_the_read_back(yes: ChatMessage | None, call: Call) -> bool:
    """A yes that began before the read-back's last word was not said to it."""
    if yes is None or call.read_back_ended_at is None:
        return False
    return (_spoken_at(yes) or yes.created_at) >= call.read_back_ended_at.timestamp()
