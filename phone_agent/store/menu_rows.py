"""The menu in fc_restaurants, fc_menu_sections, fc_menu_items and their option groups and choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import Self

from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup, Restaurant, Section
from phone_agent.store.columns import Row, grouped, to_cents, to_list, to_time, to_tuple
from phone_agent.store.menu_terms import (
    CAPACITY,
    COUPONS,
    DELIVERY,
    from_json,
    from_prices,
    from_translations,
    hours_of,
)

ALL = "SELECT id FROM fc_menu_items"
GIVEN = "SELECT value FROM json_each(:ids)"
UNAVAILABLE_IN_COMBOS = """
    SELECT id FROM fc_menu_items
    WHERE (NOT is_available OR section_id IN (SELECT id FROM fc_menu_sections WHERE NOT is_active))
    AND id IN (SELECT item_id FROM fc_menu_item_option_choices WHERE item_id IS NOT NULL)
"""


class ItemRows:
    """Menu items with their options.

    `unavailable`: dishes that no combo can have now. `switched_off`: sections whose dishes are not to be had.
    """

    def __init__(
        self, items: Iterable[Row], groups: Iterable[Row], choices: Iterable[Row], unavailable: frozenset[str],
        switched_off: frozenset[str],
    ) -> None:  # fmt: skip
        self._items = grouped(items, "section_id")
        self._groups = grouped(groups, "menu_item_id")
        self._choices = grouped(choices, "option_group_id")
        self._unavailable = unavailable
        self._switched_off = switched_off

    @classmethod
    def read(cls, connection: Connection, ids: Iterable[str] | None = None) -> Self:
        """At once; all of them, or those with the given ids."""
        items = ALL if ids is None else GIVEN
        groups = f"SELECT id FROM fc_menu_item_option_groups WHERE menu_item_id IN ({items})"  # noqa: S608 - as above
        given = {"ids": to_list(ids or ())}

        def rows(table: str, key: str, among: str) -> list[Row]:
            sql = f"SELECT * FROM {table} WHERE {key} IN ({among}) ORDER BY position, rowid"  # noqa: S608 - as below
            return connection.execute(sql, given).fetchall()

        return cls(
            rows("fc_menu_items", "id", items),
            rows("fc_menu_item_option_groups", "menu_item_id", items),
            rows("fc_menu_item_option_choices", "option_group_id", groups),
            frozenset(row["id"] for row in connection.execute(UNAVAILABLE_IN_COMBOS)),
            frozenset(row["id"] for row in connection.execute("SELECT id FROM fc_menu_sections WHERE NOT is_active")),
        )

    def items_by_id(self) -> dict[str, MenuItem]:
        return {row["id"]: self._item(row) for rows in self._items.values() for row in rows}

    def choices_by_id(self) -> dict[str, tuple[str, Modifier]]:
        """Each with its option group; with those taken off the menu, which old carts still name."""
        return {row["id"]: (group, self._modifier(row)) for group, rows in self._choices.items() for row in rows}

    def of_section(self, section_id: str) -> tuple[MenuItem, ...]:
        return tuple(self._item(row) for row in self._items.get(section_id, ()))

    def _item(self, row: Row) -> MenuItem:
        return MenuItem(
            id=row["id"],
            slug=row["slug"],
            name=row["name"],
            price_cents=to_cents(row["base_price"]),
            restaurant_id=row["restaurant_id"],
            section_id=row["section_id"],
            description=row["description"] or "",
            aliases=to_tuple(row["aliases"]),
            option_groups=tuple(self._group(group) for group in self._groups.get(row["id"], ()) if group["is_active"]),
            dietary_tags=to_tuple(row["tags"]),
            allergens=to_tuple(row["allergens"]),
            is_available=bool(row["is_available"]) and row["section_id"] not in self._switched_off,
            prep_minutes=row["prep_minutes"],
            day_parts=to_tuple(row["day_parts"]),
            minimum_age=row["minimum_age"],
            half_price=row["half_price"],
            is_sold_out=row["sold_out_at"] is not None,
            sold_out_until=to_time(row["sold_out_until"]) if row["sold_out_until"] else None,
            image=row["image"] or "",
        )

    def _group(self, row: Row) -> OptionGroup:
        return OptionGroup(
            id=row["id"],
            slug=row["slug"],
            title=row["title"],
            modifiers=tuple(self._modifier(c) for c in self._choices.get(row["id"], ()) if c["is_active"]),
            required=bool(row["required"]),
            min=row["min"],
            max=row["max"],
            role=row["role"],
            has_halves=bool(row["has_halves"]),
            aliases=to_tuple(row["aliases"]),
        )

    def _modifier(self, row: Row) -> Modifier:
        return Modifier(
            id=row["id"],
            slug=row["slug"],
            label=row["label"],
            price_cents=to_cents(row["price_adjustment"]),
            is_default=bool(row["is_default"]),
            aliases=to_tuple(row["aliases"]),
            prices_by_size=from_prices(row["price_by_size"]),
            most=row["most"],
            is_available=bool(row["is_available"]) and row["item_id"] not in self._unavailable,
            item_id=row["item_id"] or "",
        )


class MenuRows:
    """The whole menu."""

    def __init__(self, items: ItemRows, restaurants: Sequence[Row], sections: Iterable[Row]) -> None:
        self._items = items
        self._restaurants = restaurants
        self._sections = grouped((section for section in sections if section["is_active"]), "restaurant_id")

    @classmethod
    def read(cls, connection: Connection) -> Self:
        restaurants = connection.execute("SELECT * FROM fc_restaurants ORDER BY position, rowid").fetchall()
        sections = connection.execute("SELECT * FROM fc_menu_sections ORDER BY position, rowid").fetchall()
        return cls(ItemRows.read(connection), restaurants, sections)

    def menu(self) -> Menu:
        return Menu(tuple(self._restaurant(row) for row in self._restaurants))

    def _restaurant(self, row: Row) -> Restaurant:
        return Restaurant(
            id=row["id"],
            slug=row["slug"],
            name=row["name"],
            cuisine=row["cuisine"],
            cuisine_group=row["cuisine_group"],
            sections=tuple(self._section(s) for s in self._sections.get(row["id"], ())),
            tax_rate_basis_points=row["tax_rate_basis_points"] or 0,
            timezone=row["timezone"],
            eta_minutes=row["eta_minutes"],
            city=row["city"],
            state=row["state"],
            address=row["address"] or "",
            phone=row["phone"] or "",
            aliases=to_tuple(row["aliases"]),
            dietary_tags=to_tuple(row["dietary_tags"]),
            standout_dish=row["standout_dish"] or "",
            is_active=bool(row["is_active"]) and row["tax_rate_basis_points"] is not None,
            has_tax_rate=row["tax_rate_basis_points"] is not None,
            hours=hours_of(row["hours"], row["closes_at"]),
            delivery=from_json(DELIVERY, row["delivery"]),
            capacity=from_json(CAPACITY, row["capacity"]),
            coupons=from_json(COUPONS, row["coupons"]),
            numbers=to_tuple(row["numbers"]),
            translations=from_translations(row["translations"]),
            image=row["hero_image"] or "",
            version=row["version"],
        )

    def _section(self, row: Row) -> Section:
        items = self._items.of_section(row["id"])
        return Section(row["id"], row["slug"], row["title"], items, to_tuple(row["aliases"]))
