"""Whole orders at five restaurants, said in one go, against what each of them means."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from phone_agent.commands.understand import ItemOut, Meant, canonical, result_of
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.understanding.whole_order import whole_order

HERE = Path(__file__).parent
RESTAURANTS = sorted(path.stem for path in (HERE / "menus").glob("*.json"))
Said = tuple[str, Meant]


@cache
def menu_of(restaurant: str) -> Menu:
    return parse_menu((HERE / "menus" / f"{restaurant}.json").read_text(encoding="utf-8"))


def orders(folder: str, restaurant: str) -> list[Said]:
    rows = (HERE / folder / f"{restaurant}.jsonl").read_text(encoding="utf-8").splitlines()
    return [(json.loads(row)["utterance"], Meant.model_validate_json(row)) for row in rows]


def understood(restaurant: str, utterance: str) -> tuple[ItemOut, ...]:
    return result_of("1", whole_order(utterance, menu_of(restaurant))).items


def exact_rate(folder: str, part: slice) -> float:
    said = [(place, *row) for place in RESTAURANTS for row in orders(folder, place)[part]]
    exact = [canonical(understood(place, words)) == canonical(meant.items) for place, words, meant in said]
    return sum(exact) / len(exact)


def test_nearly_all_orders_that_were_tuned_on_are_exact() -> None:
    rate = exact_rate("orders", slice(0, None, 2))

    assert rate >= 0.95


def test_nearly_all_orders_that_were_looked_at_once_are_exact() -> None:
    rate = exact_rate("orders", slice(1, None, 2))

    assert rate >= 0.93


def test_nine_of_ten_orders_never_tuned_on_are_exact() -> None:
    rate = exact_rate("orders_held", slice(None))

    assert rate >= 0.90


def test_every_expectation_names_what_its_menu_has() -> None:
    for place in RESTAURANTS:
        items = {item.slug: item for item in menu_of(place).items}
        for _, meant in orders("orders", place) + orders("orders_held", place):
            for wanted in meant.items:
                groups = items[wanted.item].option_groups
                slugs = {modifier.slug for group in groups for modifier in group.modifiers}

                assert {option.name for option in wanted.options} <= slugs
                assert wanted.size is None or wanted.size in slugs


@pytest.mark.parametrize(
    ("restaurant", "utterance", "unmatched"),
    [
        ("corner_pizzeria", "a large pizza with caviar and ham please", ("caviar",)),
        ("morning_cup", "could i get a latte with moon dust and a bagel", ("moon dust",)),
        ("burger_yard", "um i'd like to get two cheeseburgers thank you", ()),
    ],
)
def test_words_not_understood_are_told_as_they_were_said(
    restaurant: str, utterance: str, unmatched: tuple[str, ...]
) -> None:
    order = whole_order(utterance, menu_of(restaurant))

    assert order.unmatched == unmatched


def test_each_half_of_a_pizza_has_its_own_options() -> None:
    left, right = understood("corner_pizzeria", "one large pizza half pepperoni half mushrooms")

    assert (left.half, left.size, [o.name for o in left.options]) == ("left", "large", ["pepperoni"])
    assert (right.half, right.size, [o.name for o in right.options]) == ("right", "large", ["mushrooms"])


@pytest.mark.parametrize(
    "utterance",
    [
        "a large half margherita half hawaiian pizza",
        "half margherita and half hawaiian, large",
        "two large pizzas half margherita half hawaiian",
        "one large pizza, half margherita with bacon and half hawaiian",
    ],
)
def test_two_halves_have_one_size_wherever_it_is_said(utterance: str) -> None:
    halves = understood("corner_pizzeria", utterance)

    assert [(item.item, item.half, item.size) for item in halves] == [
        ("margherita-pizza", "left", "large"),
        ("hawaiian-pizza", "right", "large"),
    ]


def test_one_of_three_is_set_apart() -> None:
    plain, without = understood("burger_yard", "three burgers and one of them without onions")

    assert (plain.quantity, plain.options) == (2, ())
    assert (without.quantity, without.options[0].negated) == (1, True)


@pytest.mark.parametrize(
    ("utterance", "sizes"),
    [
        ("a large and a small latte", [("large", 1), ("small", 1)]),
        ("two large and a small latte", [("large", 2), ("small", 1)]),
        ("two lattes one large and one small and two cappuccinos", [("large", 1), ("small", 1), (None, 2)]),
    ],
)
def test_two_sizes_of_one_dish_are_two_lines(utterance: str, sizes: list[tuple[str | None, int]]) -> None:
    found = understood("morning_cup", utterance)

    assert [(item.size, item.quantity) for item in found] == sizes


def test_a_number_in_a_name_is_no_quantity() -> None:
    four_cheese, seven_up = understood("corner_pizzeria", "a four cheese pizza and a seven up")

    assert (four_cheese.item, four_cheese.quantity) == ("four-cheese-pizza", 1)
    assert (seven_up.item, seven_up.quantity) == ("7-up", 1)


@pytest.mark.parametrize("utterance", ["", "   ", "um uh", "?!", "🍕", "no", "with with with", "half", "two"])
def test_nothing_is_made_of_nothing(utterance: str) -> None:
    order = whole_order(utterance, menu_of("corner_pizzeria"))

    assert order.items == ()


@pytest.mark.parametrize(
    ("utterance", "items"),
    [
        ("no pizza today just a coke", [("cola", None, ())]),
        ("i don't want any garlic bread, just a margherita pizza", [("margherita-pizza", None, ())]),
        ("a pepperoni pizza, actually make that a mushroom pizza", [("pizza", None, ("mushrooms",))]),
        ("a large pepperoni pizza, no wait, make that a small mushroom pizza", [("pizza", "small", ("mushrooms",))]),
        (
            "a pepperoni pizza no onions and a mushroom pizza",
            [("pizza", None, ("pepperoni", "onions")), ("pizza", None, ("mushrooms",))],
        ),
    ],
)
def test_what_is_refused_or_corrected_is_not_ordered(
    utterance: str, items: list[tuple[str, str | None, tuple[str, ...]]]
) -> None:
    found = understood("corner_pizzeria", utterance)

    assert [(item.item, item.size, tuple(o.name for o in item.options)) for item in found] == items


def test_what_is_said_beyond_the_longest_order_is_not_understood() -> None:
    order = whole_order("a latte " * 60 + "and a purple unicorn and a croissant", menu_of("morning_cup"))

    assert order.unmatched == ("and a purple unicorn and a croissant",)
