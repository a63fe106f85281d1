"""Whatever model stands behind it: words and calls together, broken calls, several at once, and no answer at all."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from livekit.agents import llm

from phone_agent.agents.briefing import HEADING
from phone_agent.call import Call
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.phone_line.session import MAX_TOOL_STEPS
from phone_agent.store.protocol import Store
from tests.agents.callers import names_in
from tests.agents.scripted import ScriptedCall, Use, scripted

SALAD = Use.of(
    "quick_add_to_cart",
    items=[{"item_name": "Caesar Salad", "quantity": 1, "options": [], "note": ""}],
    restaurant_name="",
)
SALMON = Use.of(
    "quick_add_to_cart",
    items=[{"item_name": "Grilled Salmon", "quantity": 1, "options": [], "note": ""}],
    restaurant_name="",
)
CHECK_OUT = Use.of("quick_checkout")


@pytest.fixture
async def model(call: Call) -> AsyncIterator[ScriptedCall]:
    async with scripted(call) as scripted_call:
        yield scripted_call


async def test_words_and_a_call_in_one_answer_are_both_done(model: ScriptedCall) -> None:
    said = await model.say("a salad", ("One ", "moment. ", SALAD))

    assert said.startswith("One moment. Added 1 Caesar Salad")
    assert names_in(model.call) == ["Caesar Salad"]


async def test_of_several_calls_at_once_the_first_is_done_and_the_next_is_asked_for_again(model: ScriptedCall) -> None:
    await model.say("a salad, a salmon, and that's it", (SALAD, SALMON, CHECK_OUT), (SALMON, CHECK_OUT), (CHECK_OUT,))

    assert names_in(model.call) == ["Caesar Salad", "Grilled Salmon"]
    assert model.call.quote is not None
    assert [line.name for line in model.call.quote.lines] == ["Caesar Salad", "Grilled Salmon"]


@pytest.mark.parametrize(
    "broken",
    [
        Use("quick_add_to_cart", '{"items": [{"item_name": "Caesar Sal'),
        Use("quick_add_to_cart", "not json at all"),
        Use("quick_add_to_cart", "[]"),
        Use.of("quick_add_to_cart", items="Caesar Salad", restaurant_name=""),
        Use.of("quick_add_to_cart", items=[{"item_name": "Caesar Salad", "quantity": -3}], restaurant_name=""),
        Use.of("quick_add_to_cart", items=[{"item_name": "Unicorn", "quantity": 1, "options": [], "note": ""}],
               restaurant_name=""),
        Use.of("no_such_tool", order="everything"),
        Use.of("remove_from_cart", line=99),
        Use.of("set_tip", unit="dollars", amount=-5),
        Use.of("transfer_to_support", reason="because"),
    ],
)  # fmt: skip
async def test_a_broken_call_does_nothing_and_the_next_one_counts(model: ScriptedCall, broken: Use) -> None:
    said = await model.say("a salad", (broken,))
    cart, tip = names_in(model.call), model.call.wishes.tip
    again = await model.say("a caesar salad", (SALAD,))

    assert said
    assert cart == []
    assert tip.amount_cents == 0
    assert again.startswith("Added 1 Caesar Salad")


@pytest.mark.parametrize("nothing", [(), ("",), ("  ",)])
async def test_a_model_that_answers_nothing_leaves_no_silence(model: ScriptedCall, nothing: tuple[str, ...]) -> None:
    assert await model.say("hello", nothing) == Sentence.TROUBLE.words()


async def test_a_model_that_never_stops_calling_is_stopped_with_a_sentence(model: ScriptedCall) -> None:
    view = Use.of("quick_view_cart")
    said = await model.say("what do I have", *((view,) for _ in range(MAX_TOOL_STEPS + 5)))

    assert said == Sentence.STEP_LIMIT.words()


async def test_a_model_that_hands_over_round_and_round_is_stopped(model: ScriptedCall) -> None:
    there, back = Use.of("transfer_to_support", reason="other"), Use.of("back_to_ordering")
    said = await model.say("hm", (there,), (back,), (there,))
    after = await model.say("a salad", (SALAD,))

    assert said == SupportSentence.GONE_ROUND.words()
    assert after.startswith("Added 1 Caesar Salad")


async def test_support_goes_on_in_the_same_conversation(model: ScriptedCall) -> None:
    await model.say("a salad", (SALAD,))
    said = await model.say(
        "and what is in it",
        ("Let me see. ", Use.of("transfer_to_support", reason="dietary")),
        (Use.of("describe_dish", item_name="Caesar Salad"),),
    )
    told = [item for item in model.model.told[-1].items if isinstance(item, llm.ChatMessage)]
    texts = [item.text_content or "" for item in told]

    assert "The menu says of the Caesar Salad" in said
    assert "describe_dish" in model.model.offered[-1]
    assert "quick_add_to_cart" not in model.model.offered[-1]
    assert texts[0].startswith("You help callers")
    assert not [text for text in texts if text.startswith("You take food orders")]
    assert [text for text in texts if text in ("a salad", "and what is in it")] == ["a salad", "and what is in it"]
    assert "Let me see." in "".join(texts)


async def test_tools_for_code_only_are_shown_to_no_model(model: ScriptedCall) -> None:
    await model.say("a salad", (SALAD,))
    await model.say("help", (Use.of("transfer_to_support", reason="other"),))
    hidden = {"confirm_order", "change_order", "offer_keypad_menu"}

    assert not [names for names in model.model.offered if hidden & set(names)]


async def test_what_changes_comes_last_and_is_kept_nowhere(model: ScriptedCall) -> None:
    await model.say("a salad", (SALAD,))
    await model.say("thanks", ("Sure.",))
    first, *_, last = (context.items for context in model.model.told)
    stored = [item.text_content for item in model.model.told[-1].items[:-1] if isinstance(item, llm.ChatMessage)]

    assert isinstance(last[-1], llm.ChatMessage)
    assert (last[-1].text_content or "").startswith(HEADING)
    assert '"1 Caesar Salad"' in (last[-1].text_content or "")
    assert [item.id for item in first[:-1]] == [item.id for item in last[: len(first) - 1]]
    assert not [text for text in stored if text and text.startswith(HEADING)]


async def test_the_model_is_told_where_the_order_stands(model: ScriptedCall, store: Store) -> None:
    stages = ("nothing is ordered yet", "read back; nothing is ordered", "ordered; a new order")
    await model.say("a salad", (SALAD,))
    await model.say("check out", (CHECK_OUT,))
    await model.say("who are you", ("An assistant.",))
    read_back = model.model.told[-1].items[-1]
    await model.say("yes")
    await model.say("thanks", ("Sure.",))

    told = [context.items[-1] for context in model.model.told]
    words = [item.text_content or "" for item in (told[0], read_back, told[-1]) if isinstance(item, llm.ChatMessage)]
    assert [stage in text for stage, text in zip(stages, words, strict=True)] == [True, True, True]
    assert len(await store.find_orders(caller_number="+14075550142")) == 1
