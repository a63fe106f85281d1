"""What callers say of themselves, and what is none of it."""

from __future__ import annotations

import pytest

from phone_agent.understanding.about_caller import (
    AboutCaller,
    CancelPlaced,
    ChangePlaced,
    ForgetMe,
    History,
    KeyInPin,
    MyName,
    OrderStatus,
    SameAgain,
    Tastes,
    Usual,
    about_caller,
)
from phone_agent.understanding.names import name_in
from tests.understanding.situations import situation

SAID: list[tuple[str, AboutCaller]] = [
    ("the usual please", Usual()),
    ("Hi, can I get my usual?", Usual()),
    ("same as last time", SameAgain()),
    ("I'll have the same thing as last time", SameAgain()),
    ("what did I order last time?", History()),
    ("where's my order", OrderStatus()),
    ("is my food ready yet", OrderStatus()),
    ("cancel the order I just placed", CancelPlaced()),
    ("cancel my order", CancelPlaced()),
    ("I'd like to cancel my order please", CancelPlaced()),
    ("please cancel the order", CancelPlaced()),
    ("can you cancel it", CancelPlaced(is_named=False)),
    ("I want to change my order", ChangePlaced()),
    ("is it ready yet", OrderStatus()),
    ("when will it be ready", OrderStatus()),
    ("how long for my order", OrderStatus()),
    ("has my order been delivered", OrderStatus()),
    ("I'm calling about my order", OrderStatus()),
    ("please forget me", ForgetMe()),
    ("delete my data", ForgetMe()),
    ("I'd like to enter my PIN", KeyInPin()),
    ("my pin is 2468", KeyInPin()),
    ("my PIN code is two four six eight", KeyInPin()),
    ("pin twenty four sixty eight", KeyInPin()),
    ("my name is maria lopez", MyName("Maria Lopez")),
    ("I'm vegetarian, remember that", Tastes(("vegetarian",), ())),
    ("I like Thai food, please remember that", Tastes((), ("Thai",))),
]
NOT_SAID = [
    "i'm allergic to nuts, what can i have", "i like thai food", "two caesar salads", "forget it",
    "do you have anything vegetarian", "this is all", "what's in my order", "forget the salad",
]  # fmt: skip


@pytest.mark.parametrize(("words", "meaning"), SAID)
def test_a_sentence_about_the_caller_is_understood(words: str, meaning: AboutCaller) -> None:
    assert about_caller(words, situation("empty")) == meaning


@pytest.mark.parametrize("words", NOT_SAID)
def test_a_sentence_about_food_stays_one(words: str) -> None:
    assert about_caller(words, situation("empty")) is None


@pytest.mark.parametrize(
    "words", ["cancel my order", "I want to change my order", "when will it be ready", "cancel it"]
)
@pytest.mark.parametrize("where", ["cart", "which"])
def test_with_something_to_order_it_is_about_that(words: str, where: str) -> None:
    assert about_caller(words, situation(where)) is None


@pytest.mark.parametrize("words", [words for words, _ in SAID])
def test_nothing_of_it_answers_a_read_back(words: str) -> None:
    assert about_caller(words, situation("quote")) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Maria", "Maria"),
        ("it's Maria Lopez", "Maria Lopez"),
        ("for Bo please", "Bo"),
        ("no", None),
        ("12", None),
        ("O'Neill", "O'Neill"),
        ("it's José", "José"),
        ("jean-luc", "Jean-Luc"),
        ("my name's bob", "Bob"),
        ("Smith for pickup", "Smith"),
        ("yes, it's Rose McDonald.", "Rose McDonald"),
    ],
)
def test_a_name_is_taken_from_an_answer(words: str, name: str | None) -> None:
    assert name_in(words) == name
