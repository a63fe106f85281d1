"""Writes a whole menu; what it no longer has is marked, never deleted, and what is marked as sold out stays so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from sqlite3 import Connection

from phone_agent.ordering.menu import Menu, MenuItem, OptionGroup, Restaurant
from phone_agent.ordering.menu_adoption import adopting, made_by_imports
from phone_agent.store.columns import Value, to_dollars, to_list, upsert
from phone_agent.store.menu_rows import MenuRows
from phone_agent.store.menu_terms import CAPACITY, COUPONS, DELIVERY, HOURS, to_json, to_prices, to_translations

NamedRow = tuple[str, dict[str, Value]]
GIVEN = "SELECT value FROM json_each(?)"
ITEMS = f"SELECT id FROM fc_menu_items WHERE restaurant_id IN ({GIVEN})"  # noqa: S608 - as above
GROUPS = f"SELECT id FROM fc_menu_item_option_groups WHERE menu_item_id IN ({ITEMS})"  # noqa: S608 - as above
MARKS = {
    "fc_restaurants": "is_active",
    "fc_menu_sections": "is_active",
    "fc_menu_items": "is_available",
    "fc_menu_item_option_groups": "is_active",
    "fc_menu_item_option_choices": "is_active",
}
TOUCHED = {
    "fc_restaurants": f"id IN ({GIVEN})",
    "fc_menu_sections": f"restaurant_id IN ({GIVEN})",
    "fc_menu_items": f"restaurant_id IN ({GIVEN})",
    "fc_menu_item_option_groups": f"menu_item_id IN ({ITEMS})",
    "fc_menu_item_option_choices": f"option_group_id IN ({GROUPS})",
}
"""Only what the restaurants in question have loses its mark."""


def touched_by(menu: Menu, stored: Menu) -> list[str]:
    """The restaurants that the file names, and those that earlier imports made."""
    return [place.id for place in (*menu.restaurants, *made_by_imports(stored))]


def rows_by_table(menu: Menu) -> dict[str, list[dict[str, Value]]]:
    rows: dict[str, list[dict[str, Value]]] = {table: [] for table in MARKS}
    restaurants = (restaurant_rows(restaurant, position) for position, restaurant in enumerate(menu.restaurants))
    for table, row in chain.from_iterable(restaurants):
        rows[table].append(row)
    return rows


def save_menu(connection: Connection, menu: Menu) -> None:
    stored = MenuRows.read(connection).menu()
    menu = adopting(menu, stored)
    rows, touched = rows_by_table(menu), to_list(touched_by(menu, stored))
    for table, mark in MARKS.items():
        upsert(connection, table, rows[table])
        kept = to_list(str(row["id"]) for row in rows[table])
        sql = f"UPDATE {table} SET {mark} = 0 WHERE {mark} AND id NOT IN ({GIVEN}) AND {TOUCHED[table]}"  # noqa: S608 - names from here
        connection.execute(sql, (kept, touched))
    connection.execute("UPDATE fc_menu_items SET is_available = 0 WHERE sold_out_at IS NOT NULL AND is_available")


def restaurant_rows(restaurant: Restaurant, position: int) -> Iterator[NamedRow]:
    yield (
        "fc_restaurants",
        {
            "id": restaurant.id,
            "slug": restaurant.slug,
            "name": restaurant.name,
            "cuisine": restaurant.cuisine,
            "cuisine_group": restaurant.cuisine_group,
            "tax_rate_basis_points": restaurant.tax_rate_basis_points,
            "timezone": restaurant.timezone,
            "eta_minutes": restaurant.eta_minutes,
            "city": restaurant.city,
            "state": restaurant.state,
            "address": restaurant.address,
            "phone": restaurant.phone,
            "aliases": to_list(restaurant.aliases),
            "dietary_tags": to_list(restaurant.dietary_tags),
            "standout_dish": restaurant.standout_dish,
            "is_active": restaurant.is_active,
            "position": position,
            **terms_columns(restaurant),
        },
    )
    for place, section in enumerate(restaurant.sections):
        yield (
            "fc_menu_sections",
            {
                "id": section.id,
                "restaurant_id": restaurant.id,
                "slug": section.slug,
                "title": section.title,
                "aliases": to_list(section.aliases),
                "position": place,
                "is_active": True,
            },
        )
        for nth, item in enumerate(section.items):
            yield from item_rows(item, nth)


def terms_columns(restaurant: Restaurant) -> dict[str, Value]:
    """delivery_fee is the column that other channels know."""
    delivery = restaurant.delivery
    return {
        "hours": to_json(HOURS, restaurant.hours),
        "delivery": to_json(DELIVERY, delivery),
        "delivery_fee": to_dollars(delivery.fee_cents if delivery else 0),
        "capacity": to_json(CAPACITY, restaurant.capacity),
        "coupons": to_json(COUPONS, restaurant.coupons),
        "numbers": to_list(restaurant.numbers),
        "translations": to_translations(restaurant.translations),
    }


def item_rows(item: MenuItem, position: int) -> Iterator[NamedRow]:
    yield (
        "fc_menu_items",
        {
            "id": item.id,
            "restaurant_id": item.restaurant_id,
            "section_id": item.section_id,
            "slug": item.slug,
            "name": item.name,
            "base_price": to_dollars(item.price_cents),
            "description": item.description,
            "aliases": to_list(item.aliases),
            "tags": to_list(item.dietary_tags),
            "allergens": to_list(item.allergens),
            "is_available": item.is_available,
            "prep_minutes": item.prep_minutes,
            "day_parts": to_list(item.day_parts),
            "minimum_age": item.minimum_age,
            "half_price": item.half_price,
            "position": position,
        },
    )
    for place, group in enumerate(item.option_groups):
        yield from group_rows(item.id, group, place)


def group_rows(item_id: str, group: OptionGroup, position: int) -> Iterator[NamedRow]:
    yield (
        "fc_menu_item_option_groups",
        {
            "id": group.id,
            "menu_item_id": item_id,
            "slug": group.slug,
            "title": group.title,
            "min": group.min,
            "max": group.max,
            "required": group.required,
            "role": group.role,
            "aliases": to_list(group.aliases),
            "has_halves": group.has_halves,
            "position": position,
            "is_active": True,
        },
    )
    for place, modifier in enumerate(group.modifiers):
        yield (
            "fc_menu_item_option_choices",
            {
                "id": modifier.id,
                "option_group_id": group.id,
                "slug": modifier.slug,
                "label": modifier.label,
                "price_adjustment": to_dollars(modifier.price_cents),
                "is_default": modifier.is_default,
                "aliases": to_list(modifier.aliases),
                "price_by_size": to_prices(modifier.prices_by_size),
                "most": modifier.most,
                "is_available": modifier.is_available or bool(modifier.item_id),
                "item_id": modifier.item_id or None,
                "position": place,
                "is_active": True,
            },
        )
