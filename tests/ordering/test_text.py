"""Words as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.ordering.text import key_words, plain_words, singular


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("sandwiches", "sandwich"), ("dishes", "dish"), ("boxes", "box"), ("potatoes", "potato"), ("tacos", "taco"),
        ("smoothies", "smoothie"), ("cookies", "cookie"), ("veggies", "veggie"), ("pies", "pie"), ("noodles", "noodle"),
    ],
)  # fmt: skip
def test_one_and_many_are_the_same(many: str, one: str) -> None:
    assert singular(many) == singular(one)


@pytest.mark.parametrize("word", ["hummus", "couscous", "swiss", "gas", "is", "asparagus"])
def test_an_s_that_means_no_plural_stays(word: str) -> None:
    assert singular(word) == word


def test_accents_and_punctuation_do_not_count() -> None:
    assert plain_words("Jalapeño & Crème-brûlée, Caesar's!") == ("jalapeno", "and", "creme", "brulee", "caesars")


def test_fillers_are_left_out_unless_they_are_all_there_is() -> None:
    assert key_words("a slice of the apple pie, please") == ("apple", "pie")
    assert key_words("the one") == ("the", "one")


@given(text=st.text(max_size=40))
def test_comparing_twice_gives_the_same_words(text: str) -> None:
    words = plain_words(text)

    assert plain_words(" ".join(words)) == words
