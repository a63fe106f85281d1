"""A call ends in time whatever is heard, and turns that change nothing end it too; what is being confirmed is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from phone_agent import line
from phone_agent.call import Call
from phone_agent.ordering.sentences import Sentence
from phone_agent.phone_line.limits import Limits, is_confirming
from phone_agent.rehearsal.text import TextCall
from tests.agents.test_what_users_say import orders_of

HINT, GOODBYE = Sentence.NOTHING_CHANGES.words(), Sentence.NOTHING_CHANGES_GOODBYE.words()
LONG = 20.0
IDLE_TURNS = 3


def limited(talk: TextCall, *, minutes: float = LONG, idle_turns: int = IDLE_TURNS) -> None:
    Limits(talk._session, minutes=minutes, idle_turns=idle_turns).watch()


async def until_over(talk: TextCall) -> None:
    async with asyncio.timeout(5):
        while not talk.is_over:
            await asyncio.sleep(0.01)


def noises() -> Iterator[str]:
    while True:
        yield from ("mumble", "what time do you close", "blah blah", "hello")


async def say_all(talk: TextCall, turns: int) -> None:
    for words, _ in zip(noises(), range(turns), strict=False):
        await talk.say(words)
        await asyncio.sleep(0.05)


async def test_turns_that_change_nothing_lead_to_a_hint_and_then_to_goodbye(talk: TextCall) -> None:
    limited(talk)
    await say_all(talk, IDLE_TURNS - 1)
    hint_is_last = talk.said[-1] == HINT
    await say_all(talk, 1)
    await until_over(talk)

    assert hint_is_last
    assert (talk.said.count(HINT), talk.said[-1], talk.call.ended_because) == (1, GOODBYE, "nothing_changed")


async def test_a_turn_that_changes_the_cart_begins_the_count_anew(talk: TextCall) -> None:
    limited(talk)
    await say_all(talk, IDLE_TURNS - 1)
    await talk.say("add a caesar salad")
    await say_all(talk, IDLE_TURNS - 1)

    assert not talk.is_over
    assert GOODBYE not in talk.said


async def test_a_call_ends_in_time_though_words_keep_coming(talk: TextCall) -> None:
    limited(talk, minutes=0.005, idle_turns=99)
    with pytest.raises((RuntimeError, TimeoutError)):
        async with asyncio.timeout(5):
            await say_all(talk, 999)
    await until_over(talk)

    assert Sentence.TOO_LONG_GOODBYE.words() in talk.said
    assert talk.call.ended_because == "too_long"


async def test_an_order_that_was_read_back_can_be_confirmed_after_the_time_is_over(talk: TextCall) -> None:
    await talk.say("add a caesar salad")
    await talk.say("check out")
    limited(talk, minutes=0.001)
    await asyncio.sleep(0.3)
    still_confirming = is_confirming(talk.call) and not talk.is_over
    await talk.press("1")
    await until_over(talk)

    assert still_confirming
    assert len(await orders_of(talk.call)) == 1
    assert talk.said[-1] == Sentence.TOO_LONG_AFTER_ORDER.words()


async def test_the_last_words_are_said_once_whoever_says_goodbye_first(talk: TextCall) -> None:
    await asyncio.gather(
        line.goodbye(talk._session, Sentence.GOODBYE),
        line.goodbye(talk._session, Sentence.SILENCE_GOODBYE),
        line.goodbye(talk._session, Sentence.TOO_LONG_GOODBYE),
    )
    await until_over(talk)

    assert talk.said[1:] == [Sentence.GOODBYE.words()]


async def test_the_limits_end_with_the_call(call: Call, talk: TextCall) -> None:
    limits = Limits(talk._session, minutes=LONG, idle_turns=IDLE_TURNS)
    limits.watch()
    await talk.say("goodbye")
    await until_over(talk)
    await asyncio.sleep(0)

    assert limits._clock is not None
    assert limits._clock.cancelled()
