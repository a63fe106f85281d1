"""What an import says has changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_changes import changes_between
from tests.builders import item_named, with_item
from tests.ordering.menus import SHOTS, the_corner

CORNER = the_corner()
DEARER_SHOT = SHOTS | {"modifiers": [{"id": "shot", "label": "shot", "price": "1.10", "most": 3,
                                      "aliases": ["espresso shot"]}, *list(SHOTS["modifiers"])[1:]]}  # type: ignore[call-overload]  # fmt: skip


def told(old: Menu, new: Menu) -> list[tuple[str, str]]:
    return [(change.kind, change.what) for change in changes_between(old, new)]


def test_the_same_menu_has_no_changes() -> None:
    assert changes_between(CORNER, the_corner()) == ()


@pytest.mark.parametrize(
    ("changes", "kind", "what"),
    [
        ({"tea": {"price": "2.20"}}, "repriced", "The Corner: Tea"),
        ({"coffee": {"option_groups": [DEARER_SHOT]}}, "repriced", "The Corner: Coffee, shot"),
        ({"tea": {"aliases": ["chai"]}}, "changed", "The Corner: Tea"),
        ({"tea": {"is_available": False}}, "changed", "The Corner: Tea"),
        ({"place": {"eta_minutes": 20}}, "changed", "The Corner"),
        ({"place": {"name": "Round the Corner"}}, "changed", "Round the Corner"),
    ],
)
def test_a_change_is_told_once(changes: dict[str, Any], kind: str, what: str) -> None:
    assert told(CORNER, the_corner(**changes)) == [(kind, what)]


def test_what_comes_and_goes_is_told() -> None:
    place = CORNER.restaurants[0]
    pizzas, more = place.sections
    less = Menu((replace(place, sections=(pizzas, replace(more, items=more.items[1:]))),))

    assert told(CORNER, less) == [("removed", "The Corner: Coffee")]
    assert told(less, CORNER) == [("added", "The Corner: Coffee")]
    assert told(CORNER, Menu(())) == [("removed", "The Corner")]
    assert told(Menu(()), CORNER) == [("added", "The Corner")]


def test_what_left_long_ago_is_not_told_again() -> None:
    place = CORNER.restaurants[0]
    pizzas, more = place.sections
    less = Menu((replace(place, sections=(pizzas, replace(more, items=more.items[1:]))),))

    kept = with_item(CORNER, replace(item_named(CORNER, "Coffee"), is_available=False))

    assert told(kept, less) == []


def test_a_mark_of_the_staff_is_no_change() -> None:
    marked = with_item(CORNER, replace(item_named(CORNER, "Tea"), is_available=False, is_sold_out=True))

    assert told(marked, CORNER) == []
