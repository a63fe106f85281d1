"""Tools that look things up: dishes, restaurants, menus."""

from __future__ import annotations

from livekit.agents import function_tool

from phone_agent.call import Call
from phone_agent.order_pad.browsing import Found
from phone_agent.ordering.matching import find_items, find_restaurants
from phone_agent.ordering.menu import MenuItem, Restaurant
from phone_agent.ordering.search import dish_and_diet, split_city
from phone_agent.ordering.wording import (
    dishes_to_say,
    words_for_dish_and_diet,
    words_for_found,
    words_for_no_restaurant_there,
    words_for_restaurants,
)
from phone_agent.tools.spoken import Context, spoken

BY_EAR, ON_SCREEN = 3, 5
"""How many dishes a caller can keep in mind, and take in at a glance."""


@function_tool
@spoken
async def find_food_item(context: Context, query: str) -> str:
    """Find dishes by name, ingredient, cuisine or diet, in the caller's area. Say at most three of them.

    A dish's name with a diet or an allergen ("Pad Thai vegan") says whether that dish is marked so.

    Args:
        query: what the caller would like, in the caller's words
    """
    call = context.userdata
    nearby = _nearby(context, query)
    asked = dish_and_diet(query, nearby)
    if asked is not None:
        call.shown, call.found = asked[:1], Found(query, asked[:1])
        return words_for_dish_and_diet(*asked, call.menu)
    fitting = " ".join([*call.known.dietary_tags, query])
    found = find_items(call.menu, fitting, restaurants=nearby, limit=ON_SCREEN)
    if not found and call.known.dietary_tags:
        found = find_items(call.menu, query, restaurants=nearby, limit=ON_SCREEN)
    return _words_for_found(call, query, found, nearby)


@function_tool
@spoken
async def find_restaurants_by_type(context: Context, cuisine_type: str) -> str:
    """Find restaurants by cuisine or by name, in the caller's area.

    Args:
        cuisine_type: a cuisine ("Thai") or the name of a restaurant; with "in Miami" where the caller named a city
    """
    menu = context.userdata.menu
    wanted, city = split_city(cuisine_type)
    places = _nearby(context, cuisine_type)
    if city and not any(place.city.casefold() == city for place in menu.active):
        return words_for_no_restaurant_there(menu)
    found = find_restaurants(menu, wanted, restaurants=places)
    context.userdata.found = Found(cuisine_type, places=found or places)
    return words_for_restaurants(wanted, found, menu, nearby=places)


def _words_for_found(call: Call, query: str, found: tuple[MenuItem, ...], nearby: tuple[Restaurant, ...]) -> str:
    said = found[:BY_EAR]
    on_screen = tuple(item for item in found if item.is_available) if call.has_screen else ()
    call.shown = on_screen or dishes_to_say(query, said, call.menu) or said
    if found:
        call.found = Found(query, found)
    return words_for_found(query, said, call.menu, nearby=nearby, on_screen=on_screen)


def _nearby(context: Context, words: str) -> tuple[Restaurant, ...]:
    """The caller's area, unless the words name another city or a restaurant."""
    call = context.userdata
    said = words.casefold()
    named = tuple(r for r in call.menu.restaurants if r.city.casefold() in said or r.name.casefold() in said)
    return named or call.nearby
