"""Changes of what is ordered already, judged by the cart: what was said is done, or it is asked, or nothing changes."""

from __future__ import annotations

import pytest

from phone_agent.call import Call
from phone_agent.ordering.wording import words_for_line
from phone_agent.rehearsal.text import TextCall


def lines_of(call: Call) -> list[str]:
    return [words_for_line(line) for line in call.cart.lines]


async def test_a_dish_of_another_restaurant_asks_whether_to_start_over(talk: TextCall) -> None:
    await talk.say("a caesar salad and a grilled salmon")
    answer = await talk.say("change the caesar salad to a quinoa bowl")

    assert "Shall I start over with Quinoa Bowl from Green Bowl?" in answer
    assert lines_of(talk.call) == ["1 Caesar Salad", "1 Grilled Salmon"]


@pytest.mark.parametrize(("reply", "lines"), [("yes", ["1 Quinoa Bowl"]), ("no", ["1 Caesar Salad"])])
async def test_the_only_dish_is_not_moved_to_another_restaurant_unasked(
    talk: TextCall, reply: str, lines: list[str]
) -> None:
    await talk.say("a caesar salad")
    await talk.say("make that a quinoa bowl instead")
    await talk.say(reply)

    assert lines_of(talk.call) == lines


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        (
            ["two classic cheeseburgers", "make one of them with bacon"],
            ["1 Classic Cheeseburger", "1 Classic Cheeseburger with bacon"],
        ),
        (
            ["two classic cheeseburgers", "one of them with bacon"],
            ["1 Classic Cheeseburger", "1 Classic Cheeseburger with bacon"],
        ),
        (
            ["three classic cheeseburgers", "can i have one of the cheeseburgers without pickles"],
            ["2 Classic Cheeseburgers", "1 Classic Cheeseburger with no pickles"],
        ),
        (
            ["three classic cheeseburgers with bacon", "make two of them with no onions"],
            ["1 Classic Cheeseburger with bacon", "2 Classic Cheeseburgers with no onions and bacon"],
        ),
        (
            ["a caesar salad and a caesar salad without croutons", "one of the caesar salads with extra dressing"],
            ["1 Caesar Salad", "1 Caesar Salad with no croutons and extra dressing"],
        ),
        (
            ["a classic cheeseburger", "add another one with no onions"],
            ["1 Classic Cheeseburger", "1 Classic Cheeseburger with no onions"],
        ),
        (
            ["a classic cheeseburger with bacon", "and one without onions"],
            ["1 Classic Cheeseburger with bacon", "1 Classic Cheeseburger with no onions and bacon"],
        ),
        (
            ["a classic cheeseburger with no onions", "can i get two more with bacon"],
            ["1 Classic Cheeseburger with no onions", "2 Classic Cheeseburgers with bacon"],
        ),
        (
            ["a classic cheeseburger with bacon", "the same again but with no pickles"],
            ["1 Classic Cheeseburger with bacon", "1 Classic Cheeseburger with no pickles and bacon"],
        ),
        (
            ["a classic cheeseburger", "a classic cheeseburger with bacon", "no onions on the cheeseburger"],
            ["1 Classic Cheeseburger", "1 Classic Cheeseburger with no onions and bacon"],
        ),
        (["a caesar salad", "same again"], ["2 Caesar Salads"]),
        (["a classic cheeseburger", "two with bacon"], ["2 Classic Cheeseburgers with bacon"]),
        (["a classic cheeseburger", "no, one with bacon"], ["1 Classic Cheeseburger with bacon"]),
        (
            ["three classic cheeseburgers", "one with bacon"],
            ["2 Classic Cheeseburgers", "1 Classic Cheeseburger with bacon"],
        ),
        (
            ["three classic cheeseburgers", "one with bacon and two with no onions"],
            ["2 Classic Cheeseburgers with no onions", "1 Classic Cheeseburger with bacon"],
        ),
        (
            ["a large margherita pizza with olives", "another one with bacon"],
            ["1 large Margherita Pizza with olives", "1 large Margherita Pizza with bacon"],
        ),
        (["two classic cheeseburgers", "make both of them with bacon"], ["2 Classic Cheeseburgers with bacon"]),
        (["a classic cheeseburger", "make it with bacon"], ["1 Classic Cheeseburger with bacon"]),
        (["a caesar salad", "change it to a lobster roll", "warm"], ["1 Lobster Roll, warm with butter"]),
        (["two caesar salads", "make that a lobster roll", "chilled"], ["2 Lobster Rolls, chilled with mayo"]),
        (["a caesar salad and a grilled salmon", "make the caesar salad a lobster roll", "warm"],
         ["1 Lobster Roll, warm with butter", "1 Grilled Salmon"]),
        (["a classic cheeseburger no mustard", "actually with mustard"], ["1 Classic Cheeseburger"]),
        (["a classic cheeseburger no mustard and no relish", "add the mustard"], ["1 Classic Cheeseburger, no relish"]),
    ],
)  # fmt: skip
async def test_a_change_does_what_was_said(talk: TextCall, said: list[str], lines: list[str]) -> None:
    for words in said:
        await talk.say(words)

    assert lines_of(talk.call) == lines


