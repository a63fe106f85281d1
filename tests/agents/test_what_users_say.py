"""The sentences that users know, each by text, judged by the cart and the order in the store."""

from __future__ import annotations

import pytest

from phone_agent.call import Call
from phone_agent.ordering.order import Order
from phone_agent.rehearsal.text import TextCall


def cart_of(call: Call) -> list[tuple[int, str]]:
    return [(line.quantity, line.item.name) for line in call.cart.lines]


async def orders_of(call: Call) -> list[Order]:
    found = await call.store.find_orders(profile_id=call.profile.id)
    return [order for order in found if order.placed_at >= call.record.started_at]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("I want cheesecake", "Cheesecake"),
        ("Find Thai restaurants", "Lotus Garden"),
        ("I want strawberry cheesecake from Cheesecake Factory", "Cheesecake Corner"),
        ("What's on the menu?", "Harbor House"),
        ("What appetizers do you have?", "$"),
        ("What's in my order?", "empty"),
        ("Checkout", "empty"),
        ("I'm ready to order", "What would you like"),
    ],
)
async def test_a_question_is_answered_and_nothing_is_ordered(talk: TextCall, words: str, named: str) -> None:
    answer = await talk.say(words)

    assert named in answer
    assert cart_of(talk.call) == []
    assert await orders_of(talk.call) == []


@pytest.mark.parametrize(
    ("words", "dish"),
    [
        ("Add vanilla cheesecake to cart", "Vanilla Cheesecake"),
        ("I'd like a Caesar Salad", "Caesar Salad"),
        ("Can I get the Caesar Salad?", "Caesar Salad"),
        ("Add Caesar Salad to my order", "Caesar Salad"),
    ],
)
async def test_a_dish_that_is_named_is_in_the_cart(talk: TextCall, words: str, dish: str) -> None:
    await talk.say(words)

    assert cart_of(talk.call) == [(1, dish)]


async def test_it_means_the_dish_that_was_shown(talk: TextCall) -> None:
    await talk.say("how much is the vanilla cheesecake")
    await talk.say("Add it to my cart")

    assert cart_of(talk.call) == [(1, "Vanilla Cheesecake")]


@pytest.mark.parametrize("yes", ["Yes, checkout", "Yes, confirm", "Yes, confirm order", "confirm order"])
async def test_a_yes_to_the_read_back_places_the_order(talk: TextCall, yes: str) -> None:
    await talk.say("I'd like a Caesar Salad and a Grilled Salmon")
    await talk.say("Checkout")
    answer = await talk.say(yes)

    (order,) = await orders_of(talk.call)
    assert order.totals.subtotal_cents == 3198
    assert order.confirmed_by == "text"
    assert f"#{order.number:03}" in answer
    assert cart_of(talk.call) == []


@pytest.mark.parametrize("yes", ["Yes, checkout", "Yes, confirm", "confirm order"])
async def test_a_yes_without_a_read_back_places_nothing(talk: TextCall, yes: str) -> None:
    await talk.say("I'd like a Caesar Salad")
    await talk.say(yes)

    assert await orders_of(talk.call) == []


async def test_the_ten_step_conversation_ends_in_one_order(talk: TextCall) -> None:
    offered = await talk.say("I want cheesecake for my wife")
    added = await talk.say("Add the strawberry one to cart")
    shown = await talk.say("Show my cart")
    read_back = await talk.say("Let's checkout")
    placed = await talk.say("Yes, confirm order")

    (order,) = await orders_of(talk.call)
    assert "Strawberry Cheesecake" in offered
    assert "Strawberry Cheesecake" in added
    assert "$" in shown
    assert "press 1 or say yes" in read_back
    assert f"#{order.number:03}" in placed
    assert "minutes" in placed
    assert [(line.quantity, line.name) for line in order.lines] == [(1, "Strawberry Cheesecake")]


async def test_answers_are_two_sentences_at_most(talk: TextCall) -> None:
    for words in ("I want cheesecake", "Find Thai restaurants", "What's on the menu?", "I'd like a Caesar Salad"):
        answer = await talk.say(words)

        assert sum(answer.replace("$", "").count(mark + " ") for mark in ".?!") <= 1, answer
