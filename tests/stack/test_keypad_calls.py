"""Calls without a word: the keypad alone completes an order over the real bridge."""

from __future__ import annotations

import asyncio

import pytest

from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.slots_of_sentences import SENTENCES
from phone_agent.rehearsal.script import Press
from tests.stack.calls import Dialled, Line, Rehearsed, dial_all

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]

HEARD = (
    *(sentence for sentence in SENTENCES if sentence.name.startswith("KEYPAD")),
    CallerSentence.HELLO_GUEST,
    CallerSentence.WHAT_WOULD_YOU_LIKE,
    CallerSentence.LANGUAGE_OFFER,
    Sentence.READ_BACK,
    Sentence.PRESS_ONE_OR_SAY_YES,
    Sentence.ORDER_PLACED,
)

TO_LOTUS_GARDEN = (Press("9"), Press("2"), Press("1"))
TWO_SPRING_ROLLS = (Press("1"), Press("4"), Press("2"), Press("1"))
A_MEDIUM_TOM_YUM_SOUP = (Press("2"), Press("2"), Press("1"), Press("2"), Press("1"))
SPRING_ROLLS_AND_SATAY = (Press("1"), Press("1"), Press("2"), Press("1"))
PLACE_IT = (Press("#"), Press("1"))

SILENT = "two dishes, one with a required option"
CORRECTED = "back from the read-back, one dish out"
CALLS = {
    SILENT: Dialled("+14075550141", (*TO_LOTUS_GARDEN, *TWO_SPRING_ROLLS, *A_MEDIUM_TOM_YUM_SOUP, *PLACE_IT)),
    CORRECTED: Dialled(
        "+14075550142",
        (*TO_LOTUS_GARDEN, *SPRING_ROLLS_AND_SATAY, Press("#"), Press("2"), Press("5"), *PLACE_IT),
    ),
}


@pytest.fixture(scope="module")
def rehearsed(line: Line) -> dict[str, Rehearsed]:
    return asyncio.run(dial_all(line, CALLS, sentences=HEARD))


def test_a_caller_who_never_speaks_orders_by_keypad(rehearsed: dict[str, Rehearsed]) -> None:
    done = rehearsed[SILENT]

    (order,) = done.grade.orders
    assert done.orders == [([(2, "Spring Rolls"), (1, "Tom Yum Soup")], 2 * 625 + 750)]
    assert [option.label for option in order.lines[1].options] == ["medium"]
    assert order.confirmed_by == "keypad"
    assert done.call.outcome == "ordered"


def test_the_prompts_can_be_made_out_by_sound_alone(rehearsed: dict[str, Rehearsed]) -> None:
    """Ears on a telephone line: what they make out names the dishes, the keys and the order's number."""
    done = rehearsed[SILENT]
    heard = " ".join(done.heard)

    assert "spring rolls for six dollars and twenty five cents" in heard, heard
    assert "press one to add it" in heard
    assert done.grade.heard_total
    assert done.grade.heard_order_number


def test_2_in_the_read_back_and_5_take_a_dish_out_of_the_order(rehearsed: dict[str, Rehearsed]) -> None:
    assert rehearsed[CORRECTED].orders == [([(1, "Spring Rolls")], 625)]
