"""The document of the menu format says what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from phone_agent.ordering.menu_entries import (
    ComboChoiceEntry,
    ComboPartEntry,
    ItemEntry,
    ModifierEntry,
    OptionGroupEntry,
    SectionEntry,
)
from phone_agent.ordering.menu_fields import Entry
from phone_agent.ordering.menu_file import menu_schema, parse_menu
from phone_agent.ordering.menu_restaurant import RestaurantEntry
from phone_agent.ordering.menu_terms import CapacityEntry, CouponEntry, DeliveryEntry, HoursEntry

DOCS = Path(__file__).parents[2] / "docs"
ENTRIES = [
    RestaurantEntry, HoursEntry, DeliveryEntry, CapacityEntry, CouponEntry, SectionEntry, ItemEntry, OptionGroupEntry,
    ModifierEntry, ComboPartEntry, ComboChoiceEntry,
]  # fmt: skip
BETWEEN_MONDAY_AND_SUNDAY = {"tuesday", "wednesday", "thursday", "friday", "saturday"}
DOCUMENT = (DOCS / "menu_format.md").read_text(encoding="utf-8")


def test_the_example_is_a_menu() -> None:
    example = DOCUMENT.partition("```json\n")[2].partition("```")[0]
    (caesar,) = parse_menu(example).items

    assert (caesar.name, caesar.price_cents) == ("Caesar Salad", 899)


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_field_is_documented(entry: type[Entry]) -> None:
    documented = set(re.findall(r"`(\w+)`", DOCUMENT))

    assert set(entry.model_fields) - BETWEEN_MONDAY_AND_SUNDAY <= documented


def test_the_schema_is_what_the_models_give() -> None:
    written = json.loads((DOCS / "menu.schema.json").read_text(encoding="utf-8"))

    assert written == menu_schema()
