"""Search over dishes and restaurants, by name, diet, section and cuisine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.search import (
    dish_and_diet,
    find_items,
    find_restaurants,
    is_called,
    nearest_items,
    split_city,
)
from tests.ordering.food_court import the_food_court

FIRST = {
    "I want cheesecake": "Strawberry Cheesecake",
    "strawberry cheesecake from Cheesecake Factory": "Strawberry Cheesecake",
    "something with lobster": "Lobster Roll",
    "thai food": "Pad Thai",
    "vegan dessert": "Apple Pie",
    "vegitarian pizza": "Margherita Pizza",
    "meatless burger": "Veggie Burger",
    "do you have any soups": "Tom Yum Soup",
    "what appetizers do you have": "Spring Rolls",
    "something with avocado": "Chips and Guacamole",
    "plant-based thai": "Green Curry",
}


@pytest.mark.parametrize(("query", "name"), FIRST.items())
def test_best_dish_comes_first(food_court: Menu, query: str, name: str) -> None:
    assert find_items(food_court, query)[0].name == name


@pytest.mark.parametrize("query", ["sushi", "keto", "sugar free", "flying monster car", "", "anything", "vegan pizza"])
def test_nothing_is_found_where_nothing_fits(food_court: Menu, query: str) -> None:
    assert find_items(food_court, query) == ()


def test_full_name_finds_that_dish_only(food_court: Menu) -> None:
    assert [item.name for item in find_items(food_court, "pad thai")] == ["Pad Thai"]


def test_sold_out_dish_comes_last(food_court: Menu) -> None:
    cakes = food_court.restaurants[0]
    first, *others = cakes.sections[0].items
    sections = (replace(cakes.sections[0], items=(replace(first, is_available=False), *others)),)

    found = find_items(Menu((replace(cakes, sections=sections),)), "strawberry or vanilla cheesecake")

    assert [item.name for item in found][:2] == ["Vanilla Cheesecake", "Strawberry Cheesecake"]


def test_limit_is_kept(food_court: Menu) -> None:
    assert len(find_items(food_court, "vegan", limit=3)) == 3


@pytest.mark.parametrize("tag", ["vegan", "vegetarian", "gluten free", "dairy-free", "nut free"])
def test_diet_finds_only_dishes_that_are_marked_so(food_court: Menu, tag: str) -> None:
    found = find_items(food_court, f"anything {tag}", limit=50)

    assert found
    assert all(tag.replace(" ", "-") in item.dietary_tags for item in found)


@pytest.mark.parametrize(
    "query", ["peanut free", "no peanuts", "without nuts", "I'm allergic to peanuts", "peanut-free thai"]
)
def test_avoided_allergen_is_in_no_dish_found(food_court: Menu, query: str) -> None:
    found = find_items(food_court, query, limit=50)

    assert found
    assert not any("peanuts" in item.allergens for item in found)


def test_diet_is_never_softened_for_a_better_name(food_court: Menu) -> None:
    assert find_items(food_court, "gluten free burger") == ()
    assert all("gluten-free" in item.dietary_tags for item in nearest_items(food_court, "gluten free burger"))


def test_search_stays_within_the_given_restaurants(food_court: Menu) -> None:
    harbor = food_court.restaurants[2]

    assert {food_court.restaurant_of(i) for i in find_items(food_court, "appetizers", restaurants=[harbor])} == {harbor}


def test_closed_restaurant_is_not_found(food_court: Menu) -> None:
    closed = Menu(tuple(replace(place, is_active=place.cuisine != "Thai") for place in food_court.restaurants))

    assert find_items(closed, "pad thai") == ()
    assert find_restaurants(closed, "thai") == ()


def test_nearest_dishes_share_a_word_and_are_available(food_court: Menu) -> None:
    nearest = nearest_items(food_court, "veal curry")

    assert [item.name for item in nearest] == ["Green Curry", "Red Curry"]
    assert "Pumpkin Cheesecake" not in [item.name for item in nearest_items(food_court, "pumpkin soup with truffles")]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Thai restaurants", "Lotus Garden"),
        ("Find Thai food", "Lotus Garden"),
        ("seafood", "Harbor House"),
        ("italian", "Golden Oven"),
        ("a pizza place", "Golden Oven"),
        ("burgers", "Burger Barn"),
        ("cheesecake", "Cheesecake Corner"),
        ("tacos", "Sunny Cantina"),
        ("mexcian", "Sunny Cantina"),
        ("vegan", "Green Bowl"),
    ],
)
def test_restaurants_are_found_by_cuisine_or_name(food_court: Menu, words: str, name: str) -> None:
    found = find_restaurants(food_court, words)

    assert found[0].name == name
    assert is_called(found[0], words) or words in ("burgers", "tacos", "cheesecake", "italian", "vegan")


def test_a_likeness_of_a_name_is_found_but_not_called_so(food_court: Menu) -> None:
    (found,) = find_restaurants(food_court, "Cheesecake Factory")

    assert found.name == "Cheesecake Corner"
    assert not is_called(found, "Cheesecake Factory")


def test_no_restaurant_is_made_up(food_court: Menu) -> None:
    assert find_restaurants(food_court, "sushi") == ()


def test_restaurants_are_looked_for_among_the_given_ones(food_court: Menu) -> None:
    thai, seafood = food_court.restaurants[1:3]

    assert find_restaurants(food_court, "thai", restaurants=(seafood,)) == ()
    assert find_restaurants(food_court, "thai", restaurants=(thai, seafood)) == (thai,)


@pytest.mark.parametrize(
    ("words", "city"),
    [
        ("thai in Miami", "miami"),
        ("thai restaurants in new york", "new york"),
        ("thai", ""),
        ("something in my area", ""),
        ("what is in it", ""),
    ],
)
def test_a_city_is_told_apart_from_what_is_looked_for(words: str, city: str) -> None:
    assert split_city(words)[1] == city


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("Caesar Salad vegan", ("Caesar Salad", "vegan")),
        ("is the pad thai gluten free", ("Pad Thai", "gluten-free")),
        ("does the pad thai have peanuts in it", ("Pad Thai", "peanuts")),
        ("pad thai", None),
        ("I want strawberry cheesecake", None),
        ("vegan", None),
    ],
)
def test_a_dish_with_a_diet_is_a_question_about_it(food_court: Menu, query: str, asked: tuple[str, str] | None) -> None:
    found = dish_and_diet(query, food_court.restaurants)

    assert (None if found is None else (found[0].name, found[1])) == asked


@given(words=st.text(max_size=60))
def test_any_query_at_all_is_survived(words: str) -> None:
    food_court = the_food_court()
    assert len(find_items(food_court, words)) <= 5
    assert len(nearest_items(food_court, words)) <= 3
    assert set(find_restaurants(food_court, words)) <= set(food_court.restaurants)
