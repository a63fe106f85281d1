"""The import format: what it gives, and that every mistake is told at once."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.menu_file import MenuFileError, parse_menu
from phone_agent.ordering.menu_slips import Slip

ITEM: dict[str, Any] = {
    "id": "soup",
    "name": "Tomato Soup",
    "price": "4.10",
    "option_groups": [
        {
            "id": "size",
            "title": "size",
            "role": "size",
            "required": True,
            "modifiers": [{"id": "cup", "label": "cup"}, {"id": "bowl", "label": "bowl", "price": 1.15}],
        }
    ],
}
MENU: dict[str, Any] = {
    "format": 1,
    "restaurants": [
        {
            "id": "corner",
            "name": "The Corner",
            "cuisine": "soup",
            "cuisine_group": "Lunch",
            "city": "Orlando",
            "state": "FL",
            "timezone": "America/New_York",
            "tax_percent": "6.5",
            "eta_minutes": 15,
            "sections": [{"id": "soups", "title": "Soups", "items": [ITEM]}],
        }
    ],
}


def file_with(**item: object) -> str:
    menu = copy.deepcopy(MENU)
    menu["restaurants"][0]["sections"][0]["items"][0] |= item
    return json.dumps(menu)


def mistakes_in(text: str) -> tuple[Slip, ...]:
    with pytest.raises(MenuFileError) as caught:
        parse_menu(text)
    return caught.value.slips


def test_prices_and_tax_become_whole_numbers() -> None:
    menu = parse_menu(json.dumps(MENU))
    item = menu.items[0]

    assert item.price_cents == 410
    assert [m.price_cents for m in item.option_groups[0].modifiers] == [0, 115]
    assert menu.restaurants[0].tax_rate_basis_points == 650


def test_required_group_asks_for_at_least_one() -> None:
    group = parse_menu(json.dumps(MENU)).items[0].option_groups[0]

    assert (group.required, group.min, group.least) == (True, 1, 1)


def test_the_same_file_gives_the_same_ids() -> None:
    assert parse_menu(json.dumps(MENU)) == parse_menu(json.dumps(MENU))


def test_a_dish_keeps_its_id_in_another_section() -> None:
    moved = copy.deepcopy(MENU)
    moved["restaurants"][0]["sections"][0] |= {"id": "starters", "title": "Starters"}

    assert parse_menu(json.dumps(moved)).items[0].id == parse_menu(json.dumps(MENU)).items[0].id


def test_all_ids_of_a_menu_differ() -> None:
    menu = parse_menu(json.dumps(MENU))
    place, item = menu.restaurants[0], menu.items[0]
    group = item.option_groups[0]
    ids = [place.id, place.sections[0].id, item.id, group.id, *(modifier.id for modifier in group.modifiers)]

    assert len(set(ids)) == len(ids)


@given(cents=st.integers(0, 1_000_000), as_text=st.booleans())
def test_every_price_is_exact_to_the_cent(cents: int, as_text: bool) -> None:
    written = f"{cents // 100}.{cents % 100:02d}"
    text = file_with(price=written if as_text else float(written))

    assert parse_menu(text).items[0].price_cents == cents


@pytest.mark.parametrize("price", ["8.999", "-1", "eight", "", "NaN", "Infinity", "10000.01", True, None, [], "1e400"])
def test_an_impossible_price_is_refused_with_its_path(price: object) -> None:
    (mistake,) = mistakes_in(file_with(price=price))

    assert mistake.path == "restaurants[0].sections[0].items[0].price"


def test_all_mistakes_are_listed_at_once() -> None:
    menu = copy.deepcopy(MENU)
    place = menu["restaurants"][0]
    place["tax_percent"] = "much"
    place["timezone"] = "Orlando"
    place["sections"][0]["items"].append({"id": "soup", "name": "Tomato Soup", "price": "1", "colour": "red"})
    place["sections"][0]["items"][0]["option_groups"][0] |= {"min": 3, "modifiers": []}
    del place["eta_minutes"]

    paths = {mistake.path for mistake in mistakes_in(json.dumps(menu))}

    item = "restaurants[0].sections[0].items"
    assert paths == {
        "restaurants[0].tax_percent",
        "restaurants[0].timezone",
        "restaurants[0].eta_minutes",
        f"{item}[1].colour",
        f"{item}[1].id",
        f"{item}[1].name",
        f"{item}[0].option_groups[0].min",
        f"{item}[0].option_groups[0].modifiers",
    }


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"max": 2}, "max"),
        ({"min": 2, "max": 1, "role": "other"}, "min"),
        ({"min": 3, "max": 5, "role": "other"}, "min"),
        ({"modifiers": [{"id": "a", "label": "A"}, {"id": "a", "label": "B"}]}, "modifiers[1].id"),
        ({"modifiers": [{"id": "a", "label": "A"}, {"id": "b", "label": "a"}]}, "modifiers[1].label"),
        ({"modifiers": [{"id": c, "label": c, "is_default": True} for c in "ab"]}, "modifiers"),
        ({"role": "colour"}, "role"),
    ],
)
def test_an_option_group_that_nobody_could_satisfy_is_refused(change: dict[str, Any], path: str) -> None:
    mistakes = mistakes_in(file_with(option_groups=[ITEM["option_groups"][0] | change]))

    assert f"restaurants[0].sections[0].items[0].option_groups[0].{path}" in {mistake.path for mistake in mistakes}


def test_a_second_size_is_refused() -> None:
    size = ITEM["option_groups"][0]
    (mistake,) = mistakes_in(file_with(option_groups=[size, size | {"id": "other", "title": "other"}]))

    assert str(mistake).endswith("option_groups[1].role: the item has a size already")


@pytest.mark.parametrize("slug", ["Soup", "soup of the day", "-soup", "", "söup"])
def test_an_id_must_be_a_slug(slug: str) -> None:
    (mistake,) = mistakes_in(file_with(id=slug))

    assert mistake.path == "restaurants[0].sections[0].items[0].id"


@pytest.mark.parametrize("text", ["", "{", "[1,]", "nothing"])
def test_what_is_not_json_is_told_with_its_line(text: str) -> None:
    (mistake,) = mistakes_in(text)

    assert str(mistake).startswith("line 1, the file: not JSON: ")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["format", "restaurants", "sections", "items", "option_groups", "modifiers", "id", "max"]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_a_menu_or_a_list_of_mistakes(raw: object) -> None:
    try:
        outcome: tuple[object, ...] = parse_menu(json.dumps(raw)).restaurants
    except MenuFileError as error:
        outcome = error.slips

    assert outcome
