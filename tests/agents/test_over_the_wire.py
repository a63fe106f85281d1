"""The agents with OpenAI's real plugin against a server that refuses what the service refuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from livekit.agents.utils import http_context
from livekit.plugins import openai

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.providers.brain import BrainOf, Message, Reply, ToolCall, last_user_message, results_since
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.pipeline import in_writing

SALAD = {
    "item_name": "Caesar Salad", "quantity": 1, "options": [], "note": "", "other_half": None,
}  # fmt: skip
WANTS = {
    "a caesar salad please": ToolCall.of("quick_add_to_cart", items=[SALAD], restaurant_name=""),
    "and what is in it?": ToolCall.of("describe_dish", item_name="Caesar Salad"),
    "okay, check out": ToolCall.of("quick_checkout"),
}


def think(messages: Sequence[Message], tools: Sequence[str]) -> Reply | str | ToolCall:
    """Does what the caller wants with the tools that are there, and hands over where they are not."""
    wanted, results = WANTS.get(last_user_message(messages)), results_since(messages)
    if wanted is None:
        return "Okay."
    if results and results[-1].strip():
        return results[-1]
    if wanted.name in tools:
        return wanted
    return ToolCall.of("transfer_to_support", reason="dietary") if "transfer_to_support" in tools else BACK


BACK = ToolCall.of("back_to_ordering")


async def test_an_order_with_support_in_between_is_taken_as_the_service_wants_it(call: Call, store: Store) -> None:
    async with http_context.open(), OpenAIServer(BrainOf(think)) as server:
        model = openai.LLM(model="gpt-4.1", base_url=server.base_url, api_key="any")
        session = open_session(call, replace(in_writing(call), llm=model))
        async with TextCall(session, OrderAgent(call)) as talk:
            added = await talk.say("a caesar salad please")
            contents = await talk.say("and what is in it?")
            supported = talk.agent_name
            read_back = await talk.say("okay, check out")
            placed = await talk.say("yes")
        await model.aclose()
        asked = [entry for entry in server.log if entry.path.endswith("/chat/completions")]
        first, *_, last = (entry.body["messages"] for entry in asked)

    assert added.startswith("Added 1 Caesar Salad")
    assert contents.startswith("The menu says of the Caesar Salad")
    assert supported == "SupportAgent"
    assert read_back.startswith("You have 1 Caesar Salad")
    assert "order number is #001" in placed
    assert len(await store.find_orders(caller_number="+14075550142")) == 1
    assert {entry.status for entry in asked} == {200}
    assert first[0] == last[0]
    assert first[-1]["role"] == last[-1]["role"] == "system"
