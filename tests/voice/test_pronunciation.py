"""Words that the recogniser's dictionary lacks."""

import pytest

from phone_agent.voice.offline.grammar import Grammar
from phone_agent.voice.offline.pronunciation import known, pronounce, unknown

PHONES = frozenset(
    [
        "AA",
        "AE",
        "AH",
        "AO",
        "AW",
        "AY",
        "B",
        "CH",
        "D",
        "DH",
        "EH",
        "ER",
        "EY",
        "F",
        "G",
        "HH",
        "IH",
        "IY",
        "JH",
        "K",
        "L",
        "M",
        "N",
        "NG",
        "OW",
        "OY",
        "P",
        "R",
        "S",
        "SH",
        "T",
        "TH",
        "UH",
        "UW",
        "V",
        "W",
        "Y",
        "Z",
        "ZH",
    ]
)


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("quesadilla", "K EY S AH D IY AH"),
        ("yum", "Y AH M"),
        ("church", "CH ER CH"),
        ("measure", "M EH ZH ER"),
        ("gnocchi", "N Y OW K IY"),
        ("gyozas", "G Y OW Z AH Z"),
        ("margherita", "M AA R G ER IY T AH"),
    ],
)
def test_a_dish_gets_its_sounds(word: str, sounds: str) -> None:
    assert pronounce(word) == sounds


@pytest.mark.parametrize(
    "word", ["croissants", "jalapeño", "brûlée", "açaí", "b2", "okonomiyaki", "xiaolongbao", "rock'n'roll"]
)
def test_foreign_words_use_only_sounds_of_the_model(word: str) -> None:
    assert set(pronounce(word).split()) <= PHONES


def test_a_word_without_sounds_is_refused() -> None:
    with pytest.raises(ValueError, match="has no sounds"):
        pronounce("--")


def test_the_dictionary_is_asked_first() -> None:
    assert known("Salmon")
    assert unknown(["salmon", "massaman", "cheese"]) == {"massaman"}


def test_a_grammar_pronounces_only_unknown_words() -> None:
    head = "#JSGF V1.0;\ngrammar g; // the menu\n"
    jsgf = head + "public <a> = /0.5/ pad thai {dish} | [(massaman) curry]* | <b>;\n<b> = i'd like;"

    assert dict(Grammar.spoken(jsgf).words) == {"massaman": "M AE S AE M AH N"}
