"""A cart whose call broke off, taken up from another phone with the code that its caller was texted."""

from __future__ import annotations

import pytest

from phone_agent.callers.lost_carts import code_of
from phone_agent.ordering.selection import ItemRequest
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from tests.agents.callers import NEW, a_call, names_in, talking

ASKED = "Please key in the six digit code from our text."
UNKNOWN = "I know no order with that code. What would you like?"


async def a_lost_cart(store: Store) -> str:
    """Gives its code."""
    call = await a_call(store, NEW)
    await call.take([ItemRequest("Caesar Salad", 2)])
    await call.close()
    return code_of(call.cart.id)


async def key_in(talk: TextCall, code: str) -> str:
    """The answer to the code, after the question for it."""
    talk.pause()
    asked, *answer = (await talk.press("7" + code)).split(ASKED)

    assert not asked
    return " ".join(answer).strip()


async def test_the_code_takes_up_the_cart_from_another_phone_and_it_can_be_ordered(store: Store) -> None:
    code = await a_lost_cart(store)
    async with talking(store, None) as talk:
        answer = await key_in(talk, code)
        await talk.say("check out")
        talk.pause()
        await talk.press("1")
    (order,) = await store.find_orders(limit=1)

    assert answer == "Okay, you have 2 Caesar Salads. Anything else?"
    assert [(line.quantity, line.name) for line in order.lines] == [(2, "Caesar Salad")]


async def test_a_cart_is_taken_up_once(store: Store) -> None:
    code = await a_lost_cart(store)
    async with talking(store, None) as first, talking(store, None) as second:
        await key_in(first, code)
        answer = await key_in(second, code)

    assert answer == UNKNOWN


async def test_three_wrong_codes_are_all_that_a_call_has(store: Store) -> None:
    code = await a_lost_cart(store)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    async with talking(store, None) as talk:
        answers = [await key_in(talk, wrong) for _ in range(3)]
        answers.append(await key_in(talk, code))

    assert answers == [UNKNOWN] * 3 + ["There are no more tries in this call. What would you like?"]


async def test_a_code_does_not_touch_what_is_in_the_cart_already(store: Store) -> None:
    code = await a_lost_cart(store)
    async with talking(store, None) as talk:
        await talk.say("a grilled salmon")
        answer = await key_in(talk, code)

    assert answer.startswith("You have dishes in your order already")
    assert names_in(talk.call) == ["Grilled Salmon"]


@pytest.mark.parametrize("keys", ["12#", "#"])
async def test_too_few_digits_are_no_code(store: Store, keys: str) -> None:
    async with talking(store, None) as talk:
        answer = await key_in(talk, keys)

    assert answer == "I didn't get six digits. What would you like?"


async def test_the_code_of_a_cart_that_is_offered_by_number_works_there_too(store: Store) -> None:
    code = await a_lost_cart(store)
    async with talking(store, NEW) as talk:
        answer = await key_in(talk, code)

    assert answer == "Okay, you have 2 Caesar Salads. Anything else?"
