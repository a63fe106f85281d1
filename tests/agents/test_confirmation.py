"""Quote, read-back, confirm: nothing is ordered but by the caller's own yes or key, and once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count

import pytest
from livekit.agents import llm

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.dtmf import Keypad
from phone_agent.ordering.sentences import Sentence
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.voice.offline.pipeline import in_writing
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
    talk.pause()
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
    talk.pause()
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


@pytest.mark.parametrize(("began_after_s", "confirmed_by"), [(-0.1, []), (0.1, ["voice"])])
async def test_a_spoken_yes_counts_only_if_it_began_after_the_read_back(
    call: Call, began_after_s: float, confirmed_by: list[str]
) -> None:
    session = open_session(call, in_writing(call))
    async with TextCall(session, OrderAgent(call)) as talk:
        await read_back(talk)
        ended = call.read_back_ended_at
        assert ended is not None
        began: llm.MetricsReport = {"started_speaking_at": ended.timestamp() + began_after_s}
        await session.generate_reply(user_input=llm.ChatMessage(role="user", content=["yes"], metrics=began))

    assert [order.confirmed_by for order in await orders_of(call)] == confirmed_by


@pytest.mark.parametrize("answers", [TextCall.press, TextCall.say])
async def test_a_quote_whose_time_has_run_out_places_nothing_and_says_so(
    talk: TextCall, call: Call, answers: Callable[[TextCall, str], Awaitable[str]]
) -> None:
    await read_back(talk)
    later = call.now + timedelta(hours=1)
    call._clock = lambda: later  # the caller has thought for an hour
    answer = await answers(talk, "1" if answers is TextCall.press else "yes")

    assert await orders_of(call) == []
    assert answer == Sentence.QUOTE_EXPIRED.words()


async def test_1_for_a_new_dish_after_an_order_says_that_this_is_not_ordered_yet(talk: TextCall) -> None:
    await read_back(talk)
    await talk.press("1")
    await talk.say("add a vanilla cheesecake")
    talk.pause()
    answer = await talk.press("1")

    assert answer.startswith("This is not ordered yet.")
    assert len(await orders_of(talk.call)) == 1


async def test_star_after_an_order_says_the_number_only_where_nothing_was_said_since(talk: TextCall) -> None:
    await read_back(talk)
    number = await talk.press("1")
    same = await talk.press("*")
    since = await talk.say("what is in my order")
    talk.pause()
    other = await talk.press("*")

    assert same == number
    assert other == since != number


async def test_checkout_with_a_dish_still_in_question_asks_again(talk: TextCall) -> None:
    question = await talk.say("a pad thai")

    assert await talk.say("checkout") == question


def a_clock_that_goes(seconds: float) -> Callable[[], float]:
    return count(0.0, seconds).__next__


@pytest.mark.parametrize(("apart", "numbers_said"), [(0.1, 1), (0.4, 3)])
async def test_the_same_key_within_a_quarter_of_a_second_is_one_press(
    call: Call, apart: float, numbers_said: int
) -> None:
    session = open_session(call, in_writing(call))
    async with TextCall(session, OrderAgent(call)) as talk:
        await read_back(talk)
        keypad = Keypad(session, clock=a_clock_that_goes(apart))
        for _ in range(3):
            keypad.press("1")
            await keypad.close()

    accepted = [line.text for line in await call.store.load_transcript(call.record.id) if line.speaker == "keypad"]
    assert accepted == ["1"] * numbers_said
    assert len(await orders_of(call)) == 1


async def test_a_key_held_at_two_tenths_of_a_second_is_not_one_press_for_ever(call: Call) -> None:
    session = open_session(call, in_writing(call))
    async with TextCall(session, OrderAgent(call)) as talk:
        await read_back(talk)
        keypad = Keypad(session, clock=a_clock_that_goes(0.2))
        for _ in range(5):
            keypad.press("1")
            await keypad.close()

    accepted = [line.text for line in await call.store.load_transcript(call.record.id) if line.speaker == "keypad"]
    assert len(accepted) == 3
    assert len(await orders_of(call)) == 1


async def test_the_digits_of_a_code_are_not_in_the_transcript(call: Call) -> None:
    session = open_session(call, in_writing(call))
    async with TextCall(session, OrderAgent(call)):
        keypad = Keypad(session)
        code = asyncio.create_task(keypad.collect(4))
        await asyncio.sleep(0)
        for digit in "4711":
            keypad.press(digit)
        keyed = await code
        await keypad.close()

    noted = [line.text for line in await call.store.load_transcript(call.record.id) if line.speaker == "keypad"]
    assert keyed == "4711"
    assert noted == ["•"] * 4
