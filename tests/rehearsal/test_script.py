"""What the simulated caller orders where nobody told it, and the ears for any menu."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.rehearsal.caller import ears_grammar
from phone_agent.rehearsal.ears_grammar import words_of_grammar
from phone_agent.rehearsal.script import Press, Say, ScriptError, demo_of
from tests.builders import a_group, a_menu, an_item

TESTS = Path(__file__).parents[1]
FOOD_COURT = TESTS.parent / "menus" / "food_court.json"
OTHER_MENUS = sorted((TESTS / "understanding" / "menus").glob("*.json"))


def first_words(menu: Menu) -> str:
    first = demo_of(menu)[0]
    assert isinstance(first, Say)
    return first.text


def bare_menu() -> Menu:
    """One dish, no options, no hours, no phone."""
    menu = a_menu()
    place = menu.restaurants[0]
    section = replace(place.sections[0], items=place.sections[0].items[:1])
    return Menu((replace(place, sections=(section,), address="", phone=""),))


def test_the_demo_caller_orders_the_dishes_that_the_users_know() -> None:
    assert first_words(parse_menu(FOOD_COURT.read_text())) == (
        "Hi, I would like a Caesar Salad and two Grilled Salmon please"
    )


@pytest.mark.parametrize("path", OTHER_MENUS, ids=lambda path: path.stem)
def test_on_any_menu_the_caller_orders_what_needs_no_choice(path: Path) -> None:
    menu = parse_menu(path.read_text())
    named = [item for item in menu.items if item.name in first_words(menu)]

    assert Press("1") in demo_of(menu)
    assert named
    assert all(len(g.defaults) >= g.least for item in named for g in item.option_groups)


def test_a_menu_without_plain_dishes_needs_a_script() -> None:
    menu = a_menu()
    place = menu.restaurants[0]
    doneness = a_group("steak", "doneness", (("Rare", 0), ("Done", 0)), required=True)
    steak = an_item(place.slug, "mains", "Steak", 2000, option_groups=(doneness,))
    section = replace(place.sections[0], items=(steak, replace(steak, name="Big Steak")))

    with pytest.raises(ScriptError, match="--say"):
        demo_of(Menu((replace(place, sections=(section,)),)))


@pytest.mark.parametrize("path", OTHER_MENUS, ids=lambda path: path.stem)
def test_the_ears_follow_any_menu(path: Path) -> None:
    menu = parse_menu(path.read_text())
    named = set(menu.items[0].name.lower().split())

    assert named <= set(words_of_grammar(ears_grammar(menu, "friend", "Orlando, FL")))


def test_the_ears_follow_a_menu_with_nothing_but_a_dish() -> None:
    menu = bare_menu()

    assert {"your", "total", "order", "number"} <= set(words_of_grammar(ears_grammar(menu, "friend", "Orlando, FL")))
