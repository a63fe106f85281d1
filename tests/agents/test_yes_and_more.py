"""Offers of earlier orders, answered with more than a yes; judged by the cart."""

from __future__ import annotations

import pytest

from phone_agent.counter.returning import remember
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from tests.agents.callers import NEW, names_in, newest_order, talking


async def order(talk: TextCall, words: str) -> None:
    await talk.say(words)
    await talk.say("check out")
    await talk.say("yes")


async def known_for_salmon(store: Store, times: int = 2) -> None:
    async with talking(store, NEW) as talk:
        for _ in range(times):
            await order(talk, "a grilled salmon")
        talk.call.known.name = "Maria"
        await remember(talk.call)


@pytest.mark.parametrize(
    ("words", "cart"),
    [
        ("yes and a caesar salad", [(1, "Grilled Salmon"), (1, "Caesar Salad")]),
        ("yeah and two caesar salads please", [(1, "Grilled Salmon"), (2, "Caesar Salad")]),
        ("yes but make it two", [(2, "Grilled Salmon")]),
        ("yes please, a caesar salad too", [(1, "Grilled Salmon"), (1, "Caesar Salad")]),
        ("the usual and a caesar salad", [(1, "Grilled Salmon"), (1, "Caesar Salad")]),
        ("can I get my usual plus a caesar salad", [(1, "Grilled Salmon"), (1, "Caesar Salad")]),
        ("a caesar salad and my usual", [(1, "Grilled Salmon"), (1, "Caesar Salad")]),
        ("same as last time but make it three", [(3, "Grilled Salmon")]),
        ("right, the usual and a caesar salad", [(1, "Grilled Salmon"), (1, "Caesar Salad")]),
        ("yes please", [(1, "Grilled Salmon")]),
        ("yes, thank you", [(1, "Grilled Salmon")]),
        ("yeah I'd like a caesar salad", [(1, "Caesar Salad")]),
        ("no, a caesar salad", [(1, "Caesar Salad")]),
        ("yes no wait", []),
    ],
)
async def test_the_usual_comes_with_what_else_was_said(store: Store, words: str, cart: list[tuple[int, str]]) -> None:
    await known_for_salmon(store)
    async with talking(store, NEW) as talk:
        assert "The usual, Grilled Salmon?" in talk.said[0]
        said = await talk.say(words)

        assert [(line.quantity, line.item.name) for line in talk.call.cart.lines] == cart
        assert said.count("Anything else?") <= 1


@pytest.mark.parametrize("words", ["yes and check out", "the usual, that's all", "the usual and then check out please"])
async def test_the_usual_is_read_back_where_that_was_all(store: Store, words: str) -> None:
    await known_for_salmon(store)
    async with talking(store, NEW) as talk:
        said = await talk.say(words)

        assert "1 Grilled Salmon" in said
        assert talk.call.has_open_quote


async def test_what_was_not_understood_behind_the_yes_is_said(store: Store) -> None:
    await known_for_salmon(store)
    async with talking(store, NEW) as talk:
        said = await talk.say("yes and a blargh wibble")

        assert names_in(talk.call) == ["Grilled Salmon"]
        assert "Sorry" in said or "don't have" in said or "couldn't find" in said


@pytest.mark.parametrize(
    ("words", "cart"),
    [
        ("yes and add a grilled salmon", [(2, "Caesar Salad"), (1, "Grilled Salmon")]),
        ("yes but make it three", [(3, "Caesar Salad")]),
    ],
)
async def test_a_lost_cart_comes_with_what_else_was_said(store: Store, words: str, cart: list[tuple[int, str]]) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW) as second:
        said = await second.say(words)

        assert [(line.quantity, line.item.name) for line in second.call.cart.lines] == cart
        assert "Okay, you have 2 Caesar Salad" in said
        assert not second.call.has_open_quote


async def test_yes_and_checkout_reads_the_lost_cart_back(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW) as second:
        await second.say("yes, checkout please")

        assert second.call.has_open_quote


async def test_a_lost_delivery_stays_one_and_asks_for_the_street(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two pad thai mild")
        await first.say("deliver it to 12 Lake Street 32801")
        assert first.call.wishes.fulfilment.kind == "delivery"
    async with talking(store, NEW) as second:
        said = await second.say("yes")

        assert "What is the street address?" in said
        assert second.call.wishes.fulfilment.kind == "delivery"
        assert second.call.wishes.fulfilment.street == ""


async def test_what_was_cancelled_is_neither_told_nor_ordered_again(store: Store) -> None:
    await known_for_salmon(store, 1)
    async with talking(store, NEW) as talk:
        await order(talk, "a caesar salad")
        cancelled = await talk.say("cancel my order")
        heard = await talk.say("what did I order last time")
        await talk.say("yes")

        assert "is cancelled" in cancelled
        assert "Caesar" not in heard
        assert names_in(talk.call) == ["Grilled Salmon"]


async def test_a_cancelled_order_has_no_number_to_hear_again(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await order(talk, "a caesar salad")
        await talk.say("cancel my order")
        said = await talk.press("1")
        placed = await newest_order(talk)

    assert "order number" not in said
    assert placed.status == "cancelled"


async def test_the_usual_of_another_restaurant_asks_whether_to_start_over(store: Store) -> None:
    await known_for_salmon(store)
    async with talking(store, NEW) as talk:
        await talk.say("no")
        await talk.say("a pad thai mild")
        asked = await talk.say("the usual")
        await talk.say("yes")

        assert "Shall I start over with Grilled Salmon from Harbor House?" in asked
        assert names_in(talk.call) == ["Grilled Salmon"]


async def test_options_and_notes_survive_starting_over(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await order(talk, "two pad thai extra spicy no peanuts")
        placed = await newest_order(talk)
        await talk.say("no")
        await talk.say("a caesar salad")
        await talk.say("same as last time")
        await talk.say("yes")
        await talk.say("check out")
        await talk.press("1")
        again = await newest_order(talk)

    assert again.id != placed.id
    assert again.lines == placed.lines
