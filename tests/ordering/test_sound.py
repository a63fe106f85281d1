"""Words that are said alike and spelt otherwise; and that near is not the same."""

from __future__ import annotations

import pytest

from phone_agent.ordering.near import vocabulary_of
from phone_agent.ordering.sound import sound_alike


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kesadilla", "quesadilla"), ("kesadiya", "quesadilla"), ("cezar", "caesar"), ("fo", "pho"),
        ("halapeno", "jalapeno"), ("fahita", "fajita"), ("nyoki", "gnocchi"), ("brusketta", "bruschetta"),
        ("seveche", "ceviche"), ("tortiya", "tortilla"), ("kalamari", "calamari"), ("pitsa", "pizza"),
        ("mozarela", "mozzarella"), ("chedder", "cheddar"),
    ],
)  # fmt: skip
def test_a_word_is_found_by_its_sound(written: str, meant: str) -> None:
    assert sound_alike(written, meant)


@pytest.mark.parametrize(
    ("one", "other"), [("greek", "green"), ("cod", "coated"), ("mean", "mint"), ("steal", "steak"), ("bean", "bun")]
)
def test_another_word_is_not_the_same_sound(one: str, other: str) -> None:
    assert not sound_alike(one, other)


def test_spelling_goes_before_sound() -> None:
    known = vocabulary_of(frozenset(("caesar", "cheddar", "salad")))

    assert [known.nearest(word) for word in ("ceasar", "cezar", "salad", "window")] == [
        "caesar", "caesar", "salad", "window",
    ]  # fmt: skip
