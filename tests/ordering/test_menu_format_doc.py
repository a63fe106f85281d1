"""The document of the menu format says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from phone_agent.ordering.menu_file import (
    Entry,
    ItemEntry,
    ModifierEntry,
    OptionGroupEntry,
    RestaurantEntry,
    SectionEntry,
    parse_menu,
)

DOCUMENT = (Path(__file__).parents[2] / "docs" / "menu_format.md").read_text(encoding="utf-8")


def test_the_example_is_a_menu() -> None:
    example = DOCUMENT.partition("```json\n")[2].partition("```")[0]
    (caesar,) = parse_menu(example).items

    assert (caesar.name, caesar.price_cents) == ("Caesar Salad", 899)


@pytest.mark.parametrize("entry", [RestaurantEntry, SectionEntry, ItemEntry, OptionGroupEntry, ModifierEntry])
def test_every_field_is_documented(entry: type[Entry]) -> None:
    documented = set(re.findall(r"`(\w+)`", DOCUMENT))

    assert set(entry.model_fields) <= documented
