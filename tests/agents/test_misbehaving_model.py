"""Whatever a model's service sends, over its real plugin: the caller hears something, once, and the cart is right."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

import pytest
from livekit.agents.utils import http_context

from phone_agent.agents.chunks import MOST_LETTERS
from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.ordering.sentences import Sentence
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.providers.behaviour import Behaviour, Spread
from phone_agent.rehearsal.providers.brain import BrainOf, Message, Reply, ToolCall
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.rehearsal.text import TextCall
from phone_agent.settings import Settings
from phone_agent.store.protocol import Store
from phone_agent.voice import providers
from phone_agent.voice.hosted import thinking
from phone_agent.voice.offline.model import OfflineLLM
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.callers import names_in

Answer = Reply | str | ToolCall
SALAD = {"item_name": "Caesar Salad", "quantity": 1, "options": [], "note": "", "other_half": None}
ADD = ToolCall.of("quick_add_to_cart", items=[SALAD], restaurant_name="")
UNKNOWN_DISH = ToolCall.of("quick_add_to_cart", items=[{**SALAD, "item_name": "Unicorn"}], restaurant_name="")
CUT = ToolCall("quick_add_to_cart", '{"items": [{"item_name": "Caesar Sal')
NO_OBJECT = ToolCall("quick_add_to_cart", "[]")
NO_SUCH_TOOL = ToolCall.of("order_everything", now=True)
CHECK_OUT = ToolCall.of("quick_checkout")
TROUBLE, STEP_LIMIT = Sentence.TROUBLE.words(), Sentence.STEP_LIMIT.words()
ADDED = "Added 1 Caesar Salad. Anything else?"
FOR_EVER = 50


@dataclass
class Misbehaving:
    talk: TextCall
    server: OpenAIServer
    answers: deque[Answer]

    async def say(self, *answers: Answer) -> str:
        """What the caller hears where the service answers so."""
        self.answers.clear()
        self.answers.extend(answers)
        return await self.talk.say("well, you know what I mean")


@pytest.fixture
async def model(call: Call) -> AsyncIterator[Misbehaving]:
    answers: deque[Answer] = deque()

    def think(messages: Sequence[Message], tools: Sequence[str]) -> Answer:
        return answers.popleft() if answers else "So it is."

    async with http_context.open(), OpenAIServer(BrainOf(think)) as server:
        (plugin,) = providers.models(Settings.from_env({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": server.base_url}))
        chain = thinking([plugin], OfflineLLM(call))
        async with TextCall(open_session(call, replace(in_writing(call), llm=chain)), OrderAgent(call)) as talk:
            yield Misbehaving(talk, server, answers)
        await plugin.aclose()


@pytest.mark.parametrize("wrong", [CUT, NO_OBJECT, NO_SUCH_TOOL, UNKNOWN_DISH], ids=lambda call: call.arguments)
async def test_a_wrong_call_is_told_to_the_model_which_may_ask_the_caller(model: Misbehaving, wrong: ToolCall) -> None:
    said = await model.say(wrong, "Which salad would you like?")
    results = [one for one in model.server.log[-1].body["messages"] if one["role"] == "tool"]

    assert said == "Which salad would you like?"
    assert len(results) == 1
    assert names_in(model.talk.call) == []


@pytest.mark.parametrize("wrong", [CUT, NO_OBJECT, NO_SUCH_TOOL, UNKNOWN_DISH], ids=lambda call: call.arguments)
async def test_wrong_calls_without_end_end_with_a_sentence(model: Misbehaving, wrong: ToolCall) -> None:
    said = await model.say(*[wrong] * FOR_EVER)
    again = await model.say(ADD, "Here you are.")

    assert said == STEP_LIMIT
    assert again == "Here you are."
    assert names_in(model.talk.call) == ["Caesar Salad"]


@pytest.mark.parametrize("nothing", ["", " ", " \n\t "], ids=repr)
async def test_an_answer_without_words_is_a_sentence_all_the_same(model: Misbehaving, nothing: str) -> None:
    assert await model.say(nothing) == TROUBLE
    assert await model.say(CUT, nothing) == TROUBLE


@pytest.mark.parametrize("nothing", ["", " "], ids=repr)
async def test_what_was_done_is_said_where_the_model_says_nothing_of_it(model: Misbehaving, nothing: str) -> None:
    """An apology that asks for it again would make two salads of one."""
    said = await model.say(ADD, nothing)

    assert said == ADDED
    assert names_in(model.talk.call) == ["Caesar Salad"]


@pytest.mark.parametrize(("text", "most"), [("And so on. ", 1), ("and so on ", 2)])
async def test_a_model_that_never_stops_talking_is_stopped(model: Misbehaving, text: str, most: int) -> None:
    model.server.behave(Behaviour(between=Spread.always(0.0005)))
    said = await model.say(text * 3_000)
    again = await model.say("Yes?")

    assert MOST_LETTERS * most - 20 < len(said) < MOST_LETTERS * most + 20
    assert model.server.answers[0].pieces < 1_000
    assert again == "Yes?"


async def test_what_a_tool_has_to_say_at_length_is_not_cut(model: Misbehaving) -> None:
    long = "You have one more Caesar Salad. " * 24
    said = await model.say(ADD, long)

    assert said == long.strip()


async def test_calls_side_by_side_are_done_one_after_the_other(model: Misbehaving) -> None:
    said = await model.say(Reply("", (ADD, CHECK_OUT)), CHECK_OUT)

    assert said.startswith("You have 1 Caesar Salad")
    assert model.server.log[-1].body["parallel_tool_calls"] is False
    assert model.talk.call.has_open_quote


@pytest.mark.parametrize(
    ("late", "in_cart"),
    [(CHECK_OUT, []), (ToolCall.of("confirm_order"), []), (ToolCall.of("remove_from_cart", line=1), []),
     (ADD, ["Caesar Salad"])],
    ids=lambda value: getattr(value, "name", None),
)  # fmt: skip
async def test_a_call_after_the_order_is_placed_changes_nothing_of_it(
    model: Misbehaving, store: Store, late: ToolCall, in_cart: list[str]
) -> None:
    await model.say(ADD, CHECK_OUT)
    await model.talk.press("1")
    (placed,) = await store.find_orders(caller_number="+14075550142")
    said = await model.say(late, "")

    assert said
    assert names_in(model.talk.call) == in_cart
    assert list(await store.find_orders(caller_number="+14075550142")) == [placed]
