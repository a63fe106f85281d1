"""The tool that reads a restaurant's menu out: sections first, then at most three dishes at a time."""

from __future__ import annotations

from livekit.agents import function_tool
from livekit.agents.llm import Tool

from phone_agent.ordering.menu import Menu
from phone_agent.tools.schema import one_of
from phone_agent.tools.spoken import Context, spoken

ALL = "all"


def get_restaurant_menu_for(menu: Menu) -> Tool:
    """The tool with the restaurants and sections that exist in its schema."""
    restaurants = [restaurant.slug for restaurant in menu.restaurants]
    sections = sorted({section.slug for restaurant in menu.restaurants for section in restaurant.sections})

    @spoken
    async def get_restaurant_menu(context: Context, restaurant: str, section: str) -> str:
        """What a restaurant has: its sections, or the next three dishes of one section.

        Args:
            restaurant: which restaurant, or "all" where the caller named none
            section: which section, or "all" where the caller named none
        """
        return context.userdata.browse(restaurant, section)

    get_restaurant_menu.__annotations__ = {
        **get_restaurant_menu.__annotations__,
        "restaurant": one_of([*restaurants, ALL]),
        "section": one_of([*sections, ALL]),
    }
    return function_tool(get_restaurant_menu)
