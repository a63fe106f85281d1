"""What one may choose is asked for by the names of an option group."""

from __future__ import annotations

import json

import pytest

from phone_agent.ordering.errors import OptionMissing
from phone_agent.ordering.matching import find_items
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.ordering.selection import ItemRequest, OptionRequest, line_for
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import AddItems, AskOptions
from phone_agent.understanding.parser import understand
from phone_agent.understanding.whole_order import whole_order
from tests.ordering.menus import SIZE, TOPPINGS, the_corner, the_corner_text

MENU = parse_menu(the_corner_text(garden={"option_groups": [SIZE, {**TOPPINGS, "aliases": ["garnish", "add-ons"]}]}))


@pytest.mark.parametrize(
    "said",
    [
        "what toppings do you have for the garden pizza",
        "which garnishes are there for the garden pizza",
        "what add-ons does the garden pizza have",
        "do you have any garnish for the garden pizza",
    ],
)
def test_a_group_is_asked_for_by_its_title_or_an_alias(said: str) -> None:
    assert understand(said, Context(MENU)).intents == (AskOptions("Garden Pizza", "toppings"),)


def test_without_a_dish_it_is_the_one_changed_last() -> None:
    line = line_for(ItemRequest("garden pizza", 1, (OptionRequest("large"),)), MENU, line_id="1")

    found = understand("which garnishes are there", Context(MENU, lines=(line,))).intents

    assert found == (AskOptions("Garden Pizza", "toppings"),)


def test_dishes_are_found_by_the_alias_of_their_section() -> None:
    assert "Calzone" in [item.name for item in find_items(the_corner(), "pies")]
    assert json.loads(the_corner_text())["restaurants"][0]["sections"][0]["aliases"] == ["pies"]


DRIZZLE = {
    "id": "finish", "title": "finish", "aliases": ["drizzle"],
    "modifiers": [{"id": "caramel", "label": "Caramel"}, {"id": "hot-honey", "label": "Hot honey"}],
}  # fmt: skip
CAFE = parse_menu(the_corner_text(coffee={"option_groups": [DRIZZLE]}))


@pytest.mark.parametrize(
    "said",
    [
        "a coffee with caramel drizzle",
        "a caramel drizzle coffee",
        "a coffee with caramel for the drizzle",
        "a coffee with caramel as the drizzle",
    ],
)
def test_a_choice_is_understood_with_the_alias_of_its_group(said: str) -> None:
    order = whole_order(said, CAFE)
    (added,) = understand(said, Context(CAFE)).intents

    assert [(item.item.name, [option.modifier.label for option in item.options]) for item in order.items] == [
        ("Coffee", ["Caramel"])
    ]
    assert order.unmatched == ()
    assert added == AddItems((ItemRequest("Coffee", 1, (OptionRequest("Caramel"),)),))


def test_a_choice_that_is_named_with_its_group_is_the_choice() -> None:
    line = line_for(ItemRequest("coffee", 1, (OptionRequest("hot honey drizzle"),)), CAFE, line_id="1")

    assert [chosen.modifier.label for chosen in line.modifiers] == ["Hot honey"]


def test_a_group_that_is_named_alone_is_asked_about() -> None:
    with pytest.raises(OptionMissing, match="Caramel or Hot honey"):
        line_for(ItemRequest("coffee", 1, (OptionRequest("drizzle"),)), CAFE, line_id="1")
