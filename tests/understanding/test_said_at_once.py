"""Several things said in one sentence of a call become what the cart takes."""

from __future__ import annotations

import pytest

from phone_agent.ordering.cart import Half
from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import AddItems
from phone_agent.understanding.parser import understand
from tests.understanding.test_whole_orders import menu_of


def added(utterance: str) -> tuple[ItemRequest, ...]:
    (intent,) = understand(utterance, Context(menu_of("corner_pizzeria"))).intents
    assert isinstance(intent, AddItems)
    return intent.items


def test_two_halves_of_one_dish_are_one_line() -> None:
    (pizza,) = added("i'd like one large pizza half pepperoni half mushrooms")
    halves: list[tuple[str, Half | None]] = [(option.name, option.half) for option in pizza.options]

    assert (pizza.item_name, pizza.quantity, pizza.other_half) == ("Pizza", 1, "")
    assert halves == [("large", None), ("pepperoni", "left"), ("mushrooms", "right")]


@pytest.mark.parametrize(
    ("utterance", "halves"),
    [
        ("half pepperoni half mushroom pizza", [("pepperoni", "left"), ("mushrooms", "right")]),
        (
            "a pizza half pepperoni half mushrooms light cheese",
            [("cheese", None), ("pepperoni", "left"), ("mushrooms", "right")],
        ),
        ("a pizza half pepperoni half extra mushrooms", [("pepperoni", "left"), ("mushrooms", "right")]),
    ],
)
def test_what_is_said_after_both_halves_is_on_all_of_it(utterance: str, halves: list[tuple[str, Half | None]]) -> None:
    (pizza,) = added(utterance)

    assert [(option.name, option.half) for option in pizza.options] == halves


def test_two_dishes_in_halves_are_one_line() -> None:
    pizza, drink = added("can i have half margherita half hawaiian and a large cola")

    assert (pizza.item_name, pizza.other_half) == ("Margherita Pizza", "Hawaiian Pizza")
    assert (drink.item_name, drink.options) == ("Cola", (OptionRequest("large"),))


@pytest.mark.parametrize(
    "utterance",
    [
        "a large pizza half margherita half hawaiian",
        "half margherita half hawaiian large",
        "a large half and half margherita and hawaiian",
        "one large pizza with half margherita and half hawaiian",
    ],
)
def test_two_halves_have_one_size_wherever_it_was_said(utterance: str) -> None:
    (pizza,) = added(utterance)

    assert (pizza.item_name, pizza.quantity, pizza.other_half) == ("Margherita Pizza", 1, "Hawaiian Pizza")
    assert pizza.options == (OptionRequest("large"),)


@pytest.mark.parametrize("side", ["margherita", "left"])
def test_an_option_lies_on_the_half_that_was_named(side: str) -> None:
    (pizza,) = added(f"a large half margherita half hawaiian with mushrooms on the {side} half")

    assert (pizza.other_half, pizza.options[1:]) == ("Hawaiian Pizza", (OptionRequest("mushrooms", half="left"),))


@pytest.mark.parametrize(
    ("utterance", "quantities"),
    [
        ("i'll take two no three hawaiian pizzas with extra ham and a cola", [3, 1]),
        ("give me three margherita pizzas one of them without basil", [2, 1]),
        ("we need a garlic bread and two seven ups", [1, 2]),
    ],
)
def test_each_quantity_is_as_it_was_said(utterance: str, quantities: list[int]) -> None:
    assert [item.quantity for item in added(utterance)] == quantities


def test_two_pizzas_in_halves_are_two_of_both() -> None:
    pizzas, bread = added("two large pizzas half margherita half hawaiian and a garlic bread")

    assert (pizzas.quantity, pizzas.item_name, pizzas.other_half) == (2, "Margherita Pizza", "Hawaiian Pizza")
    assert (bread.quantity, bread.item_name) == (1, "Garlic Bread")
