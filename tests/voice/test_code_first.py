"""A plain order is taken by code while the model sleeps; everything else is the model's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from livekit.agents import DEFAULT_API_CONNECT_OPTIONS, APIConnectOptions, llm

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.voice.code_first import CodeFirst
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.conftest import call, store

__all__ = ["call", "store"]


class Model(llm.LLM[Any]):
    """Answers with how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def chat(
        self,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool] | None = None,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
        **_: object,
    ) -> llm.LLMStream:
        said = [item.text_content or "" for item in chat_ctx.messages() if item.role == "user"]
        self.asked.append(said[-1])
        return Answer(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class Answer(llm.LLMStream):
    async def _run(self) -> None:
        delta = llm.ChoiceDelta(role="assistant", content="So says the model.")
        self._event_ch.send_nowait(llm.ChatChunk(id="1", delta=delta))


@asynccontextmanager
async def talking_to(model: Model, call: Call) -> AsyncIterator[TextCall]:
    pipeline = replace(in_writing(call), llm=CodeFirst(call, model))
    async with TextCall(open_session(call, pipeline), OrderAgent(call)) as talk:
        yield talk


async def test_a_plain_order_never_asks_the_model(call: Call) -> None:
    model = Model()
    async with talking_to(model, call) as talk:
        said = [await talk.say(words) for words in ("two caesar salads with no croutons please", "check out", "yes")]

    assert said[0] == "Added 2 Caesar Salads with no croutons. Anything else?"
    assert "You have 2 Caesar Salads with no croutons from Harbor House." in said[1]
    assert "Your order number is" in said[2]
    assert model.asked == []


@pytest.mark.parametrize(
    "sentences",
    [
        ("a grilled salmon please", "two caesar salads with no croutons please"),
        ("a grilled salmon and two caesar salads with no croutons",),
        ("a grilled salmon please", "and two caesar salads no croutons"),
        ("1 grilled salmon, please.", "And then 2 Caesar salads with no croutons, please."),
        ("one grilled salmon", "what's in my order", "can i also get two caesar salads without croutons"),
    ],
)
async def test_a_second_dish_with_something_left_out_never_asks_the_model(call: Call, sentences: tuple[str]) -> None:
    model = Model()
    async with talking_to(model, call) as talk:
        for words in sentences:
            await talk.say(words)
        cart = await talk.say("what's in my order")

    assert "1 Grilled Salmon and 2 Caesar Salads with no croutons" in cart
    assert model.asked == []


async def test_what_is_not_plain_is_the_models(call: Call) -> None:
    model = Model()
    async with talking_to(model, call) as talk:
        answer = await talk.say("hm, what goes well with fish for somebody who hates onions")

    assert answer == "So says the model."
    assert len(model.asked) == 1


async def test_the_model_sees_what_code_has_done(call: Call) -> None:
    model = Model()
    async with talking_to(model, call) as talk:
        await talk.say("a caesar salad")
        await talk.say("hm, is that enough for two people do you think")

        names = [line.item.name for line in talk.call.cart.lines]
    assert names == ["Caesar Salad"]
    assert model.asked == ["hm, is that enough for two people do you think"]


async def test_an_answer_to_codes_own_question_needs_no_model(call: Call) -> None:
    model = Model()
    async with talking_to(model, call) as talk:
        asked = await talk.say("a margherita pizza")
        answer = await talk.say("large")

    assert asked.endswith("small or large?")
    assert "Added 1 large Margherita Pizza" in answer
    assert model.asked == []


async def test_a_dish_that_answers_the_models_question_is_the_models(call: Call) -> None:
    model = Model()
    async with talking_to(model, call) as talk:
        await talk.say("two caesar salads")
        call.last_said = "Which one shall be without croutons?"
        await talk.say("the caesar salad")
        call.last_said = "Added that. Anything else?"
        await talk.say("a caesar salad")

    assert model.asked == ["the caesar salad"]
    assert [line.quantity for line in call.cart.lines] == [3]


@pytest.mark.parametrize(
    ("said_before", "words", "answer"),
    [
        (["a caesar salad", "a grilled salmon"], "can you remove the caesar salad please", "Removed Caesar Salad."),
        (["a caesar salad"], "make that two", "Changed to 2 Caesar Salads."),
        (["a green curry", "medium"], "with tofu please", "Changed to 1 Green Curry, medium, with tofu."),
        (["a caesar salad"], "i will pick it up myself", "Okay, for pickup as soon as it is ready."),
        (["how much is the apple pie"], "one apple pie please", "Added 1 Apple Pie."),
        (["a caesar salad", "check out"], "no i want to change it", "Okay, nothing is placed."),
    ],
)
async def test_a_plain_change_never_asks_the_model(call: Call, said_before: list[str], words: str, answer: str) -> None:
    model = Model()
    async with talking_to(model, call) as talk:
        for earlier in said_before:
            await talk.say(earlier)
        answered = await talk.say(words)

    assert answered.startswith(answer)
    assert model.asked == []


@pytest.mark.parametrize(
    ("said_before", "words"),
    [
        (["two caesar salads"], "remove the caesar salad"),
        (["a caesar salad with no croutons", "a caesar salad"], "remove the caesar salad"),
        (["a caesar salad"], "remove the caesar salad dressing"),
        (["a caesar salad", "how much is the apple pie"], "make that two"),
        (["a caesar salad", "hm, is that enough for two people do you think"], "make that two"),
        (["a caesar salad"], "make that two and a half"),
        (["a caesar salad"], "my brother will pick it up"),
    ],
)
async def test_a_change_that_could_mean_two_things_is_the_models(
    call: Call, said_before: list[str], words: str
) -> None:
    model = Model()
    async with talking_to(model, call) as talk:
        for earlier in said_before:
            await talk.say(earlier)
        answered = await talk.say(words)

    assert answered == "So says the model."
    assert model.asked[-1] == words
