"""The menu as last seen, and the carts whose dishes it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.menu import Menu, MenuItem, Modifier
from phone_agent.store.cart_rows import line_of
from phone_agent.store.columns import Row, grouped
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
        items = items_of(completed)
        self.version = version
        self.menu = MenuRows(items, completed["fc_restaurants"], completed["fc_menu_sections"]).menu()
        # With what is off the menu: carts still name it.
        self._items, self._choices = items.items_by_id(), items.choices_by_id()

    def cart(self, answer: Mapping[str, Any]) -> Cart | None:
        """With the dishes and prices that the menu has now."""
        if answer["cart"] is None:
            return None
        lines, options = as_rows(answer["lines"]), grouped(as_rows(answer["options"]), "cart_item_id")
        return Cart(
            answer["cart"]["id"],
            tuple(line_of(line, self._items, options.get(line["id"], []), self._choices) for line in lines),
            answer["cart"]["version"],
        )


def items_of(tables: Mapping[str, list[Row]]) -> ItemRows:
    dishes = tables["fc_menu_items"]
    off = frozenset(row["id"] for row in tables["fc_menu_sections"] if not row["is_active"])
    return ItemRows(
        dishes,
        tables["fc_menu_item_option_groups"],
        tables["fc_menu_item_option_choices"],
        frozenset(row["id"] for row in dishes if not row["is_available"] or row["section_id"] in off),
        off,
    )


def complete(tables: Tables, name: str) -> Iterable[Mapping[str, Any]]:
    usual = WHERE_OTHERS_LEFT_IT_OUT[name]
    for row in tables[name] or ():
        yield {**row, **{column: value for column, value in usual.items() if row[column] is None}}
