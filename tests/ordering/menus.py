"""A small restaurant with all that a menu file can say, for tests that change one thing of it."""

from __future__ import annotations

import copy
import json
from typing import Any

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_file import parse_menu

SIZE = {
    "id": "size", "title": "size", "role": "size", "required": True,
    "modifiers": [{"id": "small", "label": "small"}, {"id": "large", "label": "large", "price": "4.00"}],
}  # fmt: skip
TOPPINGS = {
    "id": "toppings", "title": "toppings", "max": 3, "has_halves": True,
    "modifiers": [
        {"id": "cheese", "label": "cheese", "is_default": True},
        {"id": "olives", "label": "olives", "price": "1.25", "price_by_size": {"large": "1.75"}},
        {"id": "bacon", "label": "bacon", "price": "1.50"},
        {"id": "truffle", "label": "truffle", "price": "5.00", "is_available": False},
    ],
}  # fmt: skip
SHOTS = {
    "id": "extras", "title": "extras", "max": 2,
    "modifiers": [
        {"id": "shot", "label": "shot", "price": "0.95", "most": 3, "aliases": ["espresso shot"]},
        {"id": "syrup", "label": "syrup", "price": "0.60"},
    ],
}  # fmt: skip
PLACE: dict[str, Any] = {
    "id": "corner", "name": "The Corner", "cuisine": "pizza", "cuisine_group": "Dinner", "city": "Orlando",
    "state": "FL", "timezone": "America/New_York", "tax_percent": "6.5", "eta_minutes": 15,
    "hours": {
        "monday": ["11:00-14:00", "17:00-22:00"], "friday": ["18:00-02:00"], "holidays": {"2026-12-25": []},
        "day_parts": {"breakfast": "06:00-11:00", "late": "22:00-02:00"}, "last_order_minutes": 20,
    },
    "delivery": {"zip_codes": ["32801"], "minimum": "15.00", "fee": "2.99", "minutes": 25},
    "capacity": {"orders": 6, "slot_minutes": 10},
    "coupons": [{"code": "WELCOME", "percent": 10, "minimum": "20.00", "until": "2026-12-31"}],
    "numbers": ["+14075550188"],
    "sections": [
        {"id": "pizzas", "title": "Pizzas", "aliases": ["pies"], "items": [
            {"id": "garden", "name": "Garden Pizza", "price": "11.00", "half_price": "dearer", "prep_minutes": 20,
             "option_groups": [SIZE, TOPPINGS]},
            {"id": "farmer", "name": "Farmer Pizza", "price": "13.50", "half_price": "dearer",
             "option_groups": [SIZE, TOPPINGS]},
            {"id": "calzone", "name": "Calzone", "price": "12.00"},
        ]},
        {"id": "more", "title": "More", "items": [
            {"id": "coffee", "name": "Coffee", "price": "3.00", "option_groups": [SHOTS]},
            {"id": "cola", "name": "Cola", "price": "2.50", "allergens": ["caffeine"]},
            {"id": "tea", "name": "Tea", "price": "2.00"},
            {"id": "wine", "name": "Red Wine", "price": "8.00", "minimum_age": 21},
            {"id": "omelet", "name": "Omelet", "price": "9.00", "day_parts": ["breakfast"]},
            {"id": "lunch", "name": "Lunch Deal", "price": "14.00", "combo": [
                {"id": "main", "title": "main dish", "choices": [{"item": "calzone"}]},
                {"id": "drink", "title": "drink", "choices": [{"item": "cola"}, {"item": "tea", "price": "0.50"}]},
            ]},
        ]},
    ],
}  # fmt: skip


def the_corner_text(**changes: dict[str, Any]) -> str:
    """`changes`: id of an item → fields of it; "place" → fields of the restaurant."""
    place = copy.deepcopy(PLACE) | changes.get("place", {})
    for section in place["sections"]:
        section["items"] = [item | changes.get(item["id"], {}) for item in section["items"]]
    return json.dumps({"format": 1, "restaurants": [place]}, indent=1)


def the_corner(**changes: dict[str, Any]) -> Menu:
    return parse_menu(the_corner_text(**changes))
