"""A sentence with several dishes: lines, questions and problems, each dish on its own."""

from __future__ import annotations

from itertools import count

from phone_agent.ordering.errors import NotUnderstood, SoldOut
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.ordering.taking import SortedOut, sort_out
from phone_agent.ordering.wording import words_for_lines


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


def test_dishes_of_other_restaurants_are_named_and_those_of_the_first_one_taken(food_court: Menu) -> None:
    found = sorted_out(food_court, "caesar salad", "vanilla cheesecake", "salmon", "mint lemonade")

    assert [line.item.name for line in found.lines] == ["Caesar Salad", "Grilled Salmon"]
    assert [str(problem) for problem in found.problems] == [
        "One order comes from one restaurant, so order Vanilla Cheesecake from Cheesecake Corner "
        "and Mint Lemonade from Green Bowl after this one."
    ]


def test_a_dish_with_an_open_choice_keeps_the_order_at_its_restaurant(food_court: Menu) -> None:
    found = sorted_out(food_court, "green curry", "caesar salad")

    assert found.lines == ()
    assert [question.request.item_name for question in found.questions] == ["green curry"]
    assert "Caesar Salad from Harbor House" in str(found.problems[0])


def test_no_choice_is_asked_for_a_dish_that_cannot_be_taken(food_court: Menu) -> None:
    found = sorted_out(food_court, "caesar salad", "green curry")

    assert found.questions == ()
    assert "Green Curry from Lotus Garden" in str(found.problems[0])


def test_a_dish_is_taken_without_what_it_does_not_come_with(food_court: Menu) -> None:
    options = (OptionRequest("croutons", "no"), OptionRequest("pineapple"))
    found = sort_out(
        [ItemRequest("caesar salad", options=options)],
        food_court,
        new_id=lambda: "1",
        nearby=food_court.restaurants,
        cart_restaurant_id=None,
    )

    assert words_for_lines(found.lines) == "1 Caesar Salad with no croutons"
    assert "doesn't come with that" in str(found.problems[0])


def test_what_is_not_on_the_menu_is_told_apart_from_what_was_taken(food_court: Menu) -> None:
    alone, beside = sorted_out(food_court, "bicycle"), sorted_out(food_court, "caesar salad", "bicycle")

    assert str(alone.problems[0]).startswith("I don't have that on the menu")
    assert str(beside.problems[0]).startswith("I don't have the other one on the menu")
