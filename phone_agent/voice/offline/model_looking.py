"""What the offline model does where a caller looks for something."""

from __future__ import annotations

from collections.abc import Iterable

from phone_agent.call import Call
from phone_agent.understanding import intents as meant
from phone_agent.voice.offline.model_steps import ToolUse

ALL = "all"


def show_menu(intent: meant.ShowMenu, call: Call) -> Iterable[ToolUse]:
    return [ToolUse.of("get_restaurant_menu", restaurant=intent.restaurant or ALL, section=intent.section or ALL)]


def find_restaurants(intent: meant.FindRestaurants, call: Call) -> Iterable[ToolUse]:
    if not intent.cuisine:
        return show_menu(meant.ShowMenu(), call)
    return [ToolUse.of("find_restaurants_by_type", cuisine_type=intent.cuisine)]


def find(query: str) -> Iterable[ToolUse]:
    return [ToolUse.of("find_food_item", query=query)]


def look_for_diet(intent: meant.AskDiet, call: Call) -> Iterable[ToolUse]:
    item = next((item for item in call.menu.items if item.name == intent.dish), None)
    if item is None:
        return find(intent.tag)
    return find(f"{item.name} {intent.tag}")
