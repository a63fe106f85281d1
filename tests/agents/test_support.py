"""Support in writing, with the offline model: it is reached by what callers say, and the order goes on after it."""

from __future__ import annotations

import asyncio

import pytest

from phone_agent.call import Call
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.ordering.wording_support import words_for_contents
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from tests.agents.callers import NEW, names_in, newest_order, talking
from tests.agents.scripted import Use, scripted
from tests.agents.test_any_model import CHECK_OUT, SALAD
from tests.builders import item_named


async def test_what_is_in_a_dish_is_said_as_the_menu_has_it(talk: TextCall) -> None:
    said = await talk.say("what's in the pad thai")

    assert said == words_for_contents(item_named(talk.call.menu, "Pad Thai"))
    assert "peanut" in said
    assert talk.agent_name == "SupportAgent"


async def test_the_dish_that_was_asked_about_can_be_ordered_at_once(talk: TextCall) -> None:
    await talk.say("what's in the caesar salad")
    said = await talk.say("add it")

    assert said.startswith("Added 1 Caesar Salad")
    assert talk.agent_name == "OrderAgent"


async def test_nobody_is_greeted_twice(talk: TextCall) -> None:
    greeting = talk.said[0]
    await talk.say("what's in the caesar salad")
    await talk.say("add it")
    await talk.say("what is in my total")
    await talk.say("check out")

    assert [said for said in talk.said if said == greeting or said.startswith("Hi")] == [greeting]


async def test_a_total_is_taken_apart_and_the_order_goes_on(talk: TextCall) -> None:
    await talk.say("a caesar salad and a grilled salmon")
    before = await talk.say("what is in my total")
    await talk.say("check out")
    quote = talk.call.quote
    said = await talk.say("what is in my total")
    number = await talk.say("yes")
    after = await talk.say("what is my total made of")

    assert before == SupportSentence.TOTAL_LATER.words(subtotal="$31.98")
    assert quote is not None
    assert said.startswith("The dishes come to $31.98. With $2.08 tax the total is $34.06.")
    assert "order number is #001" in number
    assert after == "The dishes come to $31.98. With $2.08 tax the total is $34.06."


async def test_a_total_of_an_earlier_call_is_not_told_to_a_number_alone(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.press("1")
    async with talking(store, NEW) as talk:
        said = await talk.say("what was my total made of")
        status = await talk.say("where's my order")
    async with talking(store, "+14075550172") as other:
        of_another = await other.say("what is my total made of")

    assert said == SupportSentence.TOTAL_NEEDS_RESTAURANT.words(restaurant="Harbor House")
    assert "in the kitchen" in status
    assert "no order of yours" in of_another


async def test_a_problem_is_written_down_with_its_order(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.press("1")
        order = await newest_order(talk)
    async with talking(store, NEW) as talk:
        asked = await talk.say("I have a problem with my order")
        taken = await talk.say("the caesar salad was warm, my card is 4111 1111 1111 1111")
        added = await talk.say("two grilled salmon please")
        (written,) = await store.find_feedback()

        assert asked == SupportSentence.PROBLEM_WHAT.words()
        assert taken == SupportSentence.PROBLEM_TAKEN.words(restaurant="Harbor House")
        assert (written.order_id, written.sentiment) == (order.id, "negative")
        assert written.notes.startswith("the caesar salad was warm")
        assert "4111" not in written.notes
        assert added.startswith("Added 2 Grilled Salmon")
        assert names_in(talk.call) == ["Grilled Salmon"]


@pytest.mark.parametrize("said", ["I want to complain", "my food was cold", "something is missing from my order"])
async def test_a_complaint_reaches_support(talk: TextCall, said: str) -> None:
    await talk.say(said)

    assert talk.agent_name == "SupportAgent"


async def test_who_does_not_say_what_was_wrong_after_all_has_nothing_written_down(talk: TextCall, store: Store) -> None:
    await talk.say("I want to complain")
    await talk.say("no")

    assert list(await store.find_feedback()) == []


async def test_where_no_free_words_are_heard_a_problem_is_written_down_without(talk: TextCall, store: Store) -> None:
    talk.call.known.hears_own_words = False
    said = await talk.say("I have a problem with my order")
    (written,) = await store.find_feedback()

    assert said == SupportSentence.PROBLEM_TAKEN_WITHOUT_ORDER.words()
    assert written.notes == ""


async def test_one_sentence_for_both_agents_is_done_by_both(talk: TextCall) -> None:
    said = await talk.say("add a caesar salad and what's in the pad thai")
    cart = names_in(talk.call)
    back = await talk.say("check out")

    assert cart == ["Caesar Salad"]
    assert said.startswith("Added 1 Caesar Salad")
    assert "1 Caesar Salad" in back


async def test_a_yes_to_the_read_back_counts_while_support_speaks(talk: TextCall, store: Store) -> None:
    await talk.say("a caesar salad")
    await talk.say("check out")
    await talk.say("what's in the caesar salad")
    said = await talk.say("yes")

    assert "order number is #001" in said
    assert len(await store.find_orders(caller_number="+14075550142")) == 1


@pytest.mark.parametrize("steps", [0, 4, 8, 12, 16])
async def test_a_key_pressed_while_the_call_is_handed_over_is_answered(call: Call, store: Store, steps: int) -> None:
    async with scripted(call) as model:
        await model.say("a salad", (SALAD,))
        await model.say("check out", (CHECK_OUT,))
        handing_over = asyncio.create_task(model.say("hm", (Use.of("transfer_to_support", reason="other"),)))
        await until_handing_over(call)
        for _ in range(steps):
            await asyncio.sleep(0)
        said = await model.talk.press("*")
        await handing_over
        placed = await model.talk.press("1")

    assert "You have 1 Caesar Salad" in said
    assert "order number is #001" in placed
    assert len(await store.find_orders(caller_number="+14075550142")) == 1


async def until_handing_over(call: Call) -> None:
    async with asyncio.timeout(5):
        while not call.is_handing_over:
            await asyncio.sleep(0)
