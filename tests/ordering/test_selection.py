"""From what a caller asks for to a line of the cart, and changes of that line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.errors import (
    Ambiguous,
    NotUnderstood,
    OptionMissing,
    OptionUnknown,
    OrderingError,
    SoldOut,
    TooMany,
)
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.selection import ItemRequest, OptionRequest, changed_line, line_for
from phone_agent.ordering.wording import words_for_line
from tests.ordering.food_court import the_food_court

AMOUNTS = ("no", "light", "regular", "extra", "double")


def line(menu: Menu, dish: str, *options: str | OptionRequest, quantity: int = 1, note: str = "") -> LineItem:
    requests = tuple(OptionRequest(option) if isinstance(option, str) else option for option in options)
    return line_for(ItemRequest(dish, quantity, requests, note), menu, line_id="1")


def test_defaults_are_filled_in_and_go_without_saying(food_court: Menu) -> None:
    coffee = line(food_court, "iced coffee")

    assert [chosen.modifier.label for chosen in coffee.modifiers] == ["regular", "ice"]
    assert words_for_line(coffee) == "1 Iced Coffee"


def test_a_choice_takes_the_place_of_the_default(food_court: Menu) -> None:
    coffee = line(food_court, "iced coffee", "large")

    assert coffee.unit_price_cents == 470
    assert words_for_line(coffee) == "1 large Iced Coffee"


def test_required_choice_is_asked_for_in_a_whole_question(food_court: Menu) -> None:
    with pytest.raises(OptionMissing) as caught:
        line(food_court, "margherita pizza")

    assert str(caught.value) == "What size would you like for the Margherita Pizza: small or large?"
    pizza = food_court.item(caught.value.item_id)
    assert [group.title for group in pizza.option_groups if group.id == caught.value.group_id] == ["size"]


@pytest.mark.parametrize(
    ("dish", "options", "words", "cents"),
    [
        (
            "pad thai",
            [("medium", "regular"), ("peanuts", "extra"), ("egg", "no")],
            "medium, with extra peanuts and no egg",
            1350,
        ),
        ("pad thai", [("spice", "no")], "mild", 1350),
        ("pad thai", [("hot", "extra")], "hot", 1350),
        ("pad thai", [("hot", "regular"), ("mild", "regular")], "mild", 1350),
        ("pad thai", [("hot", "regular"), ("shrimp", "double")], "hot, with double shrimp", 2150),
        ("caesar salad", [("croutons", "no"), ("chicken", "regular")], "with no croutons and grilled chicken", 1299),
        ("caesar salad", [("anchovies", "light")], "with light anchovies", 1049),
        ("caesar salad", [("anchovies", "no")], "with no anchovies", 899),
        ("classic cheeseburger", [("cheese", "extra")], "with extra cheese", 1175),
    ],
)
def test_options_change_the_words_and_the_price(
    food_court: Menu, dish: str, options: list[tuple[str, str]], words: str, cents: int
) -> None:
    requests = [OptionRequest(name, amount) for name, amount in options]  # type: ignore[arg-type]
    chosen = line(food_court, dish, *requests)

    assert words_for_line(chosen).partition(chosen.item.name)[2].removeprefix(",").strip() == words
    assert chosen.unit_price_cents == cents


def test_leaving_out_what_is_no_option_becomes_a_note(food_court: Menu) -> None:
    lasagna = line(food_court, "lasagna", OptionRequest("mushrooms", "no"), note="cut in two")

    assert lasagna.note == "cut in two, no mushrooms"


def test_unknown_option_says_what_there_is(food_court: Menu) -> None:
    with pytest.raises(OptionUnknown, match="you can have croutons, parmesan, dressing, anchovies, or grilled chicken"):
        line(food_court, "caesar salad", "pineapple")


def test_unknown_option_of_a_dish_without_any(food_court: Menu) -> None:
    with pytest.raises(OptionUnknown, match="I can't change that on the Vegetable Lasagna"):
        line(food_court, "lasagna", "bacon")


def test_more_choices_than_a_group_takes_are_refused(food_court: Menu) -> None:
    with pytest.raises(TooMany, match="The Quinoa Bowl takes at most 3 of"):
        line(food_court, "quinoa bowl", "avocado", "chickpeas", "pumpkin seeds")


def test_leaving_one_out_makes_room_for_another(food_court: Menu) -> None:
    bowl = line(food_court, "quinoa bowl", "avocado", "chickpeas", "pumpkin seeds", OptionRequest("tahini", "no"))

    assert words_for_line(bowl) == "1 Quinoa Bowl with no tahini, avocado, chickpeas, and pumpkin seeds"


def test_sold_out_dish_names_others_like_it(food_court: Menu) -> None:
    with pytest.raises(SoldOut, match="I do have Strawberry Cheesecake or Vanilla Cheesecake"):
        line(food_court, "pumpkin cheesecake")


@pytest.mark.parametrize("quantity", [0, -1])
def test_no_pieces_of_a_dish_is_asked_back(food_court: Menu, quantity: int) -> None:
    with pytest.raises(NotUnderstood, match="How many"):
        line(food_court, "pad thai", "mild", quantity=quantity)


def test_dish_of_an_unknown_restaurant_is_not_taken_from_another(food_court: Menu) -> None:
    request = ItemRequest("strawberry cheesecake", restaurant_name="Cheesecake Factory")

    with pytest.raises(NotUnderstood, match="the nearest is Cheesecake Corner"):
        line_for(request, food_court, line_id="1")


def test_dish_that_the_named_restaurant_lacks_is_refused(food_court: Menu) -> None:
    with pytest.raises(NotUnderstood, match="Harbor House doesn't have that"):
        line_for(ItemRequest("pad thai", restaurant_name="Harbor House"), food_court, line_id="1")


def test_the_carts_restaurant_is_looked_at_first(food_court: Menu) -> None:
    lotus = next(place for place in food_court.restaurants if place.cuisine == "Thai")

    chosen = line_for(ItemRequest("chicken"), food_court, line_id="1", cart_restaurant_id=lotus.id)

    assert chosen.item.name == "Chicken Satay"


def test_one_name_at_two_restaurants_is_asked_back_and_answered(food_court: Menu) -> None:
    first, second = food_court.restaurants[:2]
    twin = replace(second.items[0], name="Apple Pie", aliases=(), restaurant_id=second.id)
    sections = (replace(second.sections[0], items=(twin,)),)
    menu = Menu((first, replace(second, sections=sections)))

    with pytest.raises(Ambiguous, match="From which restaurant") as caught:
        line(menu, "apple pie")
    answered = line(menu, caught.value.candidates[1])

    assert caught.value.candidates == ("Apple Pie at Cheesecake Corner", "Apple Pie at Lotus Garden")
    assert answered.item.restaurant_id == second.id


def test_another_dish_keeps_the_choices_it_shares(food_court: Menu) -> None:
    red = line(food_court, "red curry", "medium", "brown rice")

    green = changed_line(red, food_court, item="the green one", quantity=3)

    assert words_for_line(green) == "3 Green Curries, medium, with brown rice"
    assert green.id == red.id


def test_another_dish_comes_as_it_is_and_not_as_the_first_one_does(food_court: Menu) -> None:
    beef = line(food_court, "cheeseburger", OptionRequest("onions", "no"))

    veggie = changed_line(beef, food_court, item="veggie burger")

    assert words_for_line(veggie) == "1 Veggie Burger with no onions"
    assert veggie.unit_price_cents == 1025


def test_another_dish_asks_for_its_own_required_choice(food_court: Menu) -> None:
    with pytest.raises(OptionMissing, match="What size"):
        changed_line(line(food_court, "garlic bread"), food_court, item="mushroom pizza")


def test_change_of_options_keeps_the_others(food_court: Menu) -> None:
    before = line(food_court, "pad thai", "medium", OptionRequest("peanuts", "extra"), OptionRequest("egg", "no"))

    after = changed_line(before, food_court, options=[OptionRequest("egg"), OptionRequest("hot")])

    assert words_for_line(after) == "1 Pad Thai, hot, with extra peanuts"


def test_nothing_given_changes_nothing(food_court: Menu) -> None:
    before = line(food_court, "pad thai", "medium", note="for Ana")

    assert changed_line(before, food_court) == before


def test_fewer_than_none_is_asked_and_not_called_too_many(food_court: Menu) -> None:
    with pytest.raises(NotUnderstood, match="How many"):
        changed_line(line(food_court, "caesar salad"), food_court, quantity=-1)


@given(data=st.data())
def test_any_options_give_a_line_within_its_groups_or_a_sentence(data: st.DataObject) -> None:
    food_court = the_food_court()
    item = data.draw(st.sampled_from([item for item in food_court.items if item.is_available]))
    labels = [modifier.label for group in item.option_groups for modifier in group.modifiers]
    name = st.sampled_from(labels) | st.text(max_size=8) if labels else st.text(max_size=8)
    options = data.draw(st.lists(st.builds(OptionRequest, name, st.sampled_from(AMOUNTS)), max_size=8))
    try:
        chosen = line(food_court, item.name, *options)
    except OrderingError:
        return

    assert chosen.unit_price_cents >= item.price_cents
    for group in item.option_groups:
        taken = [c for c in chosen.modifiers if c.group_id == group.id and c.amount != "no"]
        assert group.least <= len(taken) <= group.max