@pytest.mark.parametrize(
    "said", ["make the caesar salad a purple unicorn", "make the caesar salad a vanilla cheesecake"]
)
async def test_a_change_that_changes_nothing_is_not_called_one(talk: TextCall, said: str) -> None:
    await talk.say("a caesar salad and a grilled salmon")
    answer = await talk.say(said)

    assert "Changed" not in answer
    assert lines_of(talk.call) == ["1 Caesar Salad", "1 Grilled Salmon"]


async def test_a_half_is_named_by_its_dish(talk: TextCall) -> None:
    await talk.say("a large pizza half margherita half mushroom")
    await talk.say("add bacon on the mushroom half")

    (pizza,) = talk.call.cart.lines
    assert pizza.other_half is not None
    assert pizza.other_half.name == "Mushroom Pizza"
    assert [(c.modifier.label, c.half) for c in pizza.modifiers if c.half] == [("bacon", "right")]


@pytest.mark.parametrize(
    "said", ["what toppings do you have for the margherita pizza", "which toppings are there on the margherita pizza"]
)
async def test_the_choices_of_a_dish_are_named_when_asked_for(talk: TextCall, said: str) -> None:
    answer = await talk.say(said)

    assert answer.startswith("What toppings would you like for the Margherita Pizza: cheese, extra cheese, olives")
    assert lines_of(talk.call) == []


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("two grilled salmon, one well done", ["1 Grilled Salmon", "1 Grilled Salmon, well done"]),
        (
            "three classic cheeseburgers, one with bacon and cut in half",
            ["2 Classic Cheeseburgers", "1 Classic Cheeseburger with bacon, cut in half"],
        ),
        (
            "two classic cheeseburgers, one with bacon from burger barn",
            ["1 Classic Cheeseburger", "1 Classic Cheeseburger with bacon"],
        ),
        (
            "two pad thai one mild and one hot and a medium green curry",
            ["1 Pad Thai, mild", "1 Pad Thai, hot", "1 Green Curry, medium"],
        ),
    ],
)
async def test_who_sets_one_apart_gets_all_of_them(talk: TextCall, said: str, lines: list[str]) -> None:
    await talk.say(said)

    assert lines_of(talk.call) == lines


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("the classic one", "1 Barn Combo with Classic Cheeseburger"),
        ("classic", "1 Barn Combo with Classic Cheeseburger"),
        ("the veggie one please", "1 Barn Combo with Veggie Burger"),
        ("I'd like the veggie", "1 Barn Combo with Veggie Burger"),
    ],
)
async def test_a_part_of_a_combo_is_chosen_by_any_word_of_it(talk: TextCall, said: str, line: str) -> None:
    await talk.say("a barn combo")
    await talk.say(said)

    assert lines_of(talk.call) == [line]


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("large and a garlic bread", ["1 large Margherita Pizza", "1 Garlic Bread"]),
        ("a large one and two garlic breads", ["1 large Margherita Pizza", "2 Garlic Bread"]),
        ("large and a small pepperoni pizza", ["1 large Margherita Pizza", "1 small Pepperoni Pizza"]),
        ("a large margherita pizza with olives", ["1 large Margherita Pizza with olives"]),
    ],
)
async def test_a_dish_told_with_an_answer_is_added(talk: TextCall, said: str, lines: list[str]) -> None:
    await talk.say("a margherita pizza")
    await talk.say(said)

    assert lines_of(talk.call) == lines


@pytest.mark.parametrize("said", ["undo that", "scratch that", "cancel that"])
async def test_taking_a_removal_back_removes_nothing_else(talk: TextCall, said: str) -> None:
    await talk.say("a caesar salad and a grilled salmon")
    await talk.say("remove the salmon")
    await talk.say(said)

    assert lines_of(talk.call) == ["1 Caesar Salad"]


async def test_a_note_for_the_order_is_passed_on(talk: TextCall) -> None:
    await talk.say("a caesar salad")
    await talk.say("add a note: leave it at the door")

    assert talk.call.wishes.order_note == "leave it at the door"
