"""The offline model by itself: which tools it calls, in which order, and what it says about their answers."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from livekit.agents import llm

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.ordering.selection import ItemRequest
from phone_agent.ordering.slots_of_sentences import SENTENCES
from phone_agent.ordering.wording import Sentence
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from phone_agent.voice.offline.model import OfflineLLM
from phone_agent.voice.offline.model_caller import QUESTIONS
from phone_agent.voice.offline.model_history import Turn
from phone_agent.voice.offline.model_offers import offer_in

MENU = Path(__file__).parents[2] / "menus" / "food_court.json"
TOOLS = (
    "quick_add_to_cart", "change_cart_item", "remove_from_cart", "quick_view_cart", "quick_checkout", "find_food_item",
    "find_restaurants_by_type", "get_restaurant_menu", "get_user_profile", "repeat", "call_a_person", "end_call",
)  # fmt: skip


@pytest.fixture
async def call(tmp_path: Path, prepared: Path) -> AsyncIterator[Call]:
    database = shutil.copy(prepared, tmp_path / "orders.sqlite3")
    env = {"PHONE_AGENT_DATABASE": str(database), "PHONE_AGENT_MENU": str(MENU)}
    store = await open_store(Settings.from_env(env))
    yield await open_call(Arrival(room="test", channel="phone"), None, store, await store.load_menu())
    await store.close()


class Talk:
    """A chat context as a session keeps it."""

    def __init__(self, call: Call) -> None:
        self.context = llm.ChatContext.empty()
        self._model = OfflineLLM(call)
        self._tools = [tool for tool in OrderAgent(call).tools if isinstance(tool, llm.Tool)]

    async def hear(self, words: str, *, tool_choice: llm.ToolChoice = "auto") -> tuple[str, list[llm.FunctionToolCall]]:
        self.context.add_message(role="user", content=words)
        return await self.go_on(tool_choice=tool_choice)

    async def go_on(self, *, tool_choice: llm.ToolChoice = "auto") -> tuple[str, list[llm.FunctionToolCall]]:
        stream = self._model.chat(chat_ctx=self.context, tools=self._tools, tool_choice=tool_choice)
        answer = await stream.collect()
        return answer.text, answer.tool_calls

    def answer(self, use: llm.FunctionToolCall, output: str, *, is_error: bool = False) -> None:
        called = llm.FunctionCall(call_id=use.call_id, name=use.name, arguments=use.arguments)
        given_back = llm.FunctionCallOutput(call_id=use.call_id, name=use.name, output=output, is_error=is_error)
        self.context.items.extend((called, given_back))


async def test_all_dishes_of_a_sentence_cost_one_tool_call(call: Call) -> None:
    said, (use,) = await Talk(call).hear("two pad thai with extra peanuts and a caesar salad")

    items = json.loads(use.arguments)["items"]
    assert said == ""
    assert use.name == "quick_add_to_cart"
    assert [(item["quantity"], item["item_name"]) for item in items] == [(2, "Pad Thai"), (1, "Caesar Salad")]
    assert items[0]["options"] == [{"name": "peanuts", "amount": "extra"}]


async def test_two_wishes_are_carried_out_one_after_the_other(call: Call) -> None:
    talk = Talk(call)
    _, (add,) = await talk.hear("add a caesar salad and check out")
    talk.answer(add, "Added 1 Caesar Salad. Anything else?")
    said, (check_out,) = await talk.go_on()

    assert (add.name, check_out.name) == ("quick_add_to_cart", "quick_checkout")
    assert said == ""


async def test_a_failed_tool_stops_what_was_to_follow(call: Call) -> None:
    talk = Talk(call)
    _, (add,) = await talk.hear("add a pumpkin cheesecake and check out")
    talk.answer(add, "Pumpkin Cheesecake is sold out today.", is_error=True)
    said, uses = await talk.go_on()

    assert said == "Pumpkin Cheesecake is sold out today."
    assert uses == []


async def test_tool_answers_are_spoken_as_they_are(call: Call) -> None:
    talk = Talk(call)
    _, (use,) = await talk.hear("what's in my order")
    talk.answer(use, "You have 1 Caesar Salad. That is $8.99 before tax.")

    assert await talk.go_on() == ("You have 1 Caesar Salad. That is $8.99 before tax.", [])


async def test_answers_of_another_model_are_spoken_after_taking_over(call: Call) -> None:
    talk = Talk(call)
    talk.context.add_message(role="user", content="quelque chose")
    theirs = llm.FunctionToolCall(name="find_food_item", arguments="{}", call_id="theirs")
    talk.answer(theirs, "I have Pad Thai for $13.50. Shall I add it?")

    assert await talk.go_on() == ("I have Pad Thai for $13.50. Shall I add it?", [])


async def test_no_tool_is_called_where_none_may_be(call: Call) -> None:
    said, uses = await Talk(call).hear("add a caesar salad", tool_choice="none")

    assert said == Sentence.STEP_LIMIT.words()
    assert uses == []


async def test_the_second_unclear_turn_says_what_to_do(call: Call) -> None:
    talk = Talk(call)
    first, _ = await talk.hear("(unclear)")
    call.last_said = first
    second, _ = await talk.hear("(unclear)")

    assert (first, second) == (Sentence.UNCLEAR.words(), Sentence.UNCLEAR_AGAIN.words())


async def test_a_yes_takes_the_dish_that_was_offered(call: Call) -> None:
    call.shown = tuple(item for item in call.menu.items if item.name == "Caesar Salad")
    call.last_said = Sentence.FOUND_ONE.words(dishes_with_prices="Caesar Salad for $8.99")
    _, (use,) = await Talk(call).hear("yes please")

    assert use.name == "quick_add_to_cart"
    assert json.loads(use.arguments)["items"][0]["item_name"] == "Caesar Salad"


async def test_no_to_anything_else_reads_the_order_back(call: Call) -> None:
    await call.take([ItemRequest("Caesar Salad")])
    call.last_said = Sentence.ADDED.words(lines="1 Caesar Salad")
    _, (use,) = await Talk(call).hear("no thanks")

    assert use.name == "quick_checkout"


async def test_too_many_of_one_dish_calls_no_tool(call: Call) -> None:
    said, uses = await Talk(call).hear("twenty five churros")

    assert said == Sentence.HOW_MANY_OF.words(dish="Churros", limit="20")
    assert uses == []


async def test_a_number_answers_how_many_of_the_dish_that_was_asked_about(call: Call) -> None:
    talk = Talk(call)
    call.last_said, _ = await talk.hear("twenty five churros")
    _, (use,) = await talk.hear("ten please")

    (item,) = json.loads(use.arguments)["items"]
    assert (item["item_name"], item["quantity"]) == ("Churros", 10)


async def test_too_many_of_a_dish_with_options_asks_nothing_that_would_lose_them(call: Call) -> None:
    said, _ = await Talk(call).hear("twenty five caesar salads without croutons")

    assert said == Sentence.TOO_MANY_OF_DISH.words(limit="20")


async def test_understanding_a_question_about_a_dish_changes_nothing_before_the_turn_is_committed(call: Call) -> None:
    _, (use,) = await Talk(call).hear("is the caesar salad vegan")

    assert call.shown == ()
    assert (use.name, json.loads(use.arguments)) == ("find_food_item", {"query": "Caesar Salad vegan"})


async def test_every_question_that_a_bare_yes_may_answer_is_a_known_offer() -> None:
    asks_yes_or_no = re.compile(r"(Shall|Would you like (to hear|that|something else)|Do you)[^.?]*\?$")
    about_the_caller = {sentence for sentences in QUESTIONS.values() for sentence in sentences}
    asked = [s for s in SENTENCES if asks_yes_or_no.search(s.value) and s not in about_the_caller]
    unknown = [s.name for s in asked if offer_in(s.value) is None]

    assert unknown == []


async def test_an_answer_completes_the_dish_it_was_asked_for(call: Call) -> None:
    await call.take([ItemRequest("Green Curry", 2)])
    _, (use,) = await Talk(call).hear("mild please, with tofu")

    (item,) = json.loads(use.arguments)["items"]
    assert (item["item_name"], item["quantity"]) == ("Green Curry", 2)
    assert [option["name"] for option in item["options"]] == ["mild", "tofu"]


async def test_that_is_all_after_the_order_ends_the_call(call: Call) -> None:
    await call.take([ItemRequest("Caesar Salad")])
    call.open_quote(await call.checkout())
    await call.place_order("keypad")
    _, (use,) = await Talk(call).hear("that's all, thank you")

    assert use.name == "end_call"


@cache
def a_call_of_its_own() -> Call:
    async def opened(folder: str) -> Call:
        env = {"PHONE_AGENT_DATABASE": f"{folder}/{uuid4()}.sqlite3", "PHONE_AGENT_MENU": str(MENU)}
        store = await open_store(Settings.from_env(env))
        call = await open_call(Arrival(room="test", channel="phone"), None, store, await store.load_menu())
        await call.take([ItemRequest("Caesar Salad"), ItemRequest("Grilled Salmon")])
        await store.close()
        return call

    with TemporaryDirectory() as folder:
        return asyncio.run(opened(folder))


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_whatever_is_said_gets_an_answer(text: str) -> None:
    said, use, _ = OfflineLLM(a_call_of_its_own()).answer(Turn(text), TOOLS)

    assert said or use is not None
