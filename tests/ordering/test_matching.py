"""Which dish or choice the words mean, as a table; and that nothing is ever picked at random."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.errors import Ambiguous, NotUnderstood, OptionUnknown, OrderingError
from phone_agent.ordering.matching import match_item, match_modifier, match_restaurant
from phone_agent.ordering.menu import Menu
from tests.ordering.food_court import the_food_court

MEANT = {
    "strawberry cheesecake": "Strawberry Cheesecake",
    "Strawberry Cheesecakes": "Strawberry Cheesecake",
    "the strawberry one": "Strawberry Cheesecake",
    "straw berry cheese cake": "Strawberry Cheesecake",
    "strawbery cheescake": "Strawberry Cheesecake",
    "a slice of vanilla cheesecake, please": "Vanilla Cheesecake",
    "vanila": "Vanilla Cheesecake",
    "caesar salad": "Caesar Salad",
    "Ceasar salad": "Caesar Salad",
    "the salad": "Caesar Salad",
    "salmon": "Grilled Salmon",
    "grilled salmons": "Grilled Salmon",
    "padthai": "Pad Thai",
    "pad thais": "Pad Thai",
    "margarita pizza": "Margherita Pizza",
    "margerita": "Margherita Pizza",
    "fries": "French Fries",
    "cheese burger": "Classic Cheeseburger",
    "burito": "Beef Burrito",
    "quesadila": "Chicken Quesadilla",
    "guacamole and chips": "Chips and Guacamole",
    "spagetti & meatballs": "Spaghetti and Meatballs",
    "the green one": "Green Curry",
    "tom yum": "Tom Yum Soup",
    "smoothies": "Mango Smoothie",
    "pumpkin": "Pumpkin Cheesecake",
    "kesadilla": "Chicken Quesadilla",
    "cezar salad": "Caesar Salad",
    "klam chowder": "Clam Chowder",
}
UNKNOWN = [
    "",
    " ",
    "the",
    "um",
    "sushi",
    "beef wellington",
    "coke",
    "greek salad",
    "salmon burger",
    "steak",
    "7",
    "?!",
    "🍕",
]
ASKED_BACK = {
    "cheesecake": ("Strawberry Cheesecake", "Vanilla Cheesecake", "Chocolate Cheesecake"),
    "cheese cake": ("Strawberry Cheesecake", "Vanilla Cheesecake", "Chocolate Cheesecake"),
    "curry": ("Green Curry", "Red Curry"),
    "burger": ("Classic Cheeseburger", "Veggie Burger"),
    "pizza": ("Margherita Pizza", "Pepperoni Pizza", "Mushroom Pizza"),
    "chicken": ("Chicken Satay", "Chicken Quesadilla"),
}


@pytest.mark.parametrize(("words", "name"), MEANT.items())
def test_words_mean_one_dish(food_court: Menu, words: str, name: str) -> None:
    assert match_item(food_court.items, words).name == name


@pytest.mark.parametrize("words", UNKNOWN)
def test_what_is_not_on_the_menu_is_not_guessed(food_court: Menu, words: str) -> None:
    with pytest.raises(NotUnderstood):
        match_item(food_court.items, words)


@pytest.mark.parametrize(("words", "candidates"), ASKED_BACK.items())
def test_dishes_that_fit_equally_are_asked_back(food_court: Menu, words: str, candidates: tuple[str, ...]) -> None:
    with pytest.raises(Ambiguous) as caught:
        match_item(food_court.items, words)

    assert caught.value.candidates == candidates
    assert all(name in str(caught.value) for name in candidates)


@pytest.mark.parametrize("words", ["greek", "mean", "steal", "vail", "cod", "frozen"])
def test_another_common_word_is_no_misspelling(food_court: Menu, words: str) -> None:
    with pytest.raises(NotUnderstood):
        match_item(food_court.items, words)


@pytest.mark.parametrize(
    ("dish", "words", "label"),
    [
        ("Pad Thai", "eggs", "egg"),
        ("Pad Thai", "Sprouts", "bean sprouts"),
        ("Pad Thai", "not spicy", "mild"),
        ("Margherita Pizza", "cheese", "cheese"),
        ("Margherita Pizza", "jalapeños", "jalapenos"),
        ("Caesar Salad", "chicken", "grilled chicken"),
        ("Lobster Roll", "cold", "chilled with mayo"),
        ("Iced Coffee", "oatmilk", "oat milk"),
    ],
)
def test_choices_are_found_as_people_say_them(food_court: Menu, dish: str, words: str, label: str) -> None:
    group, modifier = match_modifier(match_item(food_court.items, dish), words)

    assert modifier.label == label
    assert modifier in group.modifiers


def test_unknown_choice_is_answered_with_what_there_is(food_court: Menu) -> None:
    with pytest.raises(OptionUnknown, match="parmesan, dressing, anchovies, or grilled chicken"):
        match_modifier(match_item(food_court.items, "caesar salad"), "pineapple")


def test_choices_that_fit_equally_are_asked_back(food_court: Menu) -> None:
    with pytest.raises(Ambiguous) as caught:
        match_modifier(match_item(food_court.items, "crab cakes"), "sauce")

    assert caught.value.candidates == ("tartar sauce", "cocktail sauce")


@pytest.mark.parametrize("words", ["Harbor House", "harbour house", "the seafood place", "harbor-house"])
def test_restaurant_is_matched_by_its_names(food_court: Menu, words: str) -> None:
    assert match_restaurant(food_court, words).name == "Harbor House"


def test_unknown_restaurant_is_answered_with_the_nearest(food_court: Menu) -> None:
    with pytest.raises(NotUnderstood, match="the nearest is Cheesecake Corner"):
        match_restaurant(food_court, "Cheesecake Factory")


def test_restaurant_like_no_other_is_answered_with_all(food_court: Menu) -> None:
    with pytest.raises(NotUnderstood, match=r"I order from Cheesecake Corner, .* and Green Bowl\."):
        match_restaurant(food_court, "Sushi Palace")


@given(words=st.text(max_size=40))
def test_any_words_at_all_match_or_are_answered(words: str) -> None:
    food_court = the_food_court()
    try:
        answer = match_item(food_court.items, words).name
    except OrderingError as error:
        answer = str(error)

    assert answer.endswith("?") or answer in [item.name for item in food_court.items]


@given(data=st.data())
def test_the_order_of_the_menu_does_not_change_what_is_meant(data: st.DataObject) -> None:
    food_court = the_food_court()
    words = data.draw(st.sampled_from(sorted(MEANT)))
    shuffled = data.draw(st.permutations(food_court.items))

    assert match_item(shuffled, words).name == MEANT[words]
