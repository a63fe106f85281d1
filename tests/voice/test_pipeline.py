"""What of the offline voice is made anew for a menu, and what is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.voice.offline.pipeline import OfflineVoice
from tests.builders import a_menu, item_named, with_item

pytestmark = pytest.mark.hearing


def test_one_recogniser_serves_all_restaurants_and_each_of_them() -> None:
    menu = a_menu()
    voice = OfflineVoice()
    made = voice.prepare(menu)

    assert voice.prepare(Menu(menu.restaurants[:1])) is made
    assert voice.prepare(a_menu()) is made


def test_a_dish_with_a_new_name_makes_another_recogniser() -> None:
    menu = a_menu()
    voice = OfflineVoice()
    made = voice.prepare(menu)

    changed = voice.prepare(with_item(menu, replace(item_named(menu, "Caesar Salad"), name="Emperor Salad")))

    assert changed is not made
    assert "emperor salad" in changed.grammar.jsgf
