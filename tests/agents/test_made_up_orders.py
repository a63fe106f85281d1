"""A model that makes an order up is contradicted at once, and one that speaks of a real order is not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from phone_agent.call import Call
from phone_agent.languages import load_language
from phone_agent.ordering.sentences import Sentence
from phone_agent.store.protocol import Store
from tests.agents.scripted import ScriptedCall, Use, scripted
from tests.agents.test_any_model import CHECK_OUT, SALAD

NOT_YET = Sentence.NOT_ORDERED_YET.words()
PRESS_1 = Sentence.PRESS_ONE_OR_SAY_YES.words()


@pytest.fixture
async def model(call: Call) -> AsyncIterator[ScriptedCall]:
    async with scripted(call) as scripted_call:
        yield scripted_call


@pytest.mark.parametrize(
    "made_up",
    [
        "Great, your order has been placed!",
        "Thank you! Your order number is 123.",
        "I've placed your order; it is ready in 20 minutes.",
        "Okay. I have sent your order to the kitchen. See you soon!",
    ],
)
async def test_an_order_that_a_model_makes_up_is_denied_in_the_same_breath(
    model: ScriptedCall, store: Store, made_up: str
) -> None:
    await model.say("a salad", (SALAD,))
    said = await model.say("that's it, bye", (*(f"{word} " for word in made_up.split()),))

    assert said.split() == f"{made_up} {NOT_YET}".split()
    assert await store.find_orders(caller_number="+14075550142") == []


async def test_after_the_read_back_the_caller_is_told_what_places_it(model: ScriptedCall) -> None:
    await model.say("a salad", (SALAD,))
    await model.say("check out", (CHECK_OUT,))
    said = await model.say("is that all", ("It is: your order is confirmed.",))

    assert said == f"It is: your order is confirmed. {PRESS_1}"


async def test_an_order_that_is_placed_may_be_spoken_of(model: ScriptedCall) -> None:
    await model.say("a salad", (SALAD,))
    await model.say("check out", (CHECK_OUT,))
    await model.talk.press("1")
    said = await model.say("is it done", ("Yes, your order has been placed.",))

    assert said == "Yes, your order has been placed."


async def test_an_earlier_order_may_be_spoken_of(model: ScriptedCall) -> None:
    await model.say("a salad", (SALAD,))
    await model.say("where is my other order", (Use.of("get_order_status"),), ("Your order is on its way.",))
    said = await model.say("sure?", ("Yes, your order is on its way.",))

    assert said == "Yes, your order is on its way."


@pytest.mark.parametrize(
    "words", ["To place your order press 1.", "Nothing is ordered yet.", "Your order is in the cart."]
)
async def test_other_words_are_left_alone(model: ScriptedCall, words: str) -> None:
    await model.say("a salad", (SALAD,))

    assert await model.say("hm", (words,)) == words


async def test_it_is_denied_in_spanish_too(call: Call) -> None:
    call.speak(load_language("es"))
    async with scripted(call) as model:
        await model.say("una ensalada", (SALAD,))
        said = await model.say("es todo", ("¡Listo! Su pedido está confirmado.",))

    assert said.startswith("¡Listo! Su pedido está confirmado. Esto todavía no está pedido.")
