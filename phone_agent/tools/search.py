"""Tools that look things up: dishes, restaurants, menus."""

from __future__ import annotations

from livekit.agents import function_tool

from phone_agent.ordering.matching import find_items, find_restaurants
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.wording import words_for_found, words_for_restaurants
from phone_agent.tools.spoken import Context, spoken

BY_EAR = 3
"""How many dishes a caller can keep in mind."""


@function_tool
@spoken
async def find_food_item(context: Context, query: str) -> str:
    """Find dishes by name, ingredient, cuisine or diet, in the caller's area. Say at most three of them.

    Args:
        query: what the caller would like, in the caller's words
    """
    call = context.userdata
    places = _nearby(context, query)
    fitting = " ".join([*call.known.dietary_tags, query])
    call.shown = find_items(call.menu, fitting, restaurants=places, limit=BY_EAR)
    if not call.shown and call.known.dietary_tags:
        call.shown = find_items(call.menu, query, restaurants=places, limit=BY_EAR)
    return words_for_found(query, call.shown, call.menu)


@function_tool
@spoken
async def find_restaurants_by_type(context: Context, cuisine_type: str) -> str:
    """Find restaurants by cuisine or by name, in the caller's area.

    Args:
        cuisine_type: a cuisine ("Thai") or the name of a restaurant
    """
    call = context.userdata
    return words_for_restaurants(cuisine_type, find_restaurants(call.menu, cuisine_type), call.menu)


def _nearby(context: Context, words: str) -> tuple[Restaurant, ...]:
    """The caller's area, unless the words name another city or a restaurant."""
    call = context.userdata
    said = words.casefold()
    named = tuple(r for r in call.menu.restaurants if r.city.casefold() in said or r.name.casefold() in said)
    return named or call.nearby
