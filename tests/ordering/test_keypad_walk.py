"""The menu by keypad: every dish is reached, every choice can be made, and no key leads nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.keypad_walk import Level, Walk, begin_walk
from phone_agent.ordering.menu import Menu, MenuItem, OptionGroup
from phone_agent.ordering.slots_of_sentences import SENTENCES
from phone_agent.ordering.wording_keypad import words_for_keypad_added, words_for_keypad_removed, words_for_place
from tests.builders import a_group, a_menu, a_restaurant, a_section, an_item, the_grill, the_thai_garden
from tests.ordering.food_court import the_food_court
from tests.ordering.test_wording_slots import heard_in_turn

KEYPAD = tuple(sentence for sentence in SENTENCES if sentence.name.startswith("KEYPAD"))
KEYS = {"1": Walk.take, "2": Walk.next, "3": Walk.options, "4": Walk.how_many}


def pressed(walk: Walk, keys: str) -> Walk:
    for key in keys:
        moved = walk.count(int(key)) if walk.level is Level.COUNT else KEYS[key](walk)
        assert moved is not None, f"{key} means nothing at {walk.level}"
        walk = moved
    return walk


def begun(menu: Menu) -> Walk:
    walk = begin_walk(menu, menu.restaurants)
    assert walk is not None
    return walk


def at_dish(item: MenuItem) -> Walk:
    return begun(Menu((a_restaurant("one", "The One", "any", (a_section("one", "all", (item,)),)),)))


def a_dish(*groups: OptionGroup) -> MenuItem:
    return an_item("one", "all", "Noodles", 1000, option_groups=groups)


def labels(line: LineItem) -> list[str]:
    return [choice.modifier.label for choice in line.modifiers]


def test_the_restaurant_is_chosen_first_then_the_section_then_the_dish() -> None:
    levels = [pressed(begun(a_menu()), keys).level for keys in ("", "1", "11")]

    assert levels == [Level.RESTAURANT, Level.SECTION, Level.DISH]
    assert pressed(begun(a_menu()), "11").dish.name == "Caesar Salad"


def test_one_restaurant_and_one_section_are_not_asked_about() -> None:
    assert begun(Menu((the_thai_garden(),))).dish.name == "Pad Thai"


def test_2_goes_on_to_the_next_section_and_the_next_restaurant() -> None:
    walk = begun(a_menu())

    assert pressed(walk, "112").section.title == "Mains"
    assert pressed(walk, "1122").restaurant.name == "Thai Garden"
    assert pressed(walk, "22").restaurant.name == "The Grill"


def test_what_is_sold_out_is_not_offered() -> None:
    walk = begun(Menu((the_grill(),)))

    assert [item.name for item in pressed(walk, "2").dishes] == ["Grilled Salmon"]


def test_where_everything_is_sold_out_there_is_no_walk() -> None:
    sold_out = an_item("one", "all", "Noodles", 1000, is_available=False)
    menu = Menu((a_restaurant("one", "The One", "any", (a_section("one", "all", (sold_out,)),)),))

    assert begin_walk(menu, menu.restaurants) is None


def test_every_dish_that_can_be_had_is_reached_with_1_and_2() -> None:
    menu = the_food_court()
    seen: set[Walk] = set()
    waiting = [begun(menu)]
    while waiting:
        walk = waiting.pop()
        if walk not in seen:
            seen.add(walk)
            waiting += [pressed(walk, "2"), *([pressed(walk, "1")] if walk.level is not Level.DISH else [])]

    assert {walk.dish.name for walk in seen if walk.level is Level.DISH} == {
        item.name for item in menu.items if item.is_available and not item.minimum_age
    }


def test_a_required_choice_is_asked_for_before_the_dish_is_added() -> None:
    walk = pressed(begun(Menu((the_thai_garden(),))), "1")
    hot = pressed(walk, "21")

    assert walk.level is Level.CHOICE
    assert not walk.is_to_be_added
    assert hot.is_to_be_added
    assert labels(hot.line("x")) == ["Hot"]


def test_2_at_the_last_required_choice_begins_again() -> None:
    walk = pressed(begun(Menu((the_thai_garden(),))), "122")

    assert walk.choice.label == "Mild"


def test_3_goes_through_all_options_and_leaves_them_when_done() -> None:
    walk = pressed(begun(Menu((the_thai_garden(),))), "31")
    chosen = pressed(walk, "213")

    assert walk.choice.label == "Peanuts"
    assert chosen.level is Level.DISH
    assert labels(chosen.line("x")) == ["Mild", "Egg"]


def test_3_does_not_leave_a_required_choice() -> None:
    assert pressed(begun(Menu((the_thai_garden(),))), "3").options() is None
    assert pressed(begun(Menu((the_thai_garden(),))), "1").options() is None


def test_no_more_than_the_most_can_be_chosen() -> None:
    group = a_group("one/noodles", "extras", (("Egg", 100), ("Lime", 0), ("Tofu", 200)), max_chosen=2)
    full = pressed(at_dish(a_dish(group)), "311")

    assert full.level is Level.DISH
    assert labels(full.line("x")) == ["Egg", "Lime"]


def test_what_the_dish_comes_with_is_not_offered_and_takes_up_room() -> None:
    plain = a_group("one/noodles", "extras", (("Egg", 100), ("Lime", 0), ("Tofu", 200)), max_chosen=2)
    egg, *others = plain.modifiers
    group = replace(plain, modifiers=(replace(egg, is_default=True), *others))
    walk = pressed(at_dish(a_dish(group)), "3")

    assert walk.choice.label == "Lime"
    assert labels(pressed(walk, "1").line("x")) == ["Egg", "Lime"]
    assert pressed(walk, "1").level is Level.DISH


def test_a_choice_that_has_run_out_is_not_offered() -> None:
    plain = a_group("one/noodles", "spice", (("Mild", 0), ("Hot", 0)), required=True)
    mild, hot = plain.modifiers
    only_hot = replace(plain, modifiers=(replace(mild, is_available=False), hot))
    none = replace(plain, modifiers=tuple(replace(m, is_available=False) for m in plain.modifiers))
    menu = Menu((a_restaurant("one", "The One", "any", (a_section("one", "all", (a_dish(none),)),)),))

    assert pressed(at_dish(a_dish(only_hot)), "1").choice.label == "Hot"
    assert begin_walk(menu, menu.restaurants) is None


@pytest.mark.parametrize("digit", "19")
def test_how_many_is_one_digit(digit: str) -> None:
    walk = pressed(begun(Menu((the_thai_garden(),))), "4" + digit)

    assert walk.line("x").quantity == int(digit)
    assert walk.as_before().quantity == 1


def test_a_choice_says_what_it_adds_to_the_price_of_one() -> None:
    at_peanuts = pressed(begun(Menu((the_thai_garden(),))), "4331")

    assert at_peanuts.quantity == 3
    assert "Peanuts for $0.75 more" in words_for_place(at_peanuts)


def test_the_price_is_of_all_that_was_asked_for() -> None:
    at_dish_again = pressed(begun(Menu((the_thai_garden(),))), "423113")

    assert words_for_place(at_dish_again).startswith("2 Pad Thai, Mild, with Peanuts for $26.50.")


def test_the_walk_stays_with_the_restaurant_of_the_cart_and_begins_again_with_a_new_menu() -> None:
    menu = a_menu()
    salad = pressed(begun(menu), "11")
    kept = salad.kept(menu, menu.restaurants[:1])
    elsewhere = salad.kept(menu, menu.restaurants[1:])
    newer = salad.kept(a_menu(), menu.restaurants)

    assert kept is not None
    assert kept.dish.name == "Caesar Salad"
    assert pressed(kept, "22").level is Level.SECTION
    assert elsewhere is not None
    assert elsewhere.dish.name == "Pad Thai"
    assert newer is not None
    assert newer.level is Level.RESTAURANT


@pytest.mark.hearing
@given(keys=st.lists(st.sampled_from("123459"), max_size=30))
def test_wherever_keys_lead_the_words_can_be_heard_and_the_dish_added(keys: list[str]) -> None:
    walk = begun(the_food_court())
    for key in keys:
        moved = walk.count(int(key)) if walk.level is Level.COUNT else KEYS.get(key, lambda walk: None)(walk)
        walk = moved or walk
        if walk.is_to_be_added:
            line = walk.line("x")
            assert Cart("cart").add(line).quantity == line.quantity
            assert heard_in_turn(words_for_keypad_added(line), KEYPAD)
            assert heard_in_turn(words_for_keypad_removed(line), KEYPAD)
            walk = walk.as_before()

    assert heard_in_turn(words_for_place(walk), KEYPAD)
