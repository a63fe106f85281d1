"""Who was cut off rings again: what is still theirs, and what is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.chores.lost_calls import SILENT_AT_ARRIVAL, close_those_left
from phone_agent.counter.returning import take_up_lost_cart
from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.selection import ItemRequest
from phone_agent.phone_line.session import open_session
from phone_agent.phone_line.silence import Silence
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.callers import NEW, a_call, names_in, talking

LOST_CART = "You were ordering Caesar Salad. Shall I go on with that?"


def knows(answer: bool | None) -> Callable[[str], Awaitable[bool | None]]:
    async def has_caller(room: str) -> bool | None:
        return answer

    return has_caller


@asynccontextmanager
async def after_a_kill(store: Store) -> AsyncIterator[None]:
    """A call with two salads in the cart whose job was killed a moment ago."""
    call = await a_call(store, NEW)
    await call.take([ItemRequest("Caesar Salad", 2)])
    yield
    await call.close()


@pytest.mark.parametrize("answer", [False, None, True])
async def test_who_rings_again_right_after_a_kill_is_offered_the_cart_once_the_earlier_leg_is_gone(
    store: Store, answer: bool | None
) -> None:
    async with after_a_kill(store):
        await close_those_left(store, NEW, "test2", knows(answer), utc_now())
        async with talking(store, NEW) as talk:
            is_offered = LOST_CART in talk.said[0]

    assert is_offered is (answer is False)


async def test_where_livekit_does_not_say_a_call_is_lost_that_was_silent_for_a_while(store: Store) -> None:
    async with after_a_kill(store):
        await close_those_left(store, NEW, "test2", knows(None), utc_now() + SILENT_AT_ARRIVAL + timedelta(seconds=1))
        async with talking(store, NEW) as talk:
            assert LOST_CART in talk.said[0]


async def test_an_earlier_job_of_the_same_room_is_lost_whatever_livekit_says(store: Store) -> None:
    async with after_a_kill(store):
        await close_those_left(store, NEW, "test", knows(True), utc_now())
        async with talking(store, NEW) as talk:
            assert LOST_CART in talk.said[0]


async def test_a_call_that_lives_after_all_goes_on_with_a_cart_of_its_own(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
        await store.close_lost_calls(silent_since=utc_now() + timedelta(hours=1))
        async with talking(store, NEW) as second:
            await second.say("yes")
            await first.say("a grilled salmon")
            await first.say("a grilled salmon")
            await second.press("1")
            await first.say("check out")
            await first.press("1")
            orders = await store.find_orders(limit=2)

    assert sorted([(line.quantity, line.name) for line in order.lines] for order in orders) == [
        [(1, "Grilled Salmon")],
        [(2, "Caesar Salad")],
    ]


async def test_a_lost_cart_that_was_refused_is_not_offered_in_the_next_call_either(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW) as second:
        await second.say("no")
    async with talking(store, NEW) as third:
        assert "You were ordering" not in third.said[0]


async def test_after_another_order_the_lost_cart_is_not_offered(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW) as second:
        await second.say("a grilled salmon")
        await second.say("check out")
        await second.press("1")
    async with talking(store, NEW) as third:
        assert "You were ordering" not in third.said[0]


@pytest.mark.parametrize("noise", ["blub blub", "hello", "what's in it"])
async def test_an_offer_outlives_what_is_no_answer(store: Store, noise: str) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW) as second:
        again = await second.say(noise)
        await second.say("yes")

        assert LOST_CART in again
        assert names_in(second.call) == ["Caesar Salad"]
        assert second.call.has_open_quote


@pytest.mark.parametrize(
    "words",
    [
        "go on",
        "yes go on",
        "continue please",
        "keep going",
        "yes, go on with my order",
        "I'd like to go on with my order",
        "check out",
    ],
)
async def test_going_on_is_a_yes_to_the_offer_of_a_lost_cart(store: Store, words: str) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW) as second:
        read_back = await second.say(words)

    assert "2 Caesar Salad" in read_back
    assert "press 1" in read_back


async def test_three_noises_in_a_row_still_lead_to_the_keypad(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW) as second:
        for _ in range(2):
            await second.say("blub blub")
        third = await second.say("blub blub")

        assert second.call.keypad_walk is not None
        assert LOST_CART not in third


async def test_silence_after_the_offer_is_answered_with_the_offer(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    call = await a_call(store, NEW)
    session = open_session(call, in_writing(call))
    async with TextCall(session, OrderAgent(call)) as second:
        Silence(session, seconds=0.1).reset()
        async with asyncio.timeout(5):
            while len(second.said) == 1:
                await asyncio.sleep(0.02)
        await second.say("yes")

        assert second.said[1] == LOST_CART
        assert names_in(call) == ["Caesar Salad"]


async def test_a_key_at_the_moment_of_the_yes_neither_loses_a_dish_nor_the_lost_cart(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    call = await a_call(store, NEW)
    adding = call.take([ItemRequest("Grilled Salmon")])
    done = await asyncio.gather(take_up_lost_cart(call), adding, return_exceptions=True)

    stored = await store.find_cart(call.record.id)
    assert stored == call.cart
    assert len([result for result in done if isinstance(result, BaseException)]) <= 1
    assert names_in(call) in (["Grilled Salmon"], ["Caesar Salad", "Grilled Salmon"])


@pytest.mark.parametrize(
    "said", ["go on with that and a grilled salmon", "let's go on with that and add a grilled salmon"]
)
async def test_who_goes_on_and_asks_for_more_has_both(store: Store, said: str) -> None:
    async with after_a_kill(store):
        await close_those_left(store, NEW, "test2", knows(False), utc_now())
        async with talking(store, NEW) as talk:
            await talk.say(said)

            assert names_in(talk.call) == ["Caesar Salad", "Grilled Salmon"]


async def test_an_allergy_told_with_the_yes_to_a_lost_cart_reaches_the_kitchen(store: Store) -> None:
    async with after_a_kill(store):
        await close_those_left(store, NEW, "test2", knows(False), utc_now())
        async with talking(store, NEW) as talk:
            await talk.say("check out, I have a nut allergy")
            await talk.press("1")

    (order,) = await store.find_orders(limit=1)
    assert "nut" in order.allergy_note


async def test_a_lost_cart_that_was_ordered_meanwhile_is_told_of_and_not_ordered_twice(store: Store) -> None:
    call = await a_call(store, NEW)
    await call.take([ItemRequest("Caesar Salad", 2)])
    await close_those_left(store, NEW, "test2", knows(False), utc_now())
    async with talking(store, NEW) as talk:
        call.open_quote(await call.checkout())
        await call.place_order("keypad")
        said = await talk.say("yes")

    assert "Your order from Harbor House is in the kitchen" in said
    assert len(await store.find_orders(caller_number=NEW)) == 1
    await call.close()
