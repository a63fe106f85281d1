"""Ordering by keypad: from the first key to the order in the store, and back to talking."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from itertools import count
from pathlib import Path

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.store.sqlite import SqliteStore
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.test_what_users_say import cart_of, orders_of

TO_HARBOR_HOUSE = "9221"
"""The third restaurant of the demo menu: appetizers, salads, main dishes."""
CAESAR = TO_HARBOR_HOUSE + "21"
ADDED_KEYS = "Press 2 for the next dish, 5 to take it out, or pound to check out."


@pytest.fixture
async def talk(call: Call) -> AsyncIterator[TextCall]:
    async with held_in_writing(call) as talk:
        yield talk


@asynccontextmanager
async def held_in_writing(call: Call) -> AsyncIterator[TextCall]:
    """Every press comes a second after the last: no two are one."""
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        talk._keypad._clock = count(0.0, 1.0).__next__
        yield talk


async def keyed(talk: TextCall, keys: str) -> str:
    """One press after the other, as a thumb does; the answer to the last."""
    answer = ""
    for key in keys:
        answer = await talk.press(key)
    return answer


async def test_9_opens_the_menu_and_says_the_keys(talk: TextCall) -> None:
    answer = await talk.press("9")

    assert "pound checks out" in answer
    assert "Cheesecake Corner: press 1 to order there" in answer


async def test_keys_alone_complete_an_order(talk: TextCall) -> None:
    await keyed(talk, CAESAR + "42")
    added = await talk.press("1")
    await keyed(talk, "21")
    await keyed(talk, "22")
    required = await keyed(talk, "1")
    await keyed(talk, "21")
    read_back = await talk.press("#")
    placed = await talk.press("1")

    (order,) = await orders_of(talk.call)
    assert added.startswith("Added 2 Caesar Salads.")
    assert required.startswith("For the style: warm with butter.")
    assert "Harbor House" in read_back
    assert f"#{order.number:03}" in placed
    assert order.confirmed_by == "keypad"
    assert [(line.quantity, line.name, [option.label for option in line.options]) for line in order.lines] == [
        (2, "Caesar Salad", []),
        (1, "Lobster Roll", ["chilled with mayo"]),
    ]


async def test_the_menu_is_closed_after_the_order(talk: TextCall) -> None:
    await keyed(talk, CAESAR + "1#1")

    assert talk.call.keypad_walk is None
    assert len(await orders_of(talk.call)) == 1
    assert "order number" in await keyed(talk, "1")


async def test_keys_pressed_at_once_act_in_their_order(talk: TextCall) -> None:
    await keyed(talk, TO_HARBOR_HOUSE)
    await talk.press("21431")

    assert cart_of(talk.call) == [(3, "Caesar Salad")]


async def test_2_in_the_read_back_goes_back_to_the_menu_and_5_takes_out(talk: TextCall) -> None:
    await keyed(talk, CAESAR + "12")
    await keyed(talk, "11#")
    back = await talk.press("2")
    taken_out = await talk.press("5")
    await keyed(talk, "#1")

    (order,) = await orders_of(talk.call)
    assert "nothing is placed" in back
    assert "Grilled Salmon" in back
    assert taken_out.startswith("Took out 1 Grilled Salmon.")
    assert [(line.quantity, line.name) for line in order.lines] == [(1, "Caesar Salad")]


async def test_5_takes_out_what_was_added_last_wherever_it_stands(talk: TextCall) -> None:
    await keyed(talk, CAESAR + "1211" + "9211")
    both = cart_of(talk.call)
    await talk.press("5")

    assert both == [(2, "Caesar Salad"), (1, "Grilled Salmon")]
    assert cart_of(talk.call) == [(1, "Grilled Salmon")]


async def test_an_empty_cart_at_pound_is_said_and_the_menu_goes_on(talk: TextCall) -> None:
    answer = await keyed(talk, CAESAR + "#")

    assert "cart is empty" in answer
    assert "Caesar Salad for $8.99" in answer
    assert await orders_of(talk.call) == []


async def test_star_says_the_last_sentence_again(talk: TextCall) -> None:
    said = await keyed(talk, CAESAR)

    assert await talk.press("*") == said


async def test_0_and_a_dead_key_are_answered_with_the_place(talk: TextCall) -> None:
    await keyed(talk, CAESAR)
    person, dead = await talk.press("0"), await talk.press("7")

    assert "person" in person
    assert dead.startswith("That key does nothing here. Caesar Salad")


async def test_nothing_is_ordered_by_1_in_the_menu(talk: TextCall) -> None:
    await keyed(talk, "91111111")

    assert await orders_of(talk.call) == []


async def test_more_than_the_most_of_a_dish_is_refused_and_the_cart_stays(talk: TextCall) -> None:
    await keyed(talk, CAESAR + "491491")
    answer = await keyed(talk, "491")

    assert "at most 20" in answer
    assert "Caesar Salad for $8.99" in answer
    assert cart_of(talk.call) == [(18, "Caesar Salad")]


async def test_with_a_dish_in_the_cart_only_its_restaurant_sells(talk: TextCall) -> None:
    await talk.say("a caesar salad please")
    answer = await talk.press("9")

    assert "Appetizers: press 1" in answer


async def test_words_that_are_understood_leave_the_menu(talk: TextCall) -> None:
    await keyed(talk, CAESAR)
    await talk.say("a grilled salmon please")

    assert cart_of(talk.call) == [(1, "Grilled Salmon")]
    assert "Nothing is ordered yet" in await talk.press("1")


async def test_words_that_are_not_understood_stay_in_the_menu(talk: TextCall) -> None:
    await keyed(talk, CAESAR)
    answer = await talk.say("(unclear)")
    await talk.press("1")

    assert answer.startswith("Caesar Salad for $8.99.")
    assert cart_of(talk.call) == [(1, "Caesar Salad")]


async def test_three_turns_in_a_row_that_are_not_understood_open_the_menu(talk: TextCall) -> None:
    answers = [await talk.say("(unclear)") for _ in range(3)]

    assert "keypad" not in answers[0]
    assert "press 9" in answers[1]
    assert answers[2].startswith("Let's use your keypad")
    assert talk.call.keypad_walk is not None


async def test_a_turn_that_is_understood_begins_the_count_anew(talk: TextCall) -> None:
    for words in ("(unclear)", "(unclear)", "a caesar salad please", "(unclear)", "(unclear)"):
        await talk.say(words)

    assert talk.call.keypad_walk is None


async def test_the_count_begins_anew_after_the_menu_was_left(talk: TextCall) -> None:
    for words in ("(unclear)", "(unclear)", "(unclear)", "a caesar salad please", "(unclear)", "(unclear)"):
        await talk.say(words)

    assert talk.call.keypad_walk is None
    assert "Let's use your keypad" in await talk.say("(unclear)")


async def test_what_is_not_understood_in_the_read_back_points_at_its_keys(talk: TextCall) -> None:
    await talk.say("a caesar salad please")
    await talk.say("check out")
    answers = [await talk.say("(unclear)") for _ in range(3)]

    assert answers[2].startswith("To place it press 1")
    assert talk.call.has_open_quote
    assert talk.call.keypad_walk is None


async def test_a_store_that_cannot_be_written_is_spoken_and_nothing_is_added(store: Store, tmp_path: Path) -> None:
    impatient = await SqliteStore.open(tmp_path / "orders.sqlite3", longest_wait_s=0.2)
    call = await open_call(Arrival("r", "phone"), None, impatient, await store.load_menu())
    async with held_in_writing(call) as talk:
        await keyed(talk, CAESAR)
        with closing(sqlite3.connect(tmp_path / "orders.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = await talk.press("1")
        again = await talk.press("1")
    await impatient.close()

    assert answer.startswith("I can't reach our order book")
    assert "Caesar Salad for $8.99" in answer
    assert again.startswith("Added 1 Caesar Salad.")


async def test_a_menu_that_was_read_again_is_begun_again_and_the_key_adds_nothing(talk: TextCall, call: Call) -> None:
    await keyed(talk, CAESAR)
    call.menu = await call.store.load_menu()
    answer = await talk.press("1")

    assert answer.startswith("Cheesecake Corner")
    assert cart_of(call) == []


async def test_a_key_that_fails_in_an_unforeseen_way_is_still_answered(talk: TextCall, call: Call) -> None:
    keeper = call.keeper
    await keyed(talk, CAESAR)
    call.keeper = object()  # type: ignore[assignment]
    await talk.press("1")
    await asyncio.sleep(0.1)
    apology = talk.said[-1]
    call.keeper = keeper

    assert "something went wrong" in apology
    assert await talk.press("1") == "Added 1 Caesar Salad. " + ADDED_KEYS
