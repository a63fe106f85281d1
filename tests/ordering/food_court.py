"""The demo menu, as it is in the file; a property test takes it from here, for a fixture would be printed whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_file import parse_menu

FOOD_COURT = Path(__file__).parents[2] / "menus" / "food_court.json"


@cache
def the_food_court() -> Menu:
    return parse_menu(FOOD_COURT.read_text(encoding="utf-8"))
