"""A yes and a no in another language: a yes that goes on is none."""

from __future__ import annotations

import pytest

from phone_agent.languages import load_language
from phone_agent.understanding.abroad import answer_in_language

SPANISH = load_language("es")


@pytest.mark.parametrize(
    "words",
    ["Sí.", "sí, está bien, gracias", "sí, confirmo", "sí por favor", "claro que sí", "Sí, así es.", "bueno, sí",
     "sí sí", "sí, eso es todo, gracias", "sí, confirmo el pedido"],
)  # fmt: skip
def test_a_clear_yes_is_one(words: str) -> None:
    assert answer_in_language(words, SPANISH) == "yes"


@pytest.mark.parametrize(
    "words",
    ["Sí, y un", "Sí, y un…", "sí y", "sí, quiero un", "sí, quiero", "sí, lo quiero con", "sí, la", "sí pero",
     "sí, pues", "sí, y que", "sí, bueno", "sí, una", "sí, un", "gracias", "está bien", "sí, una ensalada", ""],
)  # fmt: skip
def test_a_yes_that_goes_on_places_nothing(words: str) -> None:
    assert answer_in_language(words, SPANISH) is None


@pytest.mark.parametrize(
    "words", ["no", "no, todavía no", "aún no", "un momento", "sí, un momento", "sí no", "claro que no"]
)
def test_a_no_outweighs_a_yes(words: str) -> None:
    assert answer_in_language(words, SPANISH) == "no"


@pytest.mark.parametrize("words", ["sí pero no", "sí, y no", "sí, no, y un"])
def test_a_yes_with_a_no_is_never_a_yes(words: str) -> None:
    assert answer_in_language(words, SPANISH) != "yes"
