"""The store did what it was asked and its answer is lost: one order, never denied, and told of as soon as can be."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.sentences import Sentence
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from tests.agents.callers import NEW, names_in, talking

UNKNOWN = Sentence.PLACING_UNKNOWN.words()


class Forgetful:
    """Carries everything out, and loses the answers that it is told to lose; or what it was asked, before that."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.slow = ""
        self.lost_answers: Counter[str] = Counter()
        self.lost_requests: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self._store, name)

        async def asked(*given: object, **named: object) -> object:
            if self.lost_requests[name]:
                self.lost_requests[name] -= 1
                raise StoreUnavailable(Sentence.STORE_UNAVAILABLE.words())
            answer = await method(*given, **named)
            if name == self.slow:
                await asyncio.sleep(0.2)
            if self.lost_answers[name]:
                self.lost_answers[name] -= 1
                raise StoreUnavailable(Sentence.STORE_UNAVAILABLE.words())
            return answer

        return asked


@pytest.fixture
def forgetful(store: Store) -> Forgetful:
    return Forgetful(store)


@asynccontextmanager
async def confirmed(forgetful: Forgetful, *, lost: int) -> AsyncIterator[TextCall]:
    """A caller has pressed 1, which is carried out and not answered."""
    async with talking(cast("Store", forgetful), NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        forgetful.lost_answers["place_order"] = lost
        assert await talk.press("1") == UNKNOWN
        talk.pause()
        yield talk


async def placed(store: Store) -> int:
    return len(await store.find_orders(caller_number=NEW))


@pytest.mark.parametrize("again", ["1", "yes", "check out", "goodbye"])
async def test_the_same_quote_is_tried_again_at_the_next_opportunity(
    forgetful: Forgetful, store: Store, again: str
) -> None:
    async with confirmed(forgetful, lost=1) as talk:
        said = await (talk.press(again) if again == "1" else talk.say(again))

        assert "order number is #001" in said
        assert talk.call.cart.is_empty
    assert await placed(store) == 1


@pytest.mark.parametrize("again", ["1", "yes", "check out"])
async def test_an_order_nobody_heard_of_is_never_denied(forgetful: Forgetful, store: Store, again: str) -> None:
    async with confirmed(forgetful, lost=2) as talk:
        said = await (talk.press(again) if again == "1" else talk.say(again))

        assert said == Sentence.PLACING_UNKNOWN_GOODBYE.words()
    assert await placed(store) == 1
    (record, *_) = await store.find_calls()
    assert (record.outcome, record.reason) == ("ordered", "store_unavailable")


async def test_the_next_call_begins_with_an_order_nobody_heard_of(forgetful: Forgetful, store: Store) -> None:
    async with confirmed(forgetful, lost=5) as talk:
        await talk.press("1")
    async with talking(store, NEW) as talk:
        greeting = talk.said[0]
        status = await talk.say("where's my order")

    assert "Your order from Harbor House is in the kitchen" in greeting
    assert "Your order from Harbor House is in the kitchen" in status
    assert await placed(store) == 1


async def test_who_hangs_up_before_hearing_of_the_order_has_one(forgetful: Forgetful, store: Store) -> None:
    async with confirmed(forgetful, lost=1):
        pass

    assert await placed(store) == 1
    (record, *_) = await store.find_calls()
    assert record.outcome == "ordered"


async def test_a_confirmation_that_never_arrived_is_sent_again_when_the_caller_hangs_up(
    forgetful: Forgetful, store: Store
) -> None:
    async with talking(cast("Store", forgetful), NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        forgetful.lost_requests["place_order"] = 1
        await talk.press("1")

    assert await placed(store) == 1


@pytest.mark.parametrize("no", ["2", "no", "add a grilled salmon", "a ten percent tip"])
async def test_whoever_wants_it_otherwise_hears_that_it_is_placed(forgetful: Forgetful, store: Store, no: str) -> None:
    async with confirmed(forgetful, lost=1) as talk:
        said = await (talk.press(no) if no == "2" else talk.say(no))
        number = await talk.press("*")

        assert said == Sentence.PLACED_AFTER_ALL.words(order_number="001")
        assert "order number is #001" in number
    assert await placed(store) == 1


async def test_what_is_repeated_denies_nothing_and_reads_nothing_back(forgetful: Forgetful, store: Store) -> None:
    async with confirmed(forgetful, lost=1) as talk:
        assert await talk.press("*") == UNKNOWN


async def test_1_asks_again_where_the_keypad_menu_was_left_open(forgetful: Forgetful, store: Store) -> None:
    async with talking(cast("Store", forgetful), NEW) as talk:
        await talk.say("a caesar salad")
        for key, lost in (("9", 0), ("#", 0), ("1", 1), ("#", 0), ("1", 0)):
            forgetful.lost_answers["place_order"] = lost
            said = await talk.press(key)
            talk.pause()

    assert "order number is #001" in said
    assert await placed(store) == 1


async def test_2_while_the_order_is_being_placed_does_not_say_that_nothing_is(
    forgetful: Forgetful, store: Store
) -> None:
    async with talking(cast("Store", forgetful), NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        forgetful.slow = "place_order"
        said = await talk.press("12")

    assert Sentence.PLACED_AFTER_ALL.words(order_number="001") in said
    assert "nothing is placed" not in said
    assert await placed(store) == 1


@pytest.mark.parametrize("no", ["2", "no"])
async def test_a_no_withdraws_a_confirmation_that_never_arrived(forgetful: Forgetful, store: Store, no: str) -> None:
    async with talking(cast("Store", forgetful), NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        forgetful.lost_requests["place_order"] = 1
        await talk.press("1")
        said = await (talk.press(no) if no == "2" else talk.say(no))
        await talk.say("add a grilled salmon")

        assert said == Sentence.BACK_TO_EDITING.words()
        assert names_in(talk.call) == ["Caesar Salad", "Grilled Salmon"]
    assert await placed(store) == 0


async def test_a_no_that_does_not_arrive_either_denies_nothing(forgetful: Forgetful, store: Store) -> None:
    async with talking(cast("Store", forgetful), NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        forgetful.lost_requests.update({"place_order": 1, "withdraw_quote": 1})
        await talk.press("1")
        said = await talk.press("2")

    assert said == Sentence.PLACING_UNKNOWN_GOODBYE.words()
    assert await placed(store) == 0


async def test_a_dish_whose_answer_was_lost_is_not_put_in_twice(forgetful: Forgetful, store: Store) -> None:
    async with talking(cast("Store", forgetful), NEW) as talk:
        await talk.say("a caesar salad")
        forgetful.lost_answers["save_cart"] = 1
        first = await talk.say("add a grilled salmon")
        second = await talk.say("add a grilled salmon")
        cart = await store.find_cart(talk.call.record.id)

        assert first == Sentence.STORE_UNAVAILABLE.words()
        assert second.startswith("Added 1 ")
        assert cart == talk.call.cart
        assert [line.quantity for line in talk.call.cart.lines] == [1, 1]


async def test_the_first_dish_whose_answer_was_lost_is_not_put_in_twice(forgetful: Forgetful, store: Store) -> None:
    async with talking(cast("Store", forgetful), NEW) as talk:
        forgetful.lost_answers["save_cart"] = 1
        await talk.say("a caesar salad")
        await talk.say("a caesar salad")

        assert [line.quantity for line in talk.call.cart.lines] == [1]


async def test_a_dish_whose_answer_was_lost_is_read_back(forgetful: Forgetful, store: Store) -> None:
    async with talking(cast("Store", forgetful), NEW) as talk:
        await talk.say("a caesar salad")
        forgetful.lost_answers["save_cart"] = 1
        await talk.say("add a grilled salmon")
        said = await talk.say("check out")

    assert "1 Caesar Salad and 1 Grilled Salmon" in said
