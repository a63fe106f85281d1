"""What is worked out for a menu is worked out once, also where each call loads the menu anew."""

from __future__ import annotations

from dataclasses import replace

from phone_agent.ordering.kept import kept
from phone_agent.ordering.menu import Menu
from tests.builders import a_menu


def test_an_equal_menu_shares_what_was_worked_out_and_another_does_not() -> None:
    worked_out: list[Menu] = []

    @kept(2)
    def count(menu: Menu) -> int:
        worked_out.append(menu)
        return len(menu.items)

    menu = a_menu()
    fewer = replace(menu, restaurants=menu.restaurants[:1])
    counts = [count(menu), count(menu), count(a_menu()), count(fewer), count(a_menu())]

    assert counts == [4, 4, 4, 3, 4]
    assert worked_out == [menu, fewer]


def test_what_has_not_been_used_for_long_is_worked_out_again() -> None:
    worked_out: list[str] = []

    @kept(1)
    def doubled(text: str) -> str:
        worked_out.append(text)
        return 2 * text

    answers = [doubled(text) for text in ("a", "b", "a")]

    assert answers == ["aa", "bb", "aa"]
    assert worked_out == ["a", "b", "a"]
