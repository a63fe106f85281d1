"""The menu as last seen, and the carts whose dishes it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sqlite3 import Row
from typing import Any

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.menu import Menu, MenuItem, Modifier
from phone_agent.store.cart_rows import line_of
from phone_agent.store.columns import grouped
from phone_agent.store.menu_rows import ItemRows, MenuRows
from phone_agent.store.supabase_rows import as_rows

Tables = Mapping[str, Iterable[Mapping[str, Any]] | None]
WHERE_OTHERS_LEFT_IT_OUT: Mapping[str, Mapping[str, object]] = {
    "fc_restaurants": {"slug": "", "cuisine": "", "cuisine_group": "", "eta_minutes": 30, "is_active": True},
    "fc_menu_sections": {"slug": "", "is_active": True},
    "fc_menu_items": {"slug": "", "base_price": "0", "is_available": True},
    "fc_menu_item_option_groups": {"title": "", "min": 0, "max": 1, "required": False},
    "fc_menu_item_option_choices": {"label": "", "price_adjustment": "0", "is_default": False},
}
"""Other channels' tables allow what ours do not."""


class FetchedItems(ItemRows):
    def __init__(self, tables: Mapping[str, list[Row]]) -> None:
        self._items = grouped(tables["fc_menu_items"], "section_id")
        self._groups = grouped(tables["fc_menu_item_option_groups"], "menu_item_id")
        self._choices = grouped(tables["fc_menu_item_option_choices"], "option_group_id")


class FetchedMenu(MenuRows):
    def __init__(self, tables: Mapping[str, list[Row]], items: FetchedItems) -> None:
        self._items = items
        self._restaurants = tables["fc_restaurants"]
        shown = (section for section in tables["fc_menu_sections"] if section["is_active"])
        self._sections = grouped(shown, "restaurant_id")


class SeenMenu:
    """Asked for with its version: while that stands, no answer brings it again."""

    def __init__(self) -> None:
        self.version: int | None = None
        self.menu = Menu(())
        self._items: dict[str, MenuItem] = {}
        self._choices: dict[str, tuple[str, Modifier]] = {}

    def take(self, answer: Mapping[str, Any], known: int | None) -> None:
        """`known`: the version that was asked with. An answer that a newer one has overtaken counts for nothing."""
        version, tables = answer["menu"]["version"], answer["menu"]["tables"]
        if tables is None or (known != self.version and version <= (self.version or 0)):
            return
        completed = {name: as_rows(complete(tables, name)) for name in WHERE_OTHERS_LEFT_IT_OUT}
        items = FetchedItems(completed)
        self.version, self.menu = version, FetchedMenu(completed, items).menu()
        # With what is off the menu: carts still name it.
        self._items, self._choices = items.items_by_id(), items.choices_by_id()

    def cart(self, answer: Mapping[str, Any]) -> Cart | None:
        """With the dishes and prices that the menu has now."""
        if answer["cart"] is None:
            return None
        options = grouped(as_rows(answer["options"]), "cart_item_id")
        return Cart(
            answer["cart"]["id"],
            tuple(self._line(line, options.get(line["id"], [])) for line in as_rows(answer["lines"])),
            answer["cart"]["version"],
        )

    def _line(self, line: Row, options: list[Row]) -> LineItem:
        return line_of(line, self._items[line["menu_item_id"]], options, self._choices)


def complete(tables: Tables, name: str) -> Iterable[Mapping[str, Any]]:
    usual = WHERE_OTHERS_LEFT_IT_OUT[name]
    for row in tables[name] or ():
        yield {**row, **{column: value for column, value in usual.items() if row[column] is None}}
