"""A model that says an order is placed where none is: the caller hears in the same breath that it is not."""

from __future__ import annotations

from livekit.agents import llm

from phone_agent import line
from phone_agent.call import Call
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.text import plain_words

ABOUT_OTHER_ORDERS = {"get_order_status", "get_order_history", "cancel_order", "report_problem"}
"""Tools; whoever has asked for one may mean that order."""


def put_right(said: str, chat_ctx: llm.ChatContext, call: Call) -> str:
    """Empty where nothing is wrong. Said once too often it is still true."""
    if call.cart.is_empty or call.order is not None or call.placing.unheard is not None:
        return ""
    words = f" {' '.join(plain_words(said))} "
    if not any(f" {' '.join(plain_words(claim))} " in words for claim in call.tongue.language.claims):
        return ""
    if any(isinstance(item, llm.FunctionCall) and item.name in ABOUT_OTHER_ORDERS for item in chat_ctx.items):
        return ""
    return (line.how_to_confirm(call) if call.has_open_quote else Sentence.NOT_ORDERED_YET).words()
