"""What bad input gets: a sentence that says what to do, and nothing lost."""

from __future__ import annotations

import pytest

from phone_agent.rehearsal.text import TextCall
from tests.agents.test_what_users_say import cart_of, orders_of


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("(unclear)", "say it again"),
        ("I'd like a bicycle", "What else"),
        ("twenty five caesar salads", "at most 20"),
        ("I'd like cheesecake", "Which"),
    ],
)
async def test_what_cannot_be_taken_is_asked_back(talk: TextCall, words: str, named: str) -> None:
    answer = await talk.say(words)

    assert named.lower() in answer.lower()
    assert cart_of(talk.call) == []


async def test_a_sold_out_dish_names_alternatives(talk: TextCall) -> None:
    answer = await talk.say("I'd like a pumpkin cheesecake")

    assert "sold out" in answer
    assert "Cheesecake" in answer.partition("sold out")[2]
    assert cart_of(talk.call) == []


async def test_a_missing_required_option_is_asked_for_and_its_answer_completes_the_dish(talk: TextCall) -> None:
    question = await talk.say("I'd like a green curry")
    first, *_ = talk.call.open_question.candidates if talk.call.open_question else ("",)
    nothing_yet = cart_of(talk.call)
    await talk.say(first)

    assert question.endswith("?")
    assert first
    assert nothing_yet == []
    assert cart_of(talk.call)[0][1] == "Green Curry"


async def test_a_digit_that_means_nothing_is_answered(talk: TextCall) -> None:
    assert "does nothing" in await talk.press("6")


async def test_more_than_fifty_dishes_are_refused_and_the_cart_stays(talk: TextCall) -> None:
    await talk.say("twenty caesar salads")
    await talk.say("twenty grilled salmon")
    answer = await talk.say("twenty shrimp scampi")

    assert "at most 50 dishes" in answer
    assert sum(quantity for quantity, _ in cart_of(talk.call)) == 40


async def test_an_empty_cart_cannot_be_checked_out(talk: TextCall) -> None:
    answer = await talk.say("checkout")

    assert "empty" in answer
    assert await orders_of(talk.call) == []


@pytest.mark.parametrize(
    "words",
    [
        "my card number is 4111 1111 1111 1111 and the code is 123",
        "it's 4111111111111111",
        "I'd like to pay with my visa four one one one one one one one one one one one one one one one",
        "can I give you my credit card number",
    ],
)
async def test_who_tells_a_card_number_hears_that_none_is_taken(talk: TextCall, words: str) -> None:
    await talk.say("a caesar salad")
    answer = await talk.say(words)

    assert "I take no payment on the phone" in answer
    assert cart_of(talk.call) == [(1, "Caesar Salad")]


async def test_a_dish_told_with_a_card_number_is_taken(talk: TextCall) -> None:
    answer = await talk.say("a caesar salad and a grilled salmon, my card is 4111 1111 1111 1111")

    assert cart_of(talk.call) == [(1, "Caesar Salad"), (1, "Grilled Salmon")]
    assert "I take no payment on the phone" in answer
