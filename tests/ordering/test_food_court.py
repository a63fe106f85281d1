"""The demo menu holds what was promised."""

from __future__ import annotations

from itertools import combinations

import pytest

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.errors import OptionMissing, SoldOut
from phone_agent.ordering.matching import find_restaurants, match_item
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.selection import ItemRequest, line_for
from phone_agent.ordering.text import joined, key_words


def test_seven_restaurants_with_twenty_sections_and_forty_two_dishes(food_court: Menu) -> None:
    sections = [section for place in food_court.restaurants for section in place.sections]

    assert (len(food_court.restaurants), len(sections), len(food_court.items)) == (7, 20, 42)
    assert {(place.city, place.state, place.tax_rate_basis_points) for place in food_court.restaurants} == {
        ("Orlando", "FL", 650)
    }


def test_salad_and_salmon_come_to_31_98_before_tax(food_court: Menu) -> None:
    cart = Cart("cart")
    for number, name in enumerate(("Caesar Salad", "Grilled Salmon")):
        cart = cart.add(line_for(ItemRequest(name), food_court, line_id=str(number)))

    assert cart.subtotal_cents == 3198


@pytest.mark.parametrize("name", ["Caesar Salad", "Grilled Salmon", "Strawberry Cheesecake", "Vanilla Cheesecake"])
def test_dishes_of_the_first_conversation_need_no_choice(food_court: Menu, name: str) -> None:
    line = line_for(ItemRequest(name), food_court, line_id="1")

    assert line.item.name == name


def test_exactly_one_dish_is_sold_out(food_court: Menu) -> None:
    sold_out = [item.name for item in food_court.items if not item.is_available]

    assert sold_out == ["Pumpkin Cheesecake"]


def test_the_demo_is_open_round_the_clock(food_court: Menu) -> None:
    assert not any(place.hours.week or place.hours.holidays for place in food_court.restaurants)


def test_the_demo_has_what_restaurants_need(food_court: Menu) -> None:
    groups = [group for item in food_court.items for group in item.option_groups]
    modifiers = [modifier for group in groups for modifier in group.modifiers]

    assert [item.name for item in food_court.items if item.is_combo] == ["Barn Combo"]
    assert [item.name for item in food_court.items if item.minimum_age] == ["House Wine"]
    assert [item.name for item in food_court.items if item.day_parts] == ["Spinach Quiche"]
    assert len([item for item in food_court.items if item.half_price]) == 3
    assert any(group.has_halves for group in groups)
    assert any(modifier.most > 1 for modifier in modifiers)
    assert any(modifier.prices_by_size for modifier in modifiers)
    assert any(place.delivery for place in food_court.restaurants)


def test_no_two_dishes_share_a_name_or_alias(food_court: Menu) -> None:
    for one, other in combinations(food_court.items, 2):
        names = [{joined(key_words(name)) for name in item.names} for item in (one, other)]

        assert not names[0] & names[1], (one.name, other.name)


def test_every_name_and_alias_finds_its_own_dish(food_court: Menu) -> None:
    for item in food_court.items:
        for name in item.names:
            assert match_item(food_court.items, name) == item


def test_every_restaurant_is_found_by_each_of_its_names(food_court: Menu) -> None:
    for place in food_court.restaurants:
        for name in (*place.names, place.slug):
            assert find_restaurants(food_court, name) == (place,)


def test_every_dish_can_be_ordered_with_its_first_choices(food_court: Menu) -> None:
    for item in food_court.items:
        request = ItemRequest(item.name)
        if not item.is_available or item.minimum_age:
            with pytest.raises(SoldOut):
                line_for(request, food_court, line_id="1")
        elif any(group.required for group in item.option_groups):
            with pytest.raises(OptionMissing):
                line_for(request, food_court, line_id="1")
        else:
            assert isinstance(line_for(request, food_court, line_id="1"), LineItem)


def test_a_vegan_dish_declares_no_animal_allergen(food_court: Menu) -> None:
    for item in food_court.items:
        if "vegan" in item.dietary_tags:
            assert "vegetarian" in item.dietary_tags
            assert not {"milk", "eggs", "fish", "shellfish"} & set(item.allergens), item.name


@pytest.mark.parametrize(
    ("tag", "allergens"),
    [("gluten-free", {"wheat"}), ("dairy-free", {"milk"}), ("nut-free", {"peanuts", "tree nuts"})],
)
def test_no_dish_contains_what_its_tag_denies(food_court: Menu, tag: str, allergens: set[str]) -> None:
    denied = [item.name for item in food_court.items if tag in item.dietary_tags and allergens & set(item.allergens)]

    assert denied == []
