"""A sentence with several dishes: lines, questions and problems, each dish on its own."""

from __future__ import annotations

from itertools import count

from phone_agent.ordering.errors import NotUnderstood, SoldOut
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.selection import ItemRequest
from phone_agent.ordering.taking import SortedOut, sort_out


def sorted_out(menu: Menu, *names: str) -> SortedOut:
    numbers = count(1)
    return sort_out(
        [ItemRequest(name) for name in names],
        menu,
        new_id=lambda: str(next(numbers)),
        nearby=menu.restaurants,
        cart_restaurant_id=None,
    )


def test_clear_dishes_become_lines(food_court: Menu) -> None:
    found = sorted_out(food_court, "caesar salad", "salmon")

    assert [line.item.name for line in found.lines] == ["Caesar Salad", "Grilled Salmon"]
    assert (found.questions, found.problems) == ((), ())


def test_unclear_dish_does_not_hold_up_the_clear_one(food_court: Menu) -> None:
    found = sorted_out(food_court, "cheesecake", "vanilla cheesecake")

    assert [line.item.name for line in found.lines] == ["Vanilla Cheesecake"]
    assert found.questions[0].candidates == ("Strawberry Cheesecake", "Vanilla Cheesecake", "Chocolate Cheesecake")


def test_open_choice_is_a_question_with_its_answers(food_court: Menu) -> None:
    (question,) = sorted_out(food_court, "margherita pizza").questions

    assert question.words == "What size would you like for the Margherita Pizza: small or large?"
    assert question.candidates == ("small", "large")


def test_what_cannot_be_had_is_a_problem(food_court: Menu) -> None:
    found = sorted_out(food_court, "pumpkin cheesecake", "sushi")

    assert [type(problem) for problem in found.problems] == [SoldOut, NotUnderstood]


def test_later_dishes_are_looked_for_where_the_first_one_is_from(food_court: Menu) -> None:
    found = sorted_out(food_court, "pad thai", "spring rolls", "chicken")

    assert [line.item.name for line in found.lines] == ["Spring Rolls", "Chicken Satay"]
