"""What code takes with no model is right wherever it takes it."""

from __future__ import annotations

import pytest

from phone_agent.commands.understand import canonical
from phone_agent.understanding.certain import certain
from phone_agent.understanding.context import Context
from tests.understanding.shorthand import written
from tests.understanding.situations import situation
from tests.understanding.test_understanding import rows
from tests.understanding.test_whole_orders import RESTAURANTS, menu_of, orders, understood

TABLES = [(where, *row) for name in ("sentences.txt", "odd_sentences.txt", "terms.txt") for where, *row in rows(name)]
FOR_A_MODEL = [
    "i'd like a caesar salad, no, make that two",
    "a caesar salad and something for my kid",
    "could you do the pad thai a bit less salty",
    "two of those",
    "a caesar salad without anything weird",
    "i'm allergic to nuts, a caesar salad please",
    "not the caesar salad",
    "no caesar salad",
    "how much is the pad thai with shrimp for ten people",
    "what would you recommend",
]


def test_every_sentence_of_the_tables_that_is_certain_is_right() -> None:
    taken = [(certain(words, situation(where)), words, meaning) for where, words, meaning in TABLES]

    assert [(words, meaning) for intent, words, meaning in taken if intent and written([intent]) != meaning] == []
    assert sum(intent is not None for intent, _, _ in taken) > len(TABLES) / 6


@pytest.mark.parametrize("folder", ["orders", "orders_held"])
def test_every_whole_order_that_is_certain_is_right(folder: str) -> None:
    said = [(place, *row) for place in RESTAURANTS for row in orders(folder, place)]
    taken = [row for row in said if certain(row[1], Context(menu_of(row[0]))) is not None]

    wrong = [words for place, words, meant in taken if canonical(understood(place, words)) != canonical(meant.items)]
    assert wrong == []
    assert len(taken) > len(said) / 4


@pytest.mark.parametrize("words", FOR_A_MODEL)
def test_what_is_not_quite_plain_is_left_to_a_model(words: str) -> None:
    assert certain(words, situation("empty")) is None


def test_an_answer_to_the_open_question_is_certain_where_it_is_one_of_the_names() -> None:
    assert certain("the strawberry cheesecake please", situation("which")) is not None
    assert certain("the strawberry one with a candle", situation("which")) is None
