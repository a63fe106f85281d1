"""Mistakes and warnings in a menu file, each with its line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.menu_file import check_menu
from phone_agent.ordering.menu_slips import Slip, lines_of, located
from tests.ordering.menus import SHOTS, SIZE, the_corner_text

ITEMS = "restaurants[0].sections[1].items"
COLA = {"item": "cola"}


def paths_of(slips: tuple[Slip, ...]) -> set[str]:
    return {slip.path for slip in slips}


def combo(*choices: dict[str, Any]) -> dict[str, Any]:
    return {"combo": [{"id": "part", "title": "part", "choices": list(choices)}]}


def test_the_corner_is_without_mistakes_and_warnings() -> None:
    checked = check_menu(the_corner_text())

    assert checked.menu is not None
    assert (checked.mistakes, checked.warnings) == ((), ())


def test_every_mistake_has_the_line_where_it_stands() -> None:
    text = the_corner_text(cola={"price": "2.505"}, tea={"colour": "green"})
    lines = text.splitlines()

    found = {slip.path: lines[slip.line - 1].strip() for slip in check_menu(text).mistakes}

    assert found == {f"{ITEMS}[1].price": '"price": "2.505",', f"{ITEMS}[2].colour": '"colour": "green"'}


def test_what_is_missing_is_shown_where_it_should_stand() -> None:
    (slip,) = located([Slip("a[1].name", "Field required")], '{"a": [\n {"name": 1},\n {"id": 2}\n]}')

    assert slip.line == 3


def test_a_field_that_is_written_twice_is_a_mistake() -> None:
    text = the_corner_text().replace('"tax_percent": "6.5"', '"tax_percent": "6.5",\n"tax_percent": "7.5"')

    (slip,) = check_menu(text).mistakes

    assert (slip.path, slip.words.split(";")[0]) == ("restaurants[0].tax_percent", "is written twice")


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1), inner, max_size=4),
    ),
    st.sampled_from([None, 0, 2]),
)
def test_every_value_of_any_json_has_a_line(raw: object, indent: int | None) -> None:
    text = json.dumps(raw, indent=indent)
    lines, twice = lines_of(text)

    def count(value: object) -> int:
        inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        return 1 + sum(count(child) for child in inside)

    assert len(lines) + len(twice) == count(raw)
    assert set(lines.values()) <= set(range(1, text.count("\n") + 2))


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"tea": combo({"item": "soup"})}, f"{ITEMS}[2].combo[0].choices[0].item", "no dish with the id 'soup'"),
        ({"tea": combo({"item": "lunch"})}, f"{ITEMS}[2].combo[0].choices[0].item", "cannot be part of another"),
        ({"tea": combo({"item": "wine"})}, f"{ITEMS}[2].combo[0].choices[0].item", "has a minimum age"),
        ({"tea": combo({"item": "garden"})}, f"{ITEMS}[2].combo[0].choices[0].item", "required choice without"),
        ({"tea": combo(COLA, COLA)}, f"{ITEMS}[2].combo[0].choices[1].item", "taken by"),
        ({"tea": combo()}, f"{ITEMS}[2].combo[0].choices", "needs at least one"),
        ({"tea": {"day_parts": ["brunch"]}}, f"{ITEMS}[2].day_parts[0]", 'no day part "brunch"'),
        ({"tea": {"option_groups": [SIZE | {"has_halves": True}]}}, f"{ITEMS}[2].option_groups[0].has_halves", "same"),
        (
            {"coffee": {"option_groups": [SHOTS | {"modifiers": [
                {"id": "shot", "label": "shot", "price_by_size": {"huge": 1}}]}]}},
            f"{ITEMS}[0].option_groups[0].modifiers[0].price_by_size.huge",
            "no size with the id 'huge'",
        ),
        ({"farmer": {"half_price": None}}, "restaurants[0].sections[0].items[0].half_price", "no other dish"),
        ({"place": {"hours": {"monday": []}}}, "restaurants[0].hours", "closed on every day"),
        ({"place": {"hours": {"monday": ["9-17"]}}}, "restaurants[0].hours.monday[0]", "11:00-22:00"),
        ({"place": {"hours": {"monday": ["25:00-26:00"]}}}, "restaurants[0].hours.monday[0]", "11:00-22:00"),
        ({"place": {"timezone": "America/Orlando"}}, "restaurants[0].timezone", "no such time zone"),
        ({"place": {"coupons": [{"code": "A"}]}}, "restaurants[0].coupons[0]", "either percent or amount"),
        ({"place": {"numbers": ["+14075550188"] * 2}}, "restaurants[0].numbers[1]", "is taken by"),
        ({"place": {"delivery": {"zip_codes": []}}}, "restaurants[0].delivery.zip_codes", "at least 1"),
        ({"place": {"capacity": {"orders": 0}}}, "restaurants[0].capacity.orders", "at least 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_mistake(changes: dict[str, Any], path: str, words: str) -> None:
    mistakes = check_menu(the_corner_text(**changes)).mistakes

    assert [words in slip.words for slip in mistakes if slip.path == path] == [True], mistakes


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"tea": {"aliases": ["colas"]}}, f"{ITEMS}[2]"),
        ({"omelet": {"option_groups": [SIZE | {"modifiers": [
            {"id": "cup", "label": "cup", "is_available": False}]}]}}, f"{ITEMS}[4].option_groups[0]"),
        ({"tea": {"option_groups": [SHOTS, SHOTS | {"id": "again"}]}}, f"{ITEMS}[2].option_groups[1].modifiers[0].id"),
        ({"place": {"hours": {"monday": ["09:00-12:00", "11:00-13:00"]}, "sections": [
            {"id": "a", "title": "A", "items": []}]}}, "restaurants[0].hours.monday"),
        ({"place": {"hours": {"monday": ["20:00-03:00"], "tuesday": ["02:00-05:00"]}, "sections": [
            {"id": "a", "title": "A", "items": []}]}}, "restaurants[0].hours.tuesday"),
        ({"place": {"hours": {"sunday": ["20:00-03:00"], "monday": ["02:00-05:00"]}, "sections": [
            {"id": "a", "title": "A", "items": []}]}}, "restaurants[0].hours.monday"),
    ],
)  # fmt: skip
def test_what_is_hardly_meant_is_a_warning(changes: dict[str, Any], path: str) -> None:
    checked = check_menu(the_corner_text(**changes))

    assert checked.menu is not None
    assert path in paths_of(checked.warnings)
    assert all(slip.line > 1 for slip in checked.warnings)


def test_overlap_is_told_once() -> None:
    sections = [{"id": "a", "title": "A", "items": []}]
    hours = {"monday": ["09:00-12:00", "11:00-13:00"], "tuesday": ["09:00-12:00"]}

    warnings = check_menu(the_corner_text(place={"hours": hours, "sections": sections})).warnings

    assert [slip.path for slip in warnings] == ["restaurants[0].hours.monday"]


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"place": {"delivery": {"zip_codes": ["32801", "Orlando"]}}}, "delivery.zip_codes[1]", "five digits"),
        ({"place": {"delivery": {"zip_codes": ["32801", "32803-1"]}}}, "delivery.zip_codes[1]", "five digits"),
        ({"place": {"coupons": [{"code": "NIX", "percent": 0}]}}, "coupons[0]", "takes nothing off"),
        ({"place": {"coupons": [{"code": "NIX", "amount": "0.00"}]}}, "coupons[0]", "takes nothing off"),
        (
            {"place": {"coupons": [{"code": "TEN 5", "percent": 10}, {"code": "105", "percent": 50}]}},
            "coupons[1].code",
            '"105" is said like "TEN 5"',
        ),
    ],
)
def test_what_could_never_count_is_a_mistake(changes: dict[str, Any], path: str, words: str) -> None:
    (slip,) = check_menu(the_corner_text(**changes)).mistakes

    assert slip.path == f"restaurants[0].{path}"
    assert words in slip.words


def test_a_combo_should_be_had_only_when_its_parts_are_served() -> None:
    always = check_menu(the_corner_text(lunch=combo({"item": "omelet"})))
    mornings = check_menu(the_corner_text(lunch=combo({"item": "omelet"}) | {"day_parts": ["breakfast"]}))

    assert paths_of(always.warnings) == {f"{ITEMS}[5].combo[0].choices[0].item"}
    assert mornings.warnings == ()


def test_what_nobody_can_order_and_two_rules_for_halves_are_odd() -> None:
    hours = {"monday": ["11:00-12:00"], "last_order_minutes": 60, "day_parts": {"breakfast": "06:00-11:00"}}
    checked = check_menu(the_corner_text(place={"hours": hours}, farmer={"half_price": "average"}))

    assert paths_of(checked.warnings) == {
        "restaurants[0].hours.last_order_minutes",
        "restaurants[0].sections[0].items[1].half_price",
    }


@pytest.mark.parametrize("text", ["[" * 5000, '{"a":' * 5000])
def test_a_file_that_is_nested_too_deeply_is_a_mistake(text: str) -> None:
    (slip,) = check_menu(text).mistakes

    assert "too deeply" in slip.words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": {"phone": "407 555 0100"}}, "a number with its country"),
        ({"place": {"id": "The Corner"}}, "small letters, digits and single hyphens"),
        ({"place": {"name": " The Corner"}}, "no space before or after"),
        ({"place": {"name": ""}}, "must not be empty"),
        ({"place": {"name": 7}}, "text, in quotes"),
        ({"place": {"eta_minutes": "soon"}}, "a whole number"),
        ({"place": {"eta_minutes": 0}}, "at least 1"),
        ({"place": {"colour": "red"}}, "no field of this format"),
        ({"place": {"sections": {}}}, "a list, in [ ]"),
    ],
)
def test_a_mistake_is_told_in_words_for_whoever_writes_menus(changes: dict[str, Any], words: str) -> None:
    (slip,) = check_menu(the_corner_text(**changes)).mistakes

    assert words in slip.words
