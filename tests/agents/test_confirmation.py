"""Quote, read-back, confirm: nothing is ordered but by the caller's own yes or key, and once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from phone_agent.call import Call
from phone_agent.rehearsal.text import TextCall
from tests.agents.test_what_users_say import cart_of, orders_of


async def read_back(talk: TextCall) -> None:
    await talk.say("I'd like a Caesar Salad and a Grilled Salmon")
    await talk.say("checkout")


async def test_pressing_1_in_the_read_back_places_the_order(talk: TextCall) -> None:
    await read_back(talk)
    answer = await talk.press("1")

    (order,) = await orders_of(talk.call)
    assert order.confirmed_by == "keypad"
    assert f"#{order.number:03}" in answer


async def test_pressing_1_outside_a_read_back_orders_nothing_and_is_explained(talk: TextCall) -> None:
    await talk.say("I'd like a Caesar Salad")
    answer = await talk.press("1")

    assert await orders_of(talk.call) == []
    assert "Nothing is ordered yet" in answer


async def test_pressing_2_goes_back_to_editing(talk: TextCall) -> None:
    await read_back(talk)
    await talk.press("2")
    await talk.say("remove the grilled salmon")
    await talk.press("1")
    nothing_yet = await orders_of(talk.call)
    await talk.say("checkout")
    await asyncio.sleep(0.3)
    await talk.press("1")

    (order,) = await orders_of(talk.call)
    assert nothing_yet == []
    assert [line.name for line in order.lines] == ["Caesar Salad"]


async def test_a_change_after_the_read_back_voids_the_quote(talk: TextCall) -> None:
    await read_back(talk)
    await talk.say("add a vanilla cheesecake")
    await talk.say("make that two caesar salads")
    await talk.press("1")

    assert await orders_of(talk.call) == []


async def test_a_press_and_a_yes_at_once_place_one_order(talk: TextCall) -> None:
    await read_back(talk)
    placed = await asyncio.gather(*(talk.call.place_order(by) for by in ("keypad", "voice", "page", "keypad")))

    assert len({order.id for order in placed}) == 1
    assert len(await orders_of(talk.call)) == 1


async def test_1_after_the_order_says_the_same_number_again(talk: TextCall) -> None:
    await read_back(talk)
    first = await talk.press("1")
    await asyncio.sleep(0.3)
    second = await talk.press("1")

    assert second == first
    assert len(await orders_of(talk.call)) == 1


async def test_a_second_checkout_after_the_order_places_nothing(talk: TextCall) -> None:
    await read_back(talk)
    await talk.press("1")
    answer = await talk.say("checkout")

    assert "empty" in answer
    assert len(await orders_of(talk.call)) == 1


async def test_star_in_the_read_back_reads_it_again(talk: TextCall) -> None:
    await read_back(talk)
    answer = await talk.press("*")

    assert "Caesar Salad" in answer
    assert "press 1" in answer


async def test_pound_reads_the_cart(talk: TextCall) -> None:
    await talk.say("two caesar salads please")

    assert "2 Caesar Salad" in await talk.press("#")


async def test_no_goes_back_to_editing(talk: TextCall) -> None:
    await read_back(talk)
    answer = await talk.say("no")

    assert "nothing is placed" in answer
    assert not talk.call.has_open_quote
    assert len(cart_of(talk.call)) == 2


@pytest.mark.parametrize("words", ["one", "the first one", "maybe"])
async def test_what_is_not_a_clear_yes_places_nothing(talk: TextCall, words: str) -> None:
    await read_back(talk)
    await talk.say(words)

    assert await orders_of(talk.call) == []


async def test_with_the_keypad_only_setting_a_yes_places_nothing(talk: TextCall) -> None:
    talk.call.keypad_only = True
    await read_back(talk)
    answer = await talk.say("yes")
    nothing_yet = await orders_of(talk.call)
    await talk.press("1")

    assert nothing_yet == []
    assert "press 1" in answer
    assert len(await orders_of(talk.call)) == 1


async def test_a_yes_that_began_before_the_read_back_ended_does_not_count(talk: TextCall) -> None:
    await read_back(talk)
    ended = talk.call.read_back_ended_at
    assert ended is not None
    talk.call.read_back_ended_at = ended + timedelta(hours=1)
    await talk.say("yes")

    assert await orders_of(talk.call) == []


async def test_a_quote_whose_time_has_run_out_places_nothing_and_says_so(talk: TextCall, call: Call) -> None:
    await read_back(talk)
    later = call.now + timedelta(hours=1)
    call._clock = lambda: later  # the caller has thought for an hour
    await talk.press("1")

    assert await orders_of(call) == []
