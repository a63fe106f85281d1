"""Two of a dish: plural where people count it, as it is where they do not."""

from __future__ import annotations

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.plurals import plural

STAY = {
    "Chicken Satay", "Chips and Guacamole", "Churros", "Crab Cakes", "Drunken Noodles", "Fish Tacos", "French Fries",
    "Garlic Bread", "Grilled Salmon", "House Wine", "Pad Thai", "Shrimp Scampi",
    "Spaghetti and Meatballs", "Spring Rolls",
}  # fmt: skip


def test_every_dish_of_the_demo_menu_has_the_plural_that_people_say(food_court: Menu) -> None:
    names = [item.name for item in food_court.items]
    changed = [name for name in names if plural(name) != name]

    assert {name for name in names if plural(name) == name} == STAY
    assert [plural(name) for name in changed if plural(name) != f"{name}s"] == ["Green Curries", "Red Curries"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("Club Sandwich", "Club Sandwiches"), ("Lunch Box", "Lunch Boxes"), ("Iced Tea", "Iced Tea"), ("Pies", "Pies")],
)
def test_endings_are_those_of_english(name: str, said: str) -> None:
    assert plural(name) == said
