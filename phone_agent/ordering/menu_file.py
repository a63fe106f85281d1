"""The menu's import format (docs/menu_format.md): text in, a Menu out, or every mistake at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic.json_schema import GenerateJsonSchema

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_checks import slips_in
from phone_agent.ordering.menu_restaurant import MenuEntry
from phone_agent.ordering.menu_slips import WHOLE_FILE, Slip, located, path_of
from phone_agent.ordering.menu_warnings import warnings_in
from phone_agent.ordering.menu_words import words_for_slip

SCHEMA_ID = "menu.schema.json"


class MenuFileError(ValueError):
    """`slips`: every mistake, in the order of the file."""

    def __init__(self, slips: tuple[Slip, ...]) -> None:
        super().__init__("The menu file cannot be used:\n" + "\n".join(str(slip) for slip in slips))
        self.slips = slips


@dataclass(frozen=True)
class CheckedMenu:
    """`menu` is None where there is a mistake; what is only odd is a warning."""

    menu: Menu | None
    mistakes: tuple[Slip, ...]
    warnings: tuple[Slip, ...] = ()


def parse_menu(text: str) -> Menu:
    """Raises MenuFileError, which lists every mistake."""
    checked = check_menu(text)
    if checked.menu is None:
        raise MenuFileError(checked.mistakes)
    return checked.menu


def check_menu(text: str) -> CheckedMenu:
    try:
        raw: object = json.loads(text)
    except json.JSONDecodeError as error:
        slip = Slip(WHOLE_FILE, f"not JSON: {error.msg} (column {error.colno})", error.lineno)
        return CheckedMenu(None, (slip,))
    except RecursionError:
        return CheckedMenu(None, (Slip(WHOLE_FILE, "is nested too deeply for a menu", 1),))
    slips, entry = list(slips_in(raw)), None
    try:
        entry = MenuEntry.model_validate(raw)
    except ValidationError as error:
        slips += [Slip(path_of(e["loc"]), words_for_slip(e)) for e in error.errors()]
    mistakes = located(slips, text)
    if mistakes or entry is None:
        return CheckedMenu(None, mistakes)
    menu = Menu(tuple(restaurant.restaurant() for restaurant in entry.restaurants))
    return CheckedMenu(menu, (), located(warnings_in(entry.restaurants), text))


def menu_schema() -> dict[str, Any]:
    """docs/menu.schema.json."""
    schema = MenuEntry.model_json_schema(by_alias=True)
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": SCHEMA_ID, **schema}
